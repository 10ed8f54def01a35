"""The newcomer's way in: what `make` runs before and around the product itself."""
