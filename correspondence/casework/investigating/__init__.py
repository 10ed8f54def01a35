"""Finding out what happened: questions, answers, and who takes part (Code 5.8)."""
