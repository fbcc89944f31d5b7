"""What a conversation changed, in the numbers of the document, and the document with that change."""

from typing import Any

import pytest

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.conversation import Edit
from roteiro.domain.desk.redrafting import Change, apply_change, change_at
from roteiro.errors import InvalidRequest


def a_document(*steps: dict[str, Any], **changes: Any) -> dict[str, Any]:
    told = [{"step": n, "message": f"Passo {n}.", **step} for n, step in enumerate(steps, 1)]
    return {"problem": {"id": 101, "description": "Sinistro: x"}, "script": told} | changes


def messages(document: dict[str, Any]) -> list[str]:
    check_script(document)
    return [step["message"] for step in document["script"]]


@pytest.mark.parametrize(
    ("edits", "step", "change"),
    [
        ([Edit("edit", 2, "Novo.")], 2, Change("edit", 2, "Novo.")),
        ([Edit("edit", 2, "Novo."), Edit("edit", 2, "Outro.")], 2, Change("edit", 2, "Outro.")),
        ([Edit("skip", 3)], 3, Change("skip", 3)),
        ([Edit("insert", 2, "Antes.")], 2, Change("insert", 2, "Antes.")),
        ([Edit("insert", 4, "Depois.")], 4, Change("insert", 4, "Depois.")),
        ([Edit("edit", 2, "Novo."), Edit("insert", 1, "Antes.")], 3, Change("edit", 2, "Novo.")),
        ([Edit("insert", 1, "Antes."), Edit("edit", 3, "Novo.")], 3, Change("edit", 2, "Novo.")),
        ([Edit("insert", 1, "A."), Edit("insert", 2, "B.")], 1, Change("insert", 1, "A.")),
        ([Edit("insert", 1, "A."), Edit("edit", 1, "B.")], 1, Change("insert", 1, "B.")),
    ],
)
def test_an_edit_is_found_in_the_numbers_of_the_version(edits: list[Edit], step: int, change: Change) -> None:
    assert change_at(step, 3, edits) == change


@pytest.mark.parametrize(
    ("edits", "step"),
    [([], 1), ([Edit("edit", 2, "x")], 1), ([], 4), ([], 0), ([Edit("insert", 1, "x"), Edit("skip", 1)], 1)],
)
def test_a_step_that_was_not_changed_has_nothing_to_propose(edits: list[Edit], step: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        change_at(step, 3, edits)

    assert refused.value.faults[0].code == "no_edit"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("edit", 2, "Novo."), ["Passo 1.", "Novo.", "Passo 3."]),
        (Change("insert", 2, "Antes."), ["Passo 1.", "Antes.", "Passo 2.", "Passo 3."]),
        (Change("insert", 4, "Depois."), ["Passo 1.", "Passo 2.", "Passo 3.", "Depois."]),
        (Change("skip", 1), ["Passo 2.", "Passo 3."]),
    ],
)
def test_a_change_gives_a_document_that_can_be_stored(change: Change, said: list[str]) -> None:
    document = a_document({}, {}, {}, steps=3)

    changed = apply_change(document, change)

    assert messages(changed) == said
    assert changed["steps"] == len(said)
    assert messages(document) == ["Passo 1.", "Passo 2.", "Passo 3."]


@pytest.mark.parametrize(
    ("following", "change", "then"),
    [
        (3, Change("insert", 3, "x"), 3),
        (3, Change("insert", 2, "x"), 4),
        (3, Change("insert", 1, "x"), 4),
        (3, Change("skip", 2), 2),
        (2, Change("skip", 2), 2),
        ("fim", Change("skip", 3), "END"),
        ("END", Change("insert", 2, "x"), "END"),
        ([{"goto": 3, "when": "canal == 'web'"}, {"goto": 2}], Change("skip", 2), None),
    ],
)
def test_what_leads_to_a_step_leads_there_still(following: Any, change: Change, then: Any) -> None:
    document = a_document({"next": following}, {}, {"id": "fim"})

    steps = apply_change(document, change)["script"]

    led = next(step for step in steps if "next" in step)["next"]
    assert led == then if then else [one["goto"] for one in led] == [2, 2]


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (Change("edit", 2, "x"), ["script.1.message", "slots.cpf.label"]),
        (Change("insert", 2, "x"), ["script.1.message", "script.3.message", "slots.cpf.label"]),
        (Change("skip", 1), ["script.1.message", "slots.cpf.label"]),
        (Change("skip", 2), ["script.1.message", "slots.cpf.label"]),
    ],
)
def test_translations_move_with_their_steps_and_outdated_ones_go(change: Change, paths: list[str]) -> None:
    texts = {"script.1.message": "One.", "script.2.message": "Two.", "slots.cpf.label": "ID"}

    changed = apply_change(a_document({}, {}, translations={"en": texts}), change)

    assert sorted(changed["translations"]["en"]) == paths
