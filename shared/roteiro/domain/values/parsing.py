"""The door to all parsers: one value of a kind out of a text, or why there is none; and all of them, for extraction."""

from roteiro.domain.values.addresses import find_ceps
from roteiro.domain.values.answers import find_answers
from roteiro.domain.values.choices import find_choices
from roteiro.domain.values.dates import find_dates
from roteiro.domain.values.documents import find_cnpj, find_cpf, find_cpf_or_cnpj
from roteiro.domain.values.emails import find_emails
from roteiro.domain.values.entities import find_entities
from roteiro.domain.values.integers import find_integers
from roteiro.domain.values.money import find_money
from roteiro.domain.values.periods import find_periods
from roteiro.domain.values.phones import find_phones
from roteiro.domain.values.plates import find_plates
from roteiro.domain.values.policies import find_policy_numbers
from roteiro.domain.values.problems import LISTED
from roteiro.domain.values.protocols import find_protocols
from roteiro.domain.values.texts import find_long_texts, find_texts, is_unknown
from roteiro.domain.values.value import Choice, Entity, Finder, Hints, Problem, Value

__all__ = ["KINDS", "SELF_IDENTIFYING", "Choice", "Entity", "Hints", "Problem", "Value", "find_all", "parse"]

_FINDERS: dict[str, Finder] = {
    "text": find_texts,
    "long_text": find_long_texts,
    "bool": find_answers,
    "integer": find_integers,
    "choice": find_choices,
    "entity": find_entities,
    "cpf": find_cpf,
    "cnpj": find_cnpj,
    "cpf_or_cnpj": find_cpf_or_cnpj,
    "phone_br": find_phones,
    "email": find_emails,
    "date": find_dates,
    "period": find_periods,
    "money_brl": find_money,
    "cep": find_ceps,
    "plate": find_plates,
    "policy_number": find_policy_numbers,
    "protocol": find_protocols,
}
KINDS = frozenset(_FINDERS)
# What a customer may say before it is asked for: these look like nothing else (a choice only by its whole label).
SELF_IDENTIFYING = frozenset(
    "cpf cnpj cpf_or_cnpj email phone_br cep plate date money_brl period protocol choice entity".split()
)


def parse(kind: str, text: str, hints: Hints) -> Value | Problem:
    """Return the one value of a kind (see KINDS) that the text holds, else the problem.

    Problems of every kind: `none` (nothing like it), `unknown` (they do not know or have it), `ambiguous` (several;
    with `many` the surest is returned, and `find_all` has the rest). Each finder names its own.
    Raises KeyError for another kind.
    """
    found = list(_FINDERS[kind](text, hints))
    values = [one for one in found if isinstance(one, Value)]
    if kind in ("text", "long_text", "bool") and is_unknown(text):
        return Problem("unknown")
    if len({value.stored for value in values}) > 1 and not hints.many:
        return _ambiguous(kind, values)
    if values:
        return max(values, key=lambda value: value.certainty)
    if is_unknown(text):
        return Problem("unknown")
    return next((one for one in found if isinstance(one, Problem)), Problem("none"))


def _ambiguous(kind: str, values: list[Value]) -> Problem:
    """Say that several were found; entries of a list are named, so that one can be chosen."""
    near = LISTED.join(dict.fromkeys(value.display for value in values)) if kind == "entity" else ""
    return Problem("ambiguous", (("near", near),) if near else ())


def find_all(kind: str, text: str, hints: Hints) -> list[Value]:
    """Return every value of a kind in the text, in its order, each stored value once."""
    values = [one for one in _FINDERS[kind](text, hints) if isinstance(one, Value)]
    first: dict[str | bool | int, Value] = {}
    for value in sorted(values, key=lambda value: value.start):
        first.setdefault(value.stored, value)
    return list(first.values())
