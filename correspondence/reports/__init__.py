"""What a landlord owes of its complaints: figures, the yearly report, and what holds both right."""
