"""An investigation as data to take away: every finding that was kept, as CSV for spreadsheets and as JSON."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from roteiro.domain.anomalies.finding import Finding, note, sentence
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.contracts.records import spoken_number
from roteiro.domain.texts import text

__all__ = ["as_csv", "as_json"]

_COLUMNS = ("rule", "severity", "finding", "contracts", "value", "demo")
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes what begins so for a formula


def as_csv(case: Investigation, locale: str) -> bytes:
    """Return the findings as CSV: UTF-8 with a mark, as spreadsheets expect it, and semicolons, as Brazil writes."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=";")
    writer.writerow(text(f"table.{name}", locale) for name in _COLUMNS)
    for finding in case.findings:
        writer.writerow(_safe(cell) for cell in _row(finding, case, locale))
    return table.getvalue().encode("utf-8-sig")


def as_json(case: Investigation, number: str, organ: str, locale: str) -> bytes:
    """Return the investigation as JSON: what was read, the findings with their figures, how they are to be taken."""
    tally = case.tally.closed()
    document = {
        "number": number,
        "organ": {"name": organ, "siafi_code": case.organ},
        "period": {"start": case.start, "end": case.end},
        "is_demo_mode": case.is_demo,
        "sources": list(case.sources),
        "contracts": tally.contracts,
        "suppliers": tally.suppliers,
        "total": tally.cents / 100,
        "found": dict(case.by_rule),
        "findings": [_object(finding, locale) for finding in case.findings],
        "note": note(locale),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _row(finding: Finding, case: Investigation, locale: str) -> Sequence[str]:
    value = f"{finding.cents / 100:.2f}"
    return (
        finding.rule.value,
        finding.severity.value,
        sentence(finding, locale),
        ", ".join(map(spoken_number, finding.contracts)),
        value if locale.startswith("en") else value.replace(".", ","),
        text("yes" if case.is_demo else "no", locale),
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _object(finding: Finding, locale: str) -> dict[str, Any]:
    return {
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "sentence": sentence(finding, locale),
        "contracts": list(finding.contracts),
        "value": finding.cents / 100,
        "figures": dict(finding.figures),
    }
