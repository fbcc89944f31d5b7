"""The three functions; each folder holds one route table."""
