"""What runs in the background. Rows say what is to be done; a job only looks at one of them."""
