"""How words are found in a message: phrases, passages, pieces, and the vocabularies as data."""
