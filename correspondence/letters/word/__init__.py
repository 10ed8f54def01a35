"""Letters as Word files: screened, filled, read and written. Bytes in, bytes out."""

from correspondence.letters.word.brought_in import brought_in
from correspondence.letters.word.filling import fill
from correspondence.letters.word.screening import gate, not_carried
from correspondence.letters.word.walking import walk
from correspondence.letters.word.writing import write

__all__ = ["brought_in", "fill", "gate", "not_carried", "walk", "write"]
