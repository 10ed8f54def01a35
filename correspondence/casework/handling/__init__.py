"""What the team does to a case from its definition to its end, beside the letters."""
