"""What the engine itself says, one file per language, pt-BR first; a missing text falls back to pt-BR."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module

__all__ = ["DEFAULT_LOCALE", "LOCALES", "filled", "known_tongue", "listed", "negotiate", "text", "texts_of"]

DEFAULT_LOCALE = "pt-BR"
LOCALES = ("pt-BR", "en", "es")

_MODULES = {"pt-BR": "pt_br", "en": "en", "es": "es"}
_HOLE = re.compile(r"\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}")


@lru_cache(maxsize=len(LOCALES))
def texts_of(locale: str) -> Mapping[str, str]:
    """Return every text of a language by key; a language is loaded when somebody first reads it."""
    module = import_module(f"{__name__}.{_MODULES.get(locale, 'pt_br')}")
    texts: Mapping[str, str] = module.TEXTS
    return texts


def text(key: str, locale: str, **facts: object) -> str:
    """Return the text `key` with its placeholders filled.

    Raises KeyError for a key that no language has: that is a bug, and a test finds it.
    """
    return filled(texts_of(locale).get(key) or texts_of(DEFAULT_LOCALE)[key], facts)


def filled(template: str, facts: Mapping[str, object]) -> str:
    """Return a text with its placeholders filled; other braces, and those inside a fact, are text.

    `{n|dia|dias}` is the first word where the fact `n` is one, else the second, also while `n` is not known.

    >>> filled("{a} e {b} e {c}", {"a": "{b}", "b": 2})
    '{b} e 2 e {c}'
    >>> filled("{n} {n|dia|dias}", {"n": 1}), filled("{n} {n|dia|dias}", {"n": "6"})
    ('1 dia', '6 dias')
    """
    return _HOLE.sub(lambda hole: _fact(hole, facts), template)


def _fact(hole: re.Match[str], facts: Mapping[str, object]) -> str:
    name, one, many = hole.groups()
    fact = str(facts.get(name, hole[0]))
    return fact if one is None else one if fact == "1" else many


def negotiate(accepted: str | None) -> str:
    """Return the language for an Accept-Language header, in the reader's order; pt-BR when none fits.

    >>> negotiate("fr, en-GB;q=0.8, pt;q=0.5")
    'en'
    """
    return known_tongue(accepted) or DEFAULT_LOCALE


def known_tongue(wished: str | None) -> str:
    """Return the first language of a wish that we speak, as `negotiate` reads it; empty when none fits.

    >>> known_tongue("pt_br"), known_tongue("fr")
    ('pt-BR', '')
    """
    wishes = []
    for place, part in enumerate((wished or "").replace("_", "-").split(",")[:20]):
        name, _, weight = part.replace(" ", "").lower().partition(";q=")
        wishes.append((-_weight(weight), place, name.partition("-")[0]))
    by_language = {locale.partition("-")[0]: locale for locale in LOCALES}
    return next((by_language[name] for less, _, name in sorted(wishes) if less < 0 and name in by_language), "")


def listed(names: Iterable[str], locale: str) -> str:
    """Return names as people list them: "A, B ou C"."""
    *first, last = names
    return f"{', '.join(first)} {text('or', locale)} {last}" if first else last


def _weight(given: str) -> float:
    try:
        return float(given or 1)
    except ValueError:
        return 0.0
