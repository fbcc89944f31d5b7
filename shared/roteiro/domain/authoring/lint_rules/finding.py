"""One thing that lint found: how bad, where, which kind, and what the sentence about it needs."""

from typing import NamedTuple

from roteiro.domain.texts import DEFAULT_LOCALE, text, texts_of

__all__ = ["ERROR", "WARNING", "Finding", "error", "sentence", "warning"]

ERROR, WARNING = "error", "warning"


class Finding(NamedTuple):
    """`path` is dotted (`script.2.message`, lists from 0), `code` names a text `lint.<code>` or `fault.<code>`."""

    level: str
    path: str
    code: str
    facts: tuple[tuple[str, str], ...] = ()


def error(code: str, *at: object, **facts: object) -> Finding:
    """Return something that must be mended before the script is published."""
    return Finding(ERROR, ".".join(map(str, at)), code, tuple((name, str(value)) for name, value in facts.items()))


def warning(code: str, *at: object, **facts: object) -> Finding:
    """Return something to look at."""
    return error(code, *at, **facts)._replace(level=WARNING)


def sentence(code: str, facts: tuple[tuple[str, str], ...], locale: str) -> str:
    """Return what a person reads of a finding, or of a fault of the schema: both come in one list."""
    family = "lint" if f"lint.{code}" in texts_of(DEFAULT_LOCALE) else "fault"
    return text(f"{family}.{code}", locale, **{name: _shown(code, name, fact, locale) for name, fact in facts})


def _shown(code: str, name: str, fact: str, locale: str) -> str:
    """Return a fact as people read it: personal data by its name, not by that of its type."""
    return text(f"kind.{fact}", locale) if (code, name) == ("personal_data", "kind") else fact
