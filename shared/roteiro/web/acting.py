"""What a request's turn may do besides talking, and whether what it tells of contracts is made up."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from roteiro.domain.acting import Act
from roteiro.domain.contracts.records import is_demo as is_sample
from roteiro.domain.ids import ConversationId
from roteiro.domain.pack import Pack
from roteiro.usecases.acting import Deeds, Means
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.report_files import report_link

__all__ = ["act_of", "is_demo"]

_ADAPTER = "contracts"
_KEPT = "contracts:is-sample"
_LIFE = timedelta(seconds=60)  # an instance may go on calling the sample a sample so long after an import (chosen)


class _Seen(NamedTuple):
    at: datetime
    is_sample: bool


def act_of(conversation: ConversationId, pack: str, call: Call, house: House) -> Act:
    """Return what does the action steps of one request's turn; nothing is read before the first one."""
    return Deeds(
        Means(
            conversation,
            house.catalogue(pack),
            house.shelf,
            house.ledger,
            house.clock,
            house.printer,
            house.files,
            partial(report_link, call=call, house=house),
        )
    )


def is_demo(pack: Pack, house: House) -> bool:
    """Say whether the synthetic sample is all that a pack about contracts has; read once a minute at most."""
    if _ADAPTER not in pack.adapters:
        return False
    seen: _Seen | None = house.kept.last(_KEPT)
    now = house.clock.now()
    if seen is None or not timedelta(0) <= now - seen.at < _LIFE:
        seen = _Seen(now, is_sample(house.ledger().sources()))
        house.kept.note(_KEPT, seen)
    return seen.is_sample
