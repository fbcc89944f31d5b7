"""An investigation as data to take away: every finding that was kept, as CSV for spreadsheets and as JSON."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from roteiro.domain.anomalies.finding import Finding, note, sentence
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.months import every_month
from roteiro.domain.contracts.records import Purchase, spoken_number
from roteiro.domain.texts import text

__all__ = ["Extract", "as_csv", "as_json"]

_COLUMNS = "number rule severity finding contract signed supplier unit object final value bounds demo".split()
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes what begins so for a formula
_MONEY = frozenset("price median value total ceiling base final".split())  # figures in cents
_SHARES = frozenset(("share", "reference"))  # figures in hundredths of a percent
_HUNDREDTHS, _WHOLE = 100, 10_000


@dataclass(frozen=True, slots=True)
class Extract:
    """What is taken away: an investigation of `organ`, issued `at` (ISO-8601), its findings' contracts by their ids.

    A contract that is not among `contracts` goes by its number alone.
    """

    case: Investigation
    number: str
    organ: str
    at: str
    contracts: Mapping[str, Purchase] = field(default_factory=dict)


def as_csv(extract: Extract, locale: str) -> bytes:
    """Return a line for each finding and contract of it: UTF-8 with a mark and semicolons, as spreadsheets expect."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=";")
    writer.writerow(text(f"table.{name}", locale) for name in _COLUMNS)
    for number, finding in enumerate(extract.case.findings, start=1):
        for row in _rows(finding, extract, locale):
            writer.writerow(_safe(cell) for cell in (str(number), *row))
    return table.getvalue().encode("utf-8-sig")


def as_json(extract: Extract, locale: str) -> bytes:
    """Return the investigation as JSON: money in reais, shares 0..1; the sentences alone are in a language."""
    case, tally = extract.case, extract.case.tally.closed()
    document = {
        "number": extract.number,
        "issued_at": extract.at,
        "organ": {"name": extract.organ, "siafi_code": case.organ},
        "period": {"start": case.start, "end": case.end},
        "filter": {"minimum_reais": _or_none(case.bounds.low), "maximum_reais": _or_none(case.bounds.high)},
        "is_demo_mode": case.is_demo,
        "sources": list(case.sources),
        "contracts_in_period": case.whole.contracts,
        "contracts": tally.contracts,
        "suppliers": tally.suppliers,
        "total_reais": _reais(tally.cents),
        "months": [
            {"month": name, "contracts": one.contracts, "value_reais": _reais(one.cents)}
            for name, one in every_month(case, extract.at[:10])
        ],
        "found": dict(case.by_rule),
        "findings": [_object(finding, extract, locale) for finding in case.findings],
        "note": note(locale),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _rows(finding: Finding, extract: Extract, locale: str) -> Iterator[Sequence[str]]:
    rule = text(f"table.rule_{finding.rule}", locale)
    severity = text(f"paper.severity_{finding.severity}", locale)
    at_stake = _amount(finding.cents, locale)
    bounds, demo = extract.case.bounds.shown(locale), text("yes" if extract.case.is_demo else "no", locale)
    for contract in finding.contracts:
        details = _details(extract.contracts.get(contract), locale)
        yield rule, severity, sentence(finding, locale), spoken_number(contract), *details, at_stake, bounds, demo


def _details(one: Purchase | None, locale: str) -> Sequence[str]:
    if one is None:
        return "", "", "", "", ""
    return one.signed, one.supplier_name, one.unit, one.object, _amount(one.final, locale)


def _amount(cents: int, locale: str) -> str:
    value = f"{cents / _HUNDREDTHS:.2f}"
    return value if locale.startswith("en") else value.replace(".", ",")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _object(finding: Finding, extract: Extract, locale: str) -> dict[str, Any]:
    return {
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "sentence": sentence(finding, locale),
        "contracts": [_contract(one, extract.contracts.get(one)) for one in finding.contracts],
        "value_reais": _reais(finding.cents),
        "figures": dict(_figure(name, value) for name, value in finding.figures.items()),
    }


def _contract(key: str, one: Purchase | None) -> dict[str, Any]:
    named = {"id": key, "number": spoken_number(key)}
    if one is None:
        return named
    known = {"signed": one.signed, "supplier": one.supplier_name, "unit": one.unit, "object": one.object}
    return {**named, **known, "initial_reais": _reais(one.initial), "final_reais": _reais(one.final)}


def _figure(name: str, value: int | str) -> tuple[str, float | str]:
    """Return a figure with its unit: reais by the key, shares 0..1, times as a number; the index is up to 10,000."""
    if isinstance(value, int) and name in _MONEY:
        return f"{name}_reais", _reais(value)
    if isinstance(value, int) and name in _SHARES:
        return name, value / _WHOLE
    return name, value / _HUNDREDTHS if isinstance(value, int) and name == "times" else value


def _reais(cents: int) -> float:
    return cents / _HUNDREDTHS


def _or_none(cents: int | None) -> float | None:
    return None if cents is None else _reais(cents)
