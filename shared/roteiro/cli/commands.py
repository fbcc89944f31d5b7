"""The table of commands, to which each group adds its own."""

import argparse
from typing import Any, Protocol

__all__ = ["Commands"]


class Commands(Protocol):
    """What argparse gives for sub-commands; its own class has no public name."""

    def add_parser(self, name: str, *args: Any, **settings: Any) -> argparse.ArgumentParser:
        """Add a command and return its parser."""
        ...
