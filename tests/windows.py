"""How many fell into one window at worst: what a limit promises, counted from outside."""

from collections.abc import Sequence
from datetime import datetime, timedelta

__all__ = ["most_in_any"]


def most_in_any(window: timedelta, times: Sequence[datetime]) -> int:
    """Return the greatest number of moments within a window, wherever it begins."""
    return max((sum(since <= one < since + window for one in times) for since in times), default=0)
