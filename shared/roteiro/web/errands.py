"""What is done after an answer has left: a few webhooks that are due, in little time, failing in silence."""

import logging
import threading
from datetime import datetime, timedelta

from roteiro.errors import RoteiroError
from roteiro.usecases.heads import sweep
from roteiro.usecases.outbox import Office, Tried, deliver_due

__all__ = ["Rounds", "run_errands", "tidy_heads"]

log = logging.getLogger("roteiro")

_EVERY = timedelta(seconds=30)  # as the shortest delay of a retry: looking more often finds nothing
_MOST = 3  # letters of one round: a dead receiver takes its time-out each
_WITHIN = timedelta(milliseconds=200)  # after this no further letter is begun; spec: bounded work after a request


class Rounds:
    """When this process last looked for what others left undone."""

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._lock = threading.Lock()

    def is_time(self, now: datetime) -> bool:
        """Say yes once in 30 seconds."""
        with self._lock:
            if self._last is not None and now - self._last < _EVERY:
                return False
            self._last = now
            return True


def run_errands(office: Office) -> None:
    """Send what is due; a store that is away is only noted, because the next request will say so."""
    try:
        tried = deliver_due(office, _MOST, _WITHIN)
    except RoteiroError as error:
        log.warning("errands wait", extra={"code": error.code})
        return
    for one in tried:
        _tell(one)


def tidy_heads(office: Office) -> None:
    """Repair what the queue shows, a little at a time."""
    try:
        sweep(store=office.store, shelf=office.shelf, clock=office.clock)
    except RoteiroError as error:
        log.warning("the sweep waits", extra={"code": error.code})


def _tell(one: Tried) -> None:
    """Log what an operator must know; an address that answered 410 is an alert."""
    if one.verdict == "off":
        log.error("a webhook was switched off by its receiver", extra={"code": "hook_off", "status": one.status})
    elif one.verdict == "dead":
        log.warning("a webhook could not be delivered", extra={"code": "hook_dead", "status": one.status})
