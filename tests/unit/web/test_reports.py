"""The gate's report is read by people: every finding is a sentence, in their language."""

from typing import Any

import pytest

from roteiro.domain.texts import LOCALES
from roteiro.usecases.report import Check, Report
from roteiro.web.reports import told

FALL = {"script": 105, "before": 0.95, "after": 0.5, "lost": 9}
FINDINGS: list[dict[str, Any]] = [
    {"code": "test_failed", "script": 1, "test": "oi", "turn": 1, "key": "step", "expected": 2, "got": 1},
    {"code": "accuracy_fell", **FALL},
    {"code": "own_accuracy_fell", **FALL},
    {"code": "examples_copied", "script": 9, "examples": [{"example": "a", "script": 1, "other": "a!"}]},
    {"code": "replayed", "replayed": 9, "confirmed": 3, "wrong": 0, "rerouted": 1},
    {"code": "protection_lost", "script": 105, "protected": "cancel"},
    {"code": "protected_unfound", "script": 105, "protected": "complaint"},
    {"code": "tests_gone", "script": 105, "before": 2},
    {"code": "example_in_two", "script": 9, "path": "match.examples.0", "facts": {"text": "oi", "other": "1"}},
    {"code": "hook_secret", "script": 9, "path": "completion.action.secret_ref", "facts": {"found": "ERP"}},
    {"code": "missing", "script": 9, "path": "script.0.message", "facts": {}},
]


def report(check: Check, locale: str) -> dict[str, Any]:
    shown: dict[str, Any] = told(Report([check]).as_json(), locale)["checks"][0]
    return shown


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding["code"])
def test_every_finding_is_a_whole_sentence(finding: dict[str, Any], locale: str) -> None:
    message = report(Check("any", passed=False, blocking=True, detail=[finding]), locale)["detail"][0]["message"]

    assert message[-1] in ".?!"
    assert "{" not in message


def test_shares_are_said_in_per_cent_and_protection_by_its_name() -> None:
    fallen, lost = (
        report(Check("own", passed=False, blocking=True, detail=[FINDINGS[at]]), "pt-BR")["detail"][0]["message"]
        for at in (2, 5)
    )

    assert "95%" in fallen
    assert "50%" in fallen
    assert "Cancelamento" in lost


@pytest.mark.parametrize(
    ("locale", "words"), [("pt-BR", "executados: 0"), ("en", "played: 0"), ("es", "ejecutadas: 0")]
)
def test_a_note_says_how_many_tests_were_played(locale: str, words: str) -> None:
    check = Check("tests", passed=True, blocking=True, note="pack tests are not on the server", figures=[{"played": 0}])

    assert words in report(check, locale)["message"]


def test_a_check_without_a_note_has_no_sentence_of_its_own() -> None:
    assert "message" not in report(Check("confusion", passed=True, blocking=True), "en")
