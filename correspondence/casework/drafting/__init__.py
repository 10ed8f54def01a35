"""A letter from its first draft to the approval of the very PDF that will go out."""
