"""Lint of names that a script takes from its pack: lists, look-ups, and the adapters they need."""

from typing import Any

import pytest

from roteiro.domain.authoring.linting import Known, lint
from tests.factories import a_document

STEP = {"step": 1, "kind": "action", "message": "{result}"}


def codes(document: dict[str, Any], known: Known) -> set[tuple[str, str]]:
    return {(found.path, found.code) for found in lint(document, known=known) if found.code.startswith("unknown")}


@pytest.mark.parametrize(
    ("action", "adapters", "found"),
    [
        ("lookup:report", frozenset({"contracts"}), False),
        ("lookup:report", frozenset[str](), True),
        ("lookup:report", None, False),
        ("lookup:agents", frozenset[str](), False),
        ("lookup:weather", None, True),
        ("create_record", frozenset[str](), False),
    ],
)
def test_what_is_looked_up_must_be_known_to_the_pack(
    action: str, adapters: frozenset[str] | None, *, found: bool
) -> None:
    document = a_document(steps=1, script=[STEP | {"action": action}])

    assert (("script.0.action", "unknown_lookup") in codes(document, Known(adapters=adapters))) is found


@pytest.mark.parametrize("name", ["organs", "organs.yaml"])
def test_a_list_must_be_a_file_of_the_pack(name: str) -> None:
    step = {"step": 1, "message": "Qual órgão?", "collect": ["organ"]}
    document = a_document(steps=1, script=[step], slots={"organ": {"type": "entity", "list": name}})

    assert codes(document, Known(lists=frozenset({"organs"}))) == set()
    assert codes(document, Known(lists=frozenset({"states"}))) == {("slots.organ.list", "unknown_list")}
