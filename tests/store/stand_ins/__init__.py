"""Servers that stand in for those of others, each a process of its own."""
