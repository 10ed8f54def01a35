"""The office watched over: whether it is ready, has room, and what leaves it each day as proof."""
