"""What told conversations are played with."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from roteiro.ports import Store
from roteiro.usecases.wording import Speaker

__all__ = ["Stage"]


@dataclass(frozen=True)
class Stage:
    """A speaker without a network, and an empty store for each conversation, gone with the block that opened it."""

    speaker: Speaker
    open_store: Callable[[], AbstractContextManager[Store]]
