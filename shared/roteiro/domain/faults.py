"""What a validator found, in our own words: path, code and the facts a sentence needs; no library's message leaves."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import islice
from typing import Any

from roteiro.errors import Fault

__all__ = ["MOST_FAULTS", "OwnFault", "faults_of", "placed"]

_CODES = {
    "missing": "missing",
    "string_unicode": "bad_characters",
    "extra_forbidden": "unknown_key",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_few",
    "too_long": "too_many",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "string_pattern_mismatch": "bad_form",
    "literal_error": "not_a_choice",
    "value_error": "bad_value",
}
_LIMITS = ("min_length", "max_length", "ge", "le")
MOST_FAULTS = 100  # faults of one document; chosen, nobody reads more, and a hostile body of typos stays cheap


class OwnFault(ValueError):
    """What a rule of ours found, raised inside a validator: `at` is the place below the validator's own."""

    def __init__(self, code: str, *at: object, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.at = tuple(map(str, at))
        self.facts = tuple((name, str(value)) for name, value in facts.items())

    def as_fault(self) -> Fault:
        """Return it as a refusal carries it."""
        return Fault(".".join(self.at), self.code, self.facts)


@contextmanager
def placed(*place: object) -> Iterator[None]:
    """Put a place in front of that of any OwnFault raised inside."""
    try:
        yield
    except OwnFault as fault:
        raise OwnFault(fault.code, *place, *fault.at, **dict(fault.facts)) from None


def faults_of(errors: Iterable[Mapping[str, Any]], known: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Translate a validator's first 100 errors (`loc`, `type`, `ctx`); a typo may have meant a key of `known`."""
    names = sorted(known)
    return tuple(_fault(error, names) for error in islice(errors, MOST_FAULTS))


def _fault(error: Mapping[str, Any], known: list[str]) -> Fault:
    context = error.get("ctx", {})
    place = [str(part) for part in error["loc"]]
    path = ".".join(place)
    kind = error["type"]
    own = context.get("error")
    if isinstance(own, OwnFault):
        return Fault(".".join([*place, *own.at]), own.code, own.facts)
    code = _CODES.get(kind, "wrong_type")
    if code == "unknown_key":
        near = get_close_matches(place[-1], known, n=1)
        return Fault(path, "unknown_key_near", (("near", near[0]),)) if near else Fault(path, code)
    if code == "wrong_type":
        return Fault(path, f"wrong_type_{_expected(kind)}")
    limit = next((str(context[name]) for name in _LIMITS if name in context), "")
    expected = str(context.get("expected", "")).replace(" or ", ", ")
    return Fault(path, code, tuple((k, v) for k, v in (("limit", limit), ("expected", expected)) if v))


def _expected(kind: str) -> str:
    for word, expected in (("string", "text"), ("int", "number"), ("float", "number"), ("bool", "yesno")):
        if kind.startswith(word):
            return expected
    return "list" if kind.startswith(("list", "tuple")) else "object"
