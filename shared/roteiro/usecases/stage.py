"""What told conversations are played with."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from roteiro.domain.acting import Act, nothing_done
from roteiro.domain.choice import Catalogue
from roteiro.domain.ids import ConversationId
from roteiro.ports import Clock, Store
from roteiro.usecases.wording import Speaker

__all__ = ["Stage"]


def _idle(*_: object) -> Act:
    return nothing_done


@dataclass(frozen=True)
class Stage:
    """A speaker without a network, and an empty store for each conversation, gone with the block that opened it.

    `act_in` returns what does a turn's action steps: with that store, in which there are no contracts, and no files.
    """

    speaker: Speaker
    open_store: Callable[[], AbstractContextManager[Store]]
    act_in: Callable[[ConversationId, Store, Catalogue, Clock], Act] = _idle
