"""Parts of a document: lists, actions and records fit together, and a slip is told where it stands."""

from typing import Any

import pytest

from roteiro.domain.authoring.checking import check_script
from roteiro.errors import InvalidRequest
from tests.factories import a_document


def faults(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        check_script(document)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def with_step(**keys: Any) -> dict[str, Any]:
    return a_document(steps=1, script=[{"step": 1, "message": "Oi.", **keys}])


def with_slot(**keys: Any) -> dict[str, Any]:
    return with_step(collect=["orgao"]) | {"slots": {"orgao": keys}}


@pytest.mark.parametrize(
    "document",
    [
        with_step(kind="action", action="create_record"),
        with_step(kind="action", action="lookup:progress", message="{result}"),
        with_slot(type="entity", list="organs.yaml"),
        with_slot(type="entity", list="organs"),
        with_step(message="Registro {record_id}.") | {"completion": {"record": {"prefix": "INV", "year": True}}},
    ],
)
def test_lists_actions_and_records_are_taken(document: dict[str, Any]) -> None:
    assert check_script(document) == 101


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (with_step(action="create_record"), ("script.0.action", "action_does_not_fit")),
        (with_step(kind="action"), ("script.0.action", "action_does_not_fit")),
        (with_step(kind="action", action="os.system"), ("script.0.action", "bad_form")),
        (
            with_step(kind="action", action="create_record", collect=["cpf"]) | {"slots": {"cpf": {"type": "cpf"}}},
            ("script.0.collect", "action_asks_nothing"),
        ),
        (with_slot(type="entity"), ("slots.orgao.list", "list_does_not_fit")),
        (with_slot(type="cpf", list="organs"), ("slots.orgao.list", "list_does_not_fit")),
        (with_slot(type="entity", list="../organs"), ("slots.orgao.list", "bad_form")),
        (a_document(completion={"record": {"prefix": "inv"}}), ("completion.record.prefix", "bad_form")),
    ],
)
def test_what_does_not_fit_an_action_or_a_list_is_refused(document: dict[str, Any], fault: tuple[str, str]) -> None:
    assert fault in faults(document)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (with_step(kind="act"), ("script.0.kind", "not_a_choice")),
        (with_slot(type="entiti"), ("slots.orgao.type", "not_a_choice")),
        (with_slot(lsit="organs.yaml"), ("slots.orgao.lsit", "unknown_key_near")),
    ],
)
def test_a_slip_beside_it_stays_a_slip(document: dict[str, Any], fault: tuple[str, str]) -> None:
    assert fault in faults(document)


def test_every_fault_of_names_is_told_at_once() -> None:
    document = with_step(collect=["cpf"], next="fim") | {
        "slots": {"data": {"type": "date"}},
        "handoff": {"when": ["valor > 1"], "summary_slots": ["nome"]},
    }

    assert {path for path, _ in faults(document)} == {
        "script.0.collect",
        "script.0.next",
        "handoff.when.0",
        "handoff.summary_slots",
    }


def test_a_misspelt_expectation_of_a_test_is_refused_where_it_stands() -> None:
    turns = [{"say": "oi", "expect": {"scrpt": 101}}]

    assert faults(a_document(tests=[{"name": "x", "turns": turns}])) == [
        ("tests.0.turns.0.expect.scrpt", "unknown_key_near")
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example.com/x",
        "https://10.0.0.1/x",
        "https://user:p@crm.example.com/",
        "https://localhost/x",
        "https://[::1]/",
        "https://0x7f.1/",
        "https://169.254.169.254/latest",
        "ftp://a.b/",
        "//crm.example.com/",
        "https://crm.example.com/#a",
    ],
)
def test_an_address_that_no_deployment_could_tell_is_refused_when_saved(url: str) -> None:
    action = {"type": "webhook", "url": url, "secret_ref": "CRM"}

    assert [path for path, _ in faults(a_document(completion={"action": action}))] == ["completion.action.url"]


def test_every_fault_of_a_hook_is_told_at_once() -> None:
    action = {"type": "webhook", "url": "https://10.0.0.1/x", "secret_ref": "crm", "retries": 9}

    assert {path for path, _ in faults(a_document(completion={"action": action}))} == {
        "completion.action.url",
        "completion.action.secret_ref",
        "completion.action.retries",
    }
