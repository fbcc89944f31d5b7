"""The admins' function."""
