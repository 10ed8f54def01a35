"""Everything of a case in one file: for an Ombudsman, or for whoever it is about.

`record` says what happened in words, `redaction` takes out or marks what is somebody else's,
`rendering` makes readable pages of messages and letters, and `archive` lays it all into one zip,
the same bytes every time.
"""
