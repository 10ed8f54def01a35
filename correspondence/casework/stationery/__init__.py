"""The landlord's templates and letterhead: worked on, tried, published, kept by version."""
