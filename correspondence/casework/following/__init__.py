"""What must not be forgotten: days, promises, dangers, and who is told of them."""
