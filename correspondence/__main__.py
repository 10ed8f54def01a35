"""``python -m correspondence``."""

from correspondence.cli import main

main()
