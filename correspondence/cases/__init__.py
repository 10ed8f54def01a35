"""The complaint as the team speaks of it: people, what happened, what is owed. Pure."""
