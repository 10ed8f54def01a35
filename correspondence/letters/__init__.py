"""Understanding becomes a letter: drafted in the landlord's words, checked, rendered."""
