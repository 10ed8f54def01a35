"""An approved letter on its way: when, by whom, once, and what became of it."""
