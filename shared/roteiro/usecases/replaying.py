"""Past customers' first messages, masked, shown to the matcher of today and to that of after a publish."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Event, Head
from roteiro.domain.ids import ScriptId
from roteiro.domain.turn.wishes import is_courtesy, queue_wanted
from roteiro.ports import Store
from roteiro.prompting.masking import mask
from roteiro.usecases.candidate import Candidate
from roteiro.usecases.learning import labels_of
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.report import Check, Rerouted

__all__ = ["MOST_REPLAYED", "FirstMessage", "first_messages", "replay"]

MOST_REPLAYED = 1000  # first messages, the newest conversations' (scripts specification 8)
LEAST_LABELLED = 20  # with fewer confirmed messages there is not enough data to refuse by (scripts specification 8)
WORST_SHARE = 0.02  # of the confirmed messages that may go wrong (scripts specification 8)
FEWEST_WRONG = 5  # confirmed messages that must go wrong before a publish is refused (scripts specification 8)

_EVENTS = 60  # of a conversation read at first; chosen, few are longer
_READERS = 8  # conversations read at a time: a store some milliseconds away answers a thousand in about one second
_MATCHED = (Decision.MATCH, Decision.CLARIFY, Decision.OUT_OF_SCOPE, Decision.HANDOFF)


class FirstMessage(NamedTuple):
    """What a customer came with, masked, and the script that somebody confirmed for it."""

    text: str
    label: ScriptId | None


def first_messages(pack: str, store: Store, most: int = MOST_REPLAYED) -> list[FirstMessage]:
    """Return the first matched messages of a pack's newest conversations, newest first."""
    heads = store.recent(pack, most)
    with ThreadPoolExecutor(_READERS) as readers:
        conversations = readers.map(lambda head: _events(head, store), heads)
        found = [_first(events) for events in conversations]
    return [message for message in found if message]


def replay(messages: Sequence[FirstMessage], candidate: Candidate) -> tuple[Check, list[Rerouted]]:
    """Return the check, and every message that would now be answered with another script; broken promises first."""
    before, after = _ranker(candidate.before), _ranker(candidate.after)
    labelled = [message for message in messages if message.label is not None]
    broken = [m for m in labelled if _serves(before(m.text), m) and not _serves(after(m.text), m)]
    moved = [message for message in messages if _started(before(message.text)) != _started(after(message.text))]
    facts = {"replayed": len(messages), "confirmed": len(labelled), "wrong": len(broken), "rerouted": len(moved)}
    shown = dict.fromkeys([*broken, *moved])
    rerouted = [Rerouted(m.text, _started(before(m.text)), _started(after(m.text)), m.label) for m in shown]
    return _check(facts), rerouted


def _check(facts: Mapping[str, int]) -> Check:
    """Refuse where too many confirmed messages would go wrong, if there are enough of them to say so."""
    confirmed, wrong = facts["confirmed"], facts["wrong"]
    is_enough = confirmed >= LEAST_LABELLED
    is_worse = wrong >= FEWEST_WRONG and wrong > WORST_SHARE * confirmed
    note = "" if is_enough else "not enough data"
    return Check(
        "replay", not (is_enough and is_worse), blocking=True, detail=[{"code": "replayed", **facts}], note=note
    )


def _events(head: Head, store: Store) -> list[Event]:
    """Return the events since a conversation began, or began anew."""
    events = store.load(head.conversation, _EVENTS)
    if events and events[0].seq > (epoch := events[-1].state.epoch):
        events = store.load(head.conversation, events[-1].seq - epoch + 1)
    return [event for event in events if event.seq >= events[-1].state.epoch]


def _first(events: Sequence[Event]) -> FirstMessage | None:
    text = next(_matched(events), None)
    if text is None:
        return None
    label = next((label.script for label in labels_of(events) if label.text == text), None)
    return FirstMessage(mask(text), label)


def _matched(events: Sequence[Event]) -> Iterator[str]:
    """Return the customer's messages for which the matcher was asked; word lists come before it."""
    for event in events:
        text = event.text or ""
        if text and event.decision in _MATCHED and not queue_wanted(text) and not is_courtesy(text):
            yield text


def _ranker(catalogue: PublishedCatalogue) -> Callable[[str], Choice]:
    """Return a matcher that is asked once for the same words."""
    return cache(lambda text: catalogue.rank(text, most=1))


def _started(choice: Choice) -> int | None:
    """Return the script that begins; None if we ask or refuse."""
    return choice.best if choice.decision is Decision.MATCH and choice.candidates else None


def _serves(choice: Choice, message: FirstMessage) -> bool:
    """Say whether the confirmed script begins, or is among those we ask about."""
    if choice.decision is Decision.CLARIFY:
        return message.label in choice.offered
    return _started(choice) == message.label
