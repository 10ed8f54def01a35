"""What is kept how long, for whom, and what is erased (Code 5.12)."""
