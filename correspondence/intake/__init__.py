"""Mail becomes understanding: parse, cut quoted history, judge. Pure functions of bytes."""
