"""The letter as paper: whether a print house takes it, where it does not, and what goes with it."""
