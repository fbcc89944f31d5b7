"""What a request's turn may do besides talking, and whether what it tells of contracts is made up."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from roteiro.domain.contracts.records import is_demo as is_sample
from roteiro.domain.ids import ConversationId
from roteiro.domain.pack import Pack
from roteiro.errors import SessionNotFound
from roteiro.ports import Store
from roteiro.usecases.acting import Deeds, Means
from roteiro.usecases.turns import Words
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.report_files import report_link

__all__ = ["act_of", "acting", "is_demo"]

_ADAPTER = "contracts"
_KEPT = "contracts:is-sample"
_LIFE = timedelta(seconds=2)  # an instance may go on calling the sample a sample so long after an import (chosen)


class _Seen(NamedTuple):
    at: datetime
    is_sample: bool


@contextmanager
def acting(words: Words, call: Call, house: House) -> Iterator[Deeds]:
    """Give what does the action steps of a customer's turn; what it put on record is withdrawn if the turn is refused.

    That is when the conversation was erased meanwhile, or is another customer's by now.
    """
    deeds = act_of(words.conversation, words.pack, call, house, words.text)
    try:
        yield deeds
    except SessionNotFound:
        deeds.withdraw()
        raise


def act_of(conversation: ConversationId, pack: str, call: Call, house: House, words: str = "") -> Deeds:
    """Return what does the action steps of one request's turn; nothing is read before the first one."""
    return Deeds(
        Means(
            conversation,
            call.message_id or secrets.token_hex(8),
            house.catalogue(pack),
            house.shelf,
            house.ledger,
            house.clock,
            house.printer,
            house.files,
            partial(report_link, call=call, house=house),
            words,
            partial(_said, conversation, house.store),
        )
    )


def _said(conversation: ConversationId, store: Store, seq: int) -> str:
    """Return what the customer said in a stored event; empty if that one is not stored yet, or has no words."""
    found = store.page(conversation, seq - 1, 1) if seq >= 0 else []
    return (found[0].text or "") if found and found[0].seq == seq else ""


def is_demo(pack: Pack, house: House) -> bool:
    """Say whether the synthetic sample is all that a pack about contracts has; read every two seconds at most."""
    if _ADAPTER not in pack.adapters:
        return False
    seen: _Seen | None = house.kept.last(_KEPT)
    now = house.clock.now()
    if seen is None or not timedelta(0) <= now - seen.at < _LIFE:
        seen = _Seen(now, is_sample(house.ledger().sources()))
        house.kept.note(_KEPT, seen)
    return seen.is_sample
