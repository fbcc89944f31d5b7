"""The publish gate's report as people read it: a sentence beside each finding and each note, in their language."""

from collections.abc import Mapping
from typing import Any

from roteiro.domain.authoring.lint_rules.finding import sentence
from roteiro.domain.texts import DEFAULT_LOCALE, filled, text, texts_of

__all__ = ["told"]

# The notes of `usecases.gate` and `usecases.replaying`, and the texts that say them.
_NOTES = {"not enough data": "gate.few_confirmed", "pack tests are not on the server": "gate.tests_played"}


def told(report: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """Return a report with `message` in every finding and in every check that has a note."""
    return {**report, "checks": [_check(check, locale) for check in report["checks"]]}


def _check(check: Mapping[str, Any], locale: str) -> dict[str, Any]:
    findings = [{**one, "message": _sentence(one, locale)} for one in check["detail"]]
    noted = {"message": text(_NOTES[check["note"]], locale, **_measured(check))} if check["note"] in _NOTES else {}
    return {**check, "detail": findings, **noted}


def _measured(check: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for figures in check["figures"] for name, value in figures.items()}


def _sentence(finding: Mapping[str, Any], locale: str) -> str:
    """Return what a person reads of a finding: lint's own words, the fault's, or the gate's."""
    code = finding["code"]
    if f"gate.{code}" not in texts_of(DEFAULT_LOCALE):
        facts = tuple((name, str(value)) for name, value in finding.get("facts", {}).items())
        return sentence(code, facts, locale)
    facts_shown = {name: _shown(name, value, locale) for name, value in finding.items()}
    if examples := finding.get("examples"):
        facts_shown |= {"count": len(examples), "example": examples[0]["example"], "other": examples[0]["script"]}
    return filled(text(f"gate.{code}", locale), facts_shown)  # a fact may be called `key`


def _shown(name: str, value: object, locale: str) -> object:
    if name == "protected":
        return text(f"topic_{value}", locale)
    return f"{value:.0%}" if isinstance(value, float) else "–" if value is None else value
