"""A conversation told in advance, turn by turn, with what must be seen after each: the format, not the playing.

`{name, pack, via: front, clock: 2026-11-20T15:00:00-03:00, customer: Ana, turns: [{say: "oi", ai: false, expect:
{step: 1}}, {clock: +25h}, {desk: {action: takeover}}]}`; everything but `name` and `turns` may be left out.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from roteiro.domain.authoring.expectation import KEYS
from roteiro.domain.authoring.schema.fields import Part, Sentence, Text
from roteiro.domain.faults import OwnFault, faults_of, placed
from roteiro.domain.patterns import vetted
from roteiro.errors import Fault, InvalidRequest

__all__ = ["DeskTurn", "Rehearsal", "Turn", "as_list", "read_rehearsal", "read_tests"]

_NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)  # the afternoon of the documented examples, where nothing is said
_WAIT = re.compile(r"\+([1-9][0-9]{0,3})(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
# What an action of the desk cannot do without.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "reply": ("message",),
    "script": ("script",),
    "step": ("step",),
    "publish": ("script", "step", "message"),
    "clock": ("wait",),
}


def _moment(value: object) -> datetime:
    """Read a moment with its time zone; YAML may have read it already."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise OwnFault("bad_moment") from None
    if moment.tzinfo is None:
        raise OwnFault("bad_moment")
    return moment


_Wait = Annotated[str, Field(pattern=f"^{_WAIT.pattern}$")]


class DeskTurn(Part):
    """What the desk does to the conversation, or a publish.

    `script` and `step` are numbers; `do` is what is done to a step; `message` is what is said, or the step's new text.
    A publish makes the next version of `script` with `message` in its step, and `wait` lets time pass.
    """

    action: Literal["takeover", "reply", "handback", "close", "script", "step", "publish", "clock"]
    message: Text | None = None
    script: Annotated[int, Field(ge=1)] | None = None
    step: Annotated[int, Field(ge=1, le=1000)] | None = None
    do: Literal["edit", "skip", "insert", "goto", "answered", "reset"] = "edit"
    outcome: Literal["resolved", "pending", "informational", "duplicate"] = "resolved"
    wait: _Wait | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        needed = _NEEDED.get(self.action, ())
        if self.action == "step" and self.do in ("edit", "insert"):
            needed = (*needed, "message")
        for name in needed:
            if getattr(self, name) is None:
                raise OwnFault("missing", name)
        return self


class Turn(Part):
    """One thing that happens: a customer says something, time passes, or the desk acts."""

    say: str | None = None
    customer: Annotated[str, Field(min_length=1, max_length=120)] = ""  # another one, in a conversation of their own
    ai: bool = False  # said on the route for side questions
    clock: _Wait | None = None
    desk: DeskTurn | None = None
    expect: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(thing is not None for thing in (self.say, self.clock, self.desk)) != 1:
            raise OwnFault("not_one_thing")
        if self.is_pause and self.expect:
            raise OwnFault("nothing_to_see", "expect")
        for key in sorted(self.expect.keys() - KEYS):
            raise _unknown(key)
        if "record" in self.expect:
            _check_pattern(self.expect["record"])
        return self

    @property
    def is_pause(self) -> bool:
        """Say whether time passes and nothing else happens."""
        return self.clock is not None or (self.desk is not None and self.desk.action == "clock")

    @property
    def wait(self) -> timedelta:
        """Return how long to wait before the next turn."""
        found = _WAIT.fullmatch(self.clock or (self.desk.wait if self.desk else "") or "")
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

    @property
    def is_front(self) -> bool:
        """Say whether it begins with the customer's name and a greeting, as the first seed's chat does."""
        return self.via == "front"

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


def _unknown(key: str) -> OwnFault:
    near = get_close_matches(key, KEYS, n=1)
    return OwnFault("unknown_key_near", "expect", key, near=near[0]) if near else OwnFault("unknown_key", "expect", key)


def _check_pattern(told: object) -> None:
    """Refuse a pattern that is none, or that could take long."""
    if not isinstance(told, str):
        raise OwnFault("wrong_type_text", "expect", "record")
    with placed("expect", "record"):
        vetted(told)


_KNOWN = frozenset([*Rehearsal.model_fields, *Turn.model_fields, *DeskTurn.model_fields])
