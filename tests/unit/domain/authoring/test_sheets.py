"""A script as lines of a spreadsheet: what a column says is changed, what no column shows is kept."""

from typing import Any

import pytest

from roteiro.domain.authoring.sheets import left_out, overlaid, sheet_of, with_examples
from roteiro.domain.faults import OwnFault
from tests.factories import a_document

RICH = a_document(
    slots={"placa": {"type": "plate"}},
    script=[
        {"step": 1, "message": "Qual a placa?", "collect": ["placa"], "guidelines": ["com calma"]},
        {"step": 2, "message": "Registrado.", "next": [{"when": "placa", "goto": "END"}]},
    ],
    match={"examples": ["bati", "a|b"], "keywords": ["batida"]},
)


def changed(place: int, **cells: str) -> dict[str, Any]:
    lines = sheet_of(RICH)
    lines[place] |= cells
    return overlaid(lines, RICH)


def test_a_sheet_has_a_line_per_step_and_the_rest_on_the_first() -> None:
    first, second = sheet_of(RICH)

    assert (first["id"], first["step"], first["collect"], first["examples"]) == ("101", "1", "placa", r"bati|a\|b")
    assert (second["description"], second["examples"]) == ("", "")
    assert second["next"] == '[{"when": "placa", "goto": "END"}]'


def test_a_changed_text_changes_nothing_else() -> None:
    found = changed(0, message="Diga a placa.")

    assert found["script"][0] == RICH["script"][0] | {"message": "Diga a placa."}
    assert {**found, "script": 0} == {**RICH, "script": 0}


@pytest.mark.parametrize(
    ("cells", "path", "value"),
    [
        ({"title": "Batida"}, ("problem", "title"), "Batida"),
        ({"description": "Outra"}, ("problem", "description"), "Outra"),
        ({"examples": " bati | colidi |"}, ("match", "examples"), ["bati", "colidi"]),
        ({"examples": r"a\|b\\|c"}, ("match", "examples"), ["a|b\\", "c"]),
        ({"next": "2"}, ("script", 0, "next"), 2),
        ({"next": "fim"}, ("script", 0, "next"), "fim"),
        ({"next": "[oops"}, ("script", 0, "next"), "[oops"),
        ({"collect": "a|b"}, ("script", 0, "collect"), ["a", "b"]),
        ({"step": "um"}, ("script", 0, "step"), "um"),
    ],
)
def test_a_cell_is_read_as_its_column_says(cells: dict[str, str], path: tuple[Any, ...], value: object) -> None:
    found: Any = changed(0, **cells)

    for name in path:
        found = found[name]
    assert found == value


def test_an_emptied_cell_takes_the_key_away() -> None:
    found = changed(0, collect="", examples="")

    assert "collect" not in found["script"][0]
    assert found["match"] == {"keywords": ["batida"]}


def test_a_new_script_has_only_what_its_lines_say() -> None:
    lines = [{"id": "900", "step": "1", "message": "Oi", "description": "Carteirinha: quero"}]

    found = overlaid(lines, None)

    assert found == {
        "problem": {"id": 900, "description": "Carteirinha: quero"},
        "script": [{"step": 1, "message": "Oi"}],
    }


def test_steps_with_more_than_a_sheet_shows_neither_come_nor_go() -> None:
    with pytest.raises(OwnFault) as refused:
        overlaid(sheet_of(RICH)[:1], RICH)

    assert (refused.value.code, dict(refused.value.facts)) == ("sheet_loses", {"keys": "guidelines"})


def test_plain_steps_come_and_go_and_the_count_follows() -> None:
    lines = [*sheet_of(a_document()), {"id": "101", "step": "3", "message": "Até logo."}]

    found = overlaid(lines, a_document())

    assert (found["steps"], found["script"][2]) == (3, {"step": 3, "message": "Até logo."})


def test_a_title_on_a_later_line_is_refused_and_a_repeated_one_is_not() -> None:
    assert changed(1, description=RICH["problem"]["description"]) == RICH
    with pytest.raises(OwnFault) as refused:
        changed(1, title="Outro")

    assert (refused.value.code, refused.value.at) == ("not_first_line", ("script", "1"))


def test_what_no_column_holds_is_named() -> None:
    assert left_out(RICH) == {"slots", "script.guidelines", "match.keywords"}
    assert left_out(a_document()) == set()


def test_examples_are_added_once_each() -> None:
    found = with_examples(RICH, ["Bati!", "roubaram meu carro", "roubaram meu carro", " "])

    assert found["match"]["examples"] == ["bati", "a|b", "roubaram meu carro"]
    assert with_examples(RICH, ["BATI"]) == RICH
    assert with_examples(a_document(), [" "]) == a_document()
