"""What is told of the cases together, and what is taken in to tell it."""
