"""A conversation told in advance, turn by turn, with what must be seen after each: the format, not the playing.

`{name, pack, via: front, clock: 2026-11-20T15:00:00-03:00, customer: Ana, turns: [{say: "oi", ai: false, expect:
{step: 1}}, {clock: +25h}]}`; everything but `name` and `turns` may be left out.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from roteiro.domain.expectation import KEYS, LATER
from roteiro.domain.faults import OwnFault, faults_of
from roteiro.domain.schema.fields import Part, Sentence
from roteiro.errors import Fault, InvalidRequest

__all__ = ["Rehearsal", "Turn", "as_list", "obstacles", "read_rehearsal", "read_tests"]

_NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)  # the afternoon of the documented examples, where nothing is said
_WAIT = re.compile(r"\+([1-9][0-9]{0,3})(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _moment(value: object) -> datetime:
    """Read a moment with its time zone; YAML may have read it already."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise OwnFault("bad_moment") from None
    if moment.tzinfo is None:
        raise OwnFault("bad_moment")
    return moment


class Turn(Part):
    """One thing that happens: the customer says something, time passes, or the desk acts."""

    say: str | None = None
    ai: bool = False  # said on the route for side questions
    clock: Annotated[str, Field(pattern=f"^{_WAIT.pattern}$")] | None = None
    desk: dict[str, Any] | None = None
    expect: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(thing is not None for thing in (self.say, self.clock, self.desk)) != 1:
            raise OwnFault("not_one_thing")
        if self.clock is not None and self.expect:
            raise OwnFault("nothing_to_see", "expect")
        for key in sorted(self.expect.keys() - KEYS):
            raise _unknown(key)
        return self

    @property
    def wait(self) -> timedelta:
        """Return how long to wait before the next turn."""
        found = _WAIT.fullmatch(self.clock or "")
        return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()


class Rehearsal(Part):
    """A whole conversation; `pack` is empty in a script's own tests, which are played in the script's pack."""

    name: Sentence
    pack: str = ""
    via: Literal["front", "message", "stream"] = "front"
    clock: Annotated[datetime, BeforeValidator(_moment)] = _NOON
    customer: Annotated[str, Field(min_length=1, max_length=120)] = "Ana"
    turns: Annotated[list[Turn], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not any(turn.expect for turn in self.turns):
            raise OwnFault("nothing_expected", "turns")
        return self

    def names(self, script: int) -> bool:
        """Say whether a turn expects this script."""
        return any(turn.expect.get("script") == script for turn in self.turns)


def read_rehearsal(told: object) -> Rehearsal:
    """Return a conversation as it is told. Raises InvalidRequest with the faults and their paths."""
    try:
        return Rehearsal.model_validate(told)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise InvalidRequest("the conversation has faults", faults=faults_of(found, _KNOWN)) from error


def read_tests(told: Sequence[object]) -> list[Rehearsal]:
    """Return a script's own tests. Raises InvalidRequest with the faults of all, their paths from the script's root."""
    read: list[Rehearsal] = []
    faults: list[Fault] = []
    for place, one in enumerate(told):
        try:
            read.append(read_rehearsal(one))
        except InvalidRequest as error:
            faults += [fault._replace(path=f"tests.{place}.{fault.path}") for fault in error.faults]
    if faults:
        raise InvalidRequest("a test has faults", faults=faults)
    return read


def as_list(told: object) -> list[object]:
    """Return the conversations of a file: one, or a list of them, or documents that hold either."""
    return [one for part in told for one in as_list(part)] if isinstance(told, list) else [told]


def obstacles(rehearsal: Rehearsal) -> Iterator[Fault]:
    """Say what of a valid conversation cannot be played yet."""
    if rehearsal.via != "front":
        yield Fault("via", "not_playable", (("found", rehearsal.via),))
    for place, turn in enumerate(rehearsal.turns):
        if turn.desk is not None:
            yield Fault(f"turns.{place}.desk", "not_playable", (("found", "desk"),))
        for key in sorted(turn.expect.keys() & LATER):
            yield Fault(f"turns.{place}.expect.{key}", "not_playable", (("found", key),))


def _unknown(key: str) -> OwnFault:
    near = get_close_matches(key, KEYS, n=1)
    return OwnFault("unknown_key_near", "expect", key, near=near[0]) if near else OwnFault("unknown_key", "expect", key)


_KNOWN = frozenset([*Rehearsal.model_fields, *Turn.model_fields])
