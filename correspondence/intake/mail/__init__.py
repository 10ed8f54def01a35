"""How a message is taken apart: its bytes, headers, parts, and the marks of quoting in its text."""
