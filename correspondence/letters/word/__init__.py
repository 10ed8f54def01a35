"""Letters as Word files: screened, filled, read and written. Bytes in, bytes out."""

from correspondence.letters.word.filling import fill
from correspondence.letters.word.screening import gate, not_carried
from correspondence.letters.word.walking import walk
from correspondence.letters.word.writing import write

__all__ = ["fill", "gate", "not_carried", "walk", "write"]
