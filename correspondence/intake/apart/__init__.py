"""What strangers sent is opened in a process of its own, with limits, where it could do harm."""
