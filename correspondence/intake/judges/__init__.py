"""The judges of a message's kind, each for one side of it, and their order."""
