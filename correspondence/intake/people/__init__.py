"""Who is named in a message, and how to reach them."""
