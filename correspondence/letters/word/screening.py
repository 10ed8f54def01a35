"""What a Word file may not hold, because it would harm us or print words nobody meant to send."""


def gate(docx: bytes) -> None:
    """Let a Word file through, or raise DocumentRefused with a sentence for each thing in it."""
    raise NotImplementedError


def not_carried(docx: bytes) -> tuple[str, ...]:
    """What of a Word file stays behind, because looks come from the letterhead; a sentence each."""
    raise NotImplementedError
