"""What is kept: rows, events and documents. The only room that speaks SQL and disk."""
