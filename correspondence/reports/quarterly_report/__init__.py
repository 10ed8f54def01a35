"""The quarterly pack for the member responsible for complaints and the governing body (9.7)."""
