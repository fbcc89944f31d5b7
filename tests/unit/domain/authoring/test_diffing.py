"""What changed between two documents: each field by its path, steps that moved told from steps that changed."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roteiro.domain.authoring.diffing import differences, unified_text
from roteiro.domain.canonical import canonical, checksum_of
from tests.factories import a_document


def steps(*messages: str, **ids: str) -> dict[str, Any]:
    """Return a document whose steps say these; `ids` are given by place: `p0="x"`."""
    made: list[dict[str, Any]] = [{"step": n, "message": message} for n, message in enumerate(messages, 1)]
    for place, name in ids.items():
        made[int(place[1:])]["id"] = name
    return {"script": made}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.path, one.kind) for one in differences(before, after)]


A, B, C, D = "Qual é a placa do carro?", "Quando foi o acidente?", "Alguém se feriu na batida?", "Registrado, até logo."


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"a": 1}, {"a": 2}, [("a", "changed")]),
        ({"a": 1}, {"a": True}, [("a", "changed")]),
        ({"a": 1}, {"a": 1.0}, [("a", "changed")]),
        ({"a": None}, {}, [("a", "removed")]),
        ({}, {"a": None}, [("a", "added")]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, [("a.b.c", "changed")]),
        ({"slots": {"cpf": {"type": "cpf"}}}, {"slots": {"cpf": {"type": "text"}}}, [("slots.cpf.type", "changed")]),
        ({"slots": {"x": {}}}, {"slots": {"y": {}}}, [("slots.x", "removed"), ("slots.y", "added")]),
        ({"a": [1, 2, 3]}, {"a": [1, 3]}, [("a.1", "removed")]),
        ({"a": [1, 3]}, {"a": [1, 2, 3]}, [("a.1", "added")]),
        ({"a": [{"q": "x", "a": "y"}]}, {"a": [{"q": "x", "a": "z"}]}, [("a.0.a", "changed")]),
        ({"a": [1]}, {"a": {"b": 1}}, [("a", "changed")]),
        ({"a": ["x", "y"]}, {"a": ["z"]}, [("a.0", "removed"), ("a.1", "removed"), ("a.0", "added")]),
    ],
)
def test_each_field_that_changed_is_named_by_its_path(
    before: dict[str, Any], after: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert told(before, after) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (steps(A, B, C), steps(A, B, C), []),
        (steps(A, B), steps(A, B, D), [("script.2", "added")]),
        (steps(A, B, D), steps(B, D), [("script.0", "removed")]),
        (steps(B, D), steps(A, B, D), [("script.0", "added")]),
        (steps(A, B, C), steps(C, A, B), [("script.0", "moved")]),
        (steps(A, B, C), steps(A, f"{B} Diga o dia.", C), [("script.1.message", "changed")]),
        (steps(A, B, C), steps(f"{C} Sim ou não?", A, B), [("script.0", "moved"), ("script.0.message", "changed")]),
        (steps(A, p0="x"), steps(D, p0="x"), [("script.0.message", "changed")]),
        (steps(A, p0="x"), steps(A, p0="y"), [("script.0", "removed"), ("script.0", "added")]),
        (
            steps(A, B, p0="x", p1="y"),
            steps(B, A, p0="x", p1="y"),
            [(f"script.{n}.message", "changed") for n in (0, 1)],
        ),
        (steps(A), steps(D), [("script.0", "removed"), ("script.0", "added")]),
        (steps("ok", "ok"), steps("ok", "ok", "ok"), [("script.2", "added")]),
        ({"script": [5]}, {"script": ["x"]}, [("script.0", "changed")]),
    ],
)
def test_a_step_is_known_by_its_id_else_by_what_it_says(
    before: dict[str, Any], after: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert told(before, after) == found


def test_a_moved_step_says_from_where_to_where_and_what_else_changed_says_both_values() -> None:
    found = differences(steps(A, B, C) | {"steps": 3}, steps(C, A, f"{B} Diga.") | {"steps": 4})

    assert [(one.path, one.before, one.after) for one in found] == [
        ("script.0", 2, 0),
        ("script.2.message", B, f"{B} Diga."),
        ("steps", 3, 4),
    ]


def test_the_unified_text_shows_lines_with_their_surroundings() -> None:
    lines = unified_text(steps(A, B), steps(A, D), ("3", "draft")).splitlines()

    assert lines[:2] == ["--- 3", "+++ draft"]
    assert f'-      "message": "{B}",' in lines
    assert f'+      "message": "{D}",' in lines


def test_equal_documents_have_no_text_to_show() -> None:
    assert unified_text(a_document(), a_document(), ("1", "2")) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({"a": "e\u0301"}, {"a": "é"}), ([1, {"x": "ç"}], [1, {"x": "ç"}])],
)
def test_equal_documents_are_written_equally(one: object, other: object) -> None:
    assert canonical(one) == canonical(other)
    assert checksum_of(one) == checksum_of(other)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([A, B, C, D, "", "ok"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
STEPS = st.lists(
    st.builds(lambda message, name: {"message": message} | ({"id": name} if name else {}),
              st.sampled_from([A, B, C, D]), st.sampled_from(["", "", "x", "y"])),
    max_size=6,
)  # fmt: skip
DOCUMENTS = st.builds(
    lambda rest, script: rest | {"script": [{"step": n, **step} for n, step in enumerate(script, 1)]},
    st.dictionaries(st.sampled_from(["a", "b", "slots"]), VALUES, max_size=3),
    STEPS,
)


@given(DOCUMENTS, DOCUMENTS)
def test_documents_differ_if_and_only_if_their_checksums_do(before: dict[str, Any], after: dict[str, Any]) -> None:
    is_different = checksum_of(before) != checksum_of(after)

    assert bool(differences(before, after)) == is_different
    assert bool(unified_text(before, after, ("a", "b"))) == is_different


@given(DOCUMENTS, DOCUMENTS)
def test_a_difference_reads_its_documents_and_changes_neither(before: dict[str, Any], after: dict[str, Any]) -> None:
    copies = copy.deepcopy((before, after))

    differences(before, after)

    assert (before, after) == copies
