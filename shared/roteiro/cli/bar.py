"""How far a long command has come."""

import sys

from roteiro.cli.saying import note

__all__ = ["ProgressBar"]

_BAR = 30  # characters of a progress bar


class ProgressBar:
    """A progress bar on stderr, drawn only for a person who watches."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, share: float) -> None:
        """Draw the share done, 0..1."""
        if sys.stderr.isatty():
            done = "#" * round(share * _BAR)
            end = "\n" if share >= 1 else ""
            note(f"\r{self._name}: [{done:<{_BAR}}] {share:4.0%}", end=end)
