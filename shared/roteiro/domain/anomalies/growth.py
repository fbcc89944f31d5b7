"""A contract that grew above what additions may add: a quarter of its value, or half in a reform of a building."""

import re
from collections.abc import Iterable

from roteiro.domain.anomalies.finding import REFORM, Finding, Rule, Severity
from roteiro.domain.contracts.records import Note, Noted, Purchase
from roteiro.domain.values.letters import level

__all__ = ["grown"]

# Hundredths of a percent. Source: Lei 14.133/2021, art. 125, to be checked at the official text.
_GENERAL = 2_500
_WHOLE = 10_000
_HIGH = 2  # times the reference (chosen)
_REFORMS = re.compile(r"\breform(?:a|as|ar)\b")
_EXTENDS = re.compile(r"prorrog|vigencia|renova")  # a longer contract costs more without any addition


def grown(purchase: Purchase, notes: Iterable[Note]) -> Finding | None:
    """Return the growth of one contract beyond its first value and the adjustments of prices noted since.

    An extension explains growth that no column tells apart from additions: nothing is said of an extended contract.
    """
    noted = list(notes)
    base = purchase.initial + sum(one.cents for one in noted if one.what is Noted.ADJUSTMENT)
    added = purchase.final - base
    reference = REFORM if _REFORMS.search(level(purchase.object)) else _GENERAL
    if purchase.initial <= 0 or base <= 0 or added * _WHOLE <= reference * base or _is_extended(noted):
        return None
    return Finding(
        rule=Rule.GROWTH,
        severity=Severity.HIGH if added * _WHOLE > _HIGH * reference * base else Severity.MEDIUM,
        contracts=(purchase.id,),
        cents=added,
        figures={
            "contracts": 1,
            "supplier": purchase.supplier_name,
            "base": base,
            "final": purchase.final,
            "share": added * _WHOLE // base,
            "reference": reference,
        },
    )


def _is_extended(notes: Iterable[Note]) -> bool:
    return any(_EXTENDS.search(level(one.text)) for one in notes if one.what is Noted.AMENDMENT)
