"""The one place from which the command line speaks: results go to standard output, what is told besides to stderr."""

import sys

__all__ = ["note", "say"]


def say(said: str, end: str = "\n") -> None:
    """Write a result at once, so that a pipe can be read along."""
    sys.stdout.write(said + end)
    sys.stdout.flush()


def note(said: str, end: str = "\n") -> None:
    """Write what is no result: progress, counts, faults."""
    sys.stderr.write(said + end)
    sys.stderr.flush()
