"""The customers' function."""
