"""The attendants' function."""
