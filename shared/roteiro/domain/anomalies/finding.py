"""One thing that is unusual: which rule, its figures, its contracts, and the sentence that tells people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from roteiro.domain.texts import text
from roteiro.domain.values import money
from roteiro.domain.values.masking import without_cpfs

__all__ = ["MOST_CONTRACTS", "REFORM", "Finding", "Rule", "Severity", "finding_from", "finding_to", "note", "sentence"]

MOST_CONTRACTS = 20  # ids that one finding names; `figures["contracts"]` counts all of them (chosen: fits a page)

# Hundredths of a percent that additions may reach in a reform. Source: Lei 14.133/2021, art. 125, to be checked.
REFORM = 5_000

Figures = Mapping[str, int | str]


class Rule(StrEnum):
    """Which rule found something; its sentence is the text `finding.<rule>`."""

    PRICE = "price"
    CONCENTRATION = "concentration"
    SPLIT = "split"
    DUPLICATE = "duplicate"
    RUSH = "rush"
    GROWTH = "growth"


class Severity(StrEnum):
    """How much it stands out, never how wrong it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def weight(self) -> int:
        """Return 0 for low to 2 for high."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found: money figures in cents, shares in hundredths of a percent, `cents` is what is at stake."""

    rule: Rule
    severity: Severity
    contracts: tuple[str, ...]
    cents: int
    figures: Figures

    @property
    def rank(self) -> tuple[int, int, str]:
        """Return what findings are ordered by: the greatest stands out most, and no two are equal by chance."""
        return (self.severity.weight, self.cents, f"{self.rule}{self.contracts}")


def sentence(finding: Finding, locale: str) -> str:
    """Return what was found as people read it, in one sentence that calls it an indication."""
    facts = {name: _FORMS.get(name, _plain)(value, locale) for name, value in finding.figures.items()}
    return text(f"finding.{finding.rule}", locale, **facts)


def note(locale: str) -> str:
    """Return what stands under every list of findings: an anomaly is no proof."""
    return text("finding.note", locale)


def finding_to(finding: Finding) -> dict[str, Any]:
    """Write a finding as JSON values."""
    return {
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "contracts": list(finding.contracts),
        "cents": finding.cents,
        "figures": dict(finding.figures),
    }


def finding_from(document: Mapping[str, Any]) -> Finding:
    """Read what `finding_to` wrote; a name that was put on record with a CPF comes without it."""
    return Finding(
        rule=Rule(document["rule"]),
        severity=Severity(document["severity"]),
        contracts=tuple(document["contracts"]),
        cents=document["cents"],
        figures={
            name: without_cpfs(value) if isinstance(value, str) else value
            for name, value in document["figures"].items()
        },
    )


def _reais(cents: int | str, locale: str) -> str:
    return money.shown(str(Decimal(cents) / 100), locale)


def _percent(hundredths: int | str, locale: str) -> str:
    return f"{_number(Decimal(hundredths) / 100, locale)} %"


def _reference(hundredths: int | str, locale: str) -> str:
    """Return the share that additions may reach, and that half is for reforms alone."""
    share = _percent(hundredths, locale)
    return text("table.reform", locale, share=share) if hundredths == REFORM else share


def _times(hundredths: int | str, locale: str) -> str:
    return _number(Decimal(hundredths) / 100, locale)


def _number(value: Decimal, locale: str) -> str:
    english = f"{value:,.1f}"
    return english if locale.startswith("en") else english.translate(str.maketrans(",.", ".,"))


def _grouped(value: int | str, locale: str) -> str:
    english = f"{int(value):,}"
    return english if locale.startswith("en") else english.replace(",", ".")


def _within(days: int | str, locale: str) -> str:
    return text("table.within_days" if int(days) else "table.same_day", locale, n=days)


def _plain(value: int | str, _: str) -> str:
    return str(value)


_FORMS: Mapping[str, Callable[[int | str, str], str]] = {
    "price": _reais,
    "median": _reais,
    "value": _reais,
    "total": _reais,
    "ceiling": _reais,
    "base": _reais,
    "final": _reais,
    "share": _percent,
    "reference": _reference,
    "times": _times,
    "hhi": _grouped,
    "days": _within,
}
