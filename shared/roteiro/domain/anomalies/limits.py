"""Below which value a purchase needs no tender, by day and law: data, each row to be checked at the official text.

None of these rows has been compared with the official text yet (`is_checked`): who is told of one is told to check it.
"""

import re
from typing import NamedTuple

from roteiro.domain.contracts.records import Purchase
from roteiro.domain.values.letters import level

__all__ = ["LIMITS", "Limit", "Waiver", "limit_of", "sources_of", "waiver_of"]

_NEW, _OLD = "14133", "8666"


class Limit(NamedTuple):
    """The limits of a law from one day to another, both included: cents for works and engineering, and for the rest."""

    law: str
    since: str
    until: str
    works: int
    other: int
    source: str
    is_checked: bool = False


LIMITS = (
    Limit(_NEW, "2021-04-01", "2021-12-31", 10_000_000, 5_000_000, "Lei 14.133/2021, art. 75, I / II"),
    Limit(_NEW, "2022-01-01", "2022-12-31", 10_804_082, 5_402_041, "Decreto 10.922/2021"),
    Limit(_NEW, "2023-01-01", "2023-12-31", 11_441_665, 5_720_833, "Decreto 11.317/2022"),
    Limit(_NEW, "2024-01-01", "2024-12-31", 11_981_202, 5_990_602, "Decreto 11.871/2023"),
    Limit(_NEW, "2025-01-01", "2025-12-31", 12_545_115, 6_272_559, "Decreto 12.343/2024"),
    Limit(
        _NEW, "2026-01-01", "2026-12-31", 13_098_420, 6_549_211, "Lei 14.133/2021, art. 182"
    ),  # the decree of 12/2025: its number is to be looked up
    Limit(_OLD, "1998-05-28", "2018-07-18", 1_500_000, 800_000, "Lei 9.648/1998"),
    Limit(_OLD, "2018-07-19", "2023-12-29", 3_300_000, 1_760_000, "Decreto 9.412/2018"),
)

_NAMES = {_NEW: "Lei 14.133/2021, art. 75, I / II", _OLD: "Lei 8.666/1993, art. 24, I / II"}
_LAW = re.compile(r"14\.?133|8\.?666")
_ARTICLE = re.compile(r"\bart(?:igo)?s?\b\W*(\d+)")
_CLAUSE = re.compile(r"\binc(?:iso)?s?\b\W*([ivxl]+)\b")
_BARE_CLAUSE = re.compile(r"\bart(?:igo)?s?\b\W*\d+\W+([ivxl]+)\b")
_ARTICLES = {_NEW: "75", _OLD: "24"}
_CLAUSES = {"i": True, "ii": False}  # of both laws: I is works and engineering, II everything else


class Waiver(NamedTuple):
    """Under which law a purchase went without a tender for its value, and whether it was works or engineering."""

    law: str
    is_works: bool


def waiver_of(basis: str) -> Waiver | None:
    """Return the waiver by value that a Fundamento Legal names; None for any other reason, or if it is not clear.

    How the source words it is not documented, so the law, the article and the clause are looked for in any order.

    >>> waiver_of("LEI 14.133/2021 - Artigo: 75 - Inciso: II")
    Waiver(law='14133', is_works=False)
    >>> waiver_of("Art. 24, inciso I, Lei nº 8.666/93")
    Waiver(law='8666', is_works=True)
    >>> waiver_of("Lei 14.133/2021, art. 75, VIII")
    """
    plain = level(basis)
    laws = {law.replace(".", "") for law in _LAW.findall(plain)}
    article = _ARTICLE.search(plain)
    clause = _CLAUSE.search(plain) or _BARE_CLAUSE.search(plain)
    if len(laws) != 1 or not article or not clause:
        return None
    (law,) = laws
    if article[1] != _ARTICLES[law] or clause[1] not in _CLAUSES:
        return None
    return Waiver(law, _CLAUSES[clause[1]])


def sources_of(year: str, cents: int) -> list[str]:
    """Return where a limit that was in force in a year stands: law, article, and the decree that set it."""
    found = [one for one in LIMITS if _is_of(one, year) and cents in (one.works, one.other)]
    return ["; ".join(dict.fromkeys((_NAMES[one.law], one.source))) for one in found]


def _is_of(limit: Limit, year: str) -> bool:
    return limit.since[:4] <= year <= limit.until[:4]


def limit_of(purchase: Purchase) -> tuple[Limit, int] | None:
    """Return the row and the cents that a waived purchase had to stay below; None if it is no such purchase."""
    waiver = waiver_of(purchase.basis)
    if waiver is None:
        return None
    for limit in LIMITS:
        if limit.law == waiver.law and limit.since <= purchase.signed <= limit.until:
            return limit, limit.works if waiver.is_works else limit.other
    return None
