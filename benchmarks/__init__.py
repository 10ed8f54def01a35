"""Measurements of how well and how fast the product works, and what it learns from labels."""
