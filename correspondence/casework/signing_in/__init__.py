"""Who works here: let in, signed in, told apart, and gone again."""
