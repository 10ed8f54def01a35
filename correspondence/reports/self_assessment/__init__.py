"""The yearly self-assessment as a document: the Code's own form, and the action plan (8.1a)."""
