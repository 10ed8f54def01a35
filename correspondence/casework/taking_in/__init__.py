"""From the bytes of a message to the case it belongs to; and what corrections teach."""
