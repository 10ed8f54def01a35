"""Understanding becomes a letter: drafted in the landlord's words, checked, rendered. Bytes in, bytes out."""
