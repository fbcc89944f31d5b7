"""What a customer reads when no value was found: what is wrong and how to mend it, never what they wrote."""

from collections.abc import Mapping

from roteiro.domain.texts import DEFAULT_LOCALE, filled, listed
from roteiro.domain.texts.problems_en import PROBLEMS as ENGLISH
from roteiro.domain.texts.problems_es import PROBLEMS as SPANISH
from roteiro.domain.texts.problems_pt_br import PROBLEMS as PORTUGUESE
from roteiro.domain.values.display import display
from roteiro.domain.values.value import Problem

__all__ = ["LISTED", "problem_text"]

LISTED = " / "  # stands between the parts of a fact that has several
_TEXTS: dict[str, Mapping[str, str]] = {DEFAULT_LOCALE: PORTUGUESE, "en": ENGLISH, "es": SPANISH}
_LIMITS = ("minimum", "maximum")
_VARIANTS = {
    "not_a_choice": "expected",
    "not_in_list": "near",
    "unsure": "near",
    "ambiguous": "near",
}  # codes that say more where they have this fact


def problem_text(kind: str, problem: Problem, label: str, locale: str) -> str:
    """Return the sentence for a problem with a slot of a kind; `label` names the slot as customers know it.

    Raises KeyError for a code that no language has: that is a bug, and a test finds it.

    >>> problem_text("cpf", Problem("wrong_length", (("expected", "11"), ("received", "10"))), "CPF", "pt-BR")
    'O CPF tem 11 dígitos; recebi 10. Confira e envie de novo.'
    """
    texts = _TEXTS.get(locale, PORTUGUESE)
    facts = dict(problem.facts)
    variant = problem.code + _variant(problem.code, facts)
    keys = (f"{kind}.{variant}", variant, f"{kind}.{problem.code}")
    template = next((texts[key] for key in keys if key in texts), None) or texts[problem.code]
    return filled(template, {"label": label} | {name: _fact(kind, name, facts[name], locale) for name in facts})


def _variant(code: str, facts: Mapping[str, str]) -> str:
    if code == "out_of_range" and len(limits := [name for name in _LIMITS if name in facts]) == 1:
        return f".{limits[0]}"
    fact = _VARIANTS.get(code, "")
    return f".{fact}" if fact in facts else ""


def _fact(kind: str, name: str, fact: str, locale: str) -> str:
    if name in _LIMITS:
        return display(kind, fact, locale)
    return listed(fact.split(LISTED), locale)
