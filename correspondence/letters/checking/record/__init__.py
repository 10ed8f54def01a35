"""What a letter says, held against what the record of its case says; one module a subject."""
