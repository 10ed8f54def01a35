"""What residents, officers and machines say, as data: phrases by what they tell of a message."""
