"""Import and export over HTTP: files of every format in and out, rows judged in the reader's language."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro import cli
from tests.factories import a_document
from tests.functions.refusals import assert_refused
from tests.harness import ROOT, STAFF

IMPORT, EXPORT = "/api/v1/script/import", "/api/v1/script/export"
TYPES = {"json": "application/json", "yaml": "application/yaml", "csv": "text/csv"}
MONGO = b"""{"args": {"_id": {"$oid": "ab"}, "steps": {"$numberInt": "1"}, "problem": {"id": 900, "description": "d"},
 "script": [{"step": {"$numberInt": "1"}, "message": "m"}]}}"""
Stored = Callable[[], list[tuple[str, str]]]


def a_topic(number: int = 900, **changes: object) -> dict[str, Any]:
    """Return a script that the insurance pack does not have."""
    return a_document(problem={"id": number, "description": f"Carteirinha {number}: quer a carteirinha."}, **changes)


def send(client: FlaskClient, content: Any, query: str = "", form: str = "json", **headers: str) -> TestResponse:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post(f"{IMPORT}?{query}", data=body, content_type=TYPES[form], headers=STAFF | headers)


def fetch(client: FlaskClient, query: str = "") -> TestResponse:
    return client.get(f"{EXPORT}?{query}", headers=STAFF)


def counts(answer: TestResponse) -> tuple[int, ...]:
    assert answer.status_code == 200, answer.text
    return tuple(answer.json[name] for name in ("created", "changed", "unchanged", "failed"))


def a_key(scope: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return the credential of somebody with one scope."""
    cli.main(["token", "redação", scope])
    return {"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}


@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
def test_importing_an_export_changes_nothing(client: FlaskClient, form: str, stored: Stored) -> None:
    exported = fetch(client, f"format={form}").data
    before = stored()

    answer = send(client, exported, form=form)

    assert counts(answer) == (0, 0, 5, 0)
    assert stored() == before
    assert fetch(client, f"format={form}").data == exported


@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
def test_an_export_is_a_file_with_a_fixed_name(client: FlaskClient, form: str) -> None:
    answer = fetch(client, f"format={form}")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="roteiros.{form}"'
    assert answer.headers["Content-Type"] == f"{TYPES[form]}; charset=utf-8"


def test_an_export_has_the_scripts_asked_for(client: FlaskClient) -> None:
    found = json.loads(fetch(client, "ids=105,101&pack=seguros").data)

    assert [one["problem"]["id"] for one in found] == [101, 105]
    assert [one["problem"]["id"] for one in yaml.safe_load_all(fetch(client, "format=yaml").data)] == [*range(101, 106)]
    assert_refused(fetch(client, "ids=999"), 404, "not_found")


@pytest.mark.parametrize("query", ["format=xml", "ids=abc", "ids=1,,2"])
def test_a_wrong_wish_for_an_export_is_refused(client: FlaskClient, query: str) -> None:
    assert fetch(client, query).status_code == 422


def test_a_csv_says_what_it_leaves_out(client: FlaskClient) -> None:
    answer = fetch(client, "format=csv")

    assert {"knowledge", "match.keywords", "script.guidelines"} <= set(answer.headers["Roteiro-Left-Out"].split(", "))
    assert "Roteiro-Left-Out" not in fetch(client, "format=json").headers


def test_good_rows_become_drafts_and_bad_ones_are_told_in_the_readers_language(client: FlaskClient) -> None:
    lines = [json.dumps(a_topic(900)), json.dumps(a_topic(901) | {"steps": 7}), '{"a": ']

    answer = send(client, "\n".join(lines).encode(), **{"Accept-Language": "pt-BR"})

    assert counts(answer) == (1, 0, 0, 2)
    _, wrong, broken = answer.json["rows"]
    assert wrong | {"errors": []} == wrong | {"row": 2, "line": 2, "id": 901, "ok": False, "errors": []}
    assert wrong["errors"][0] == {
        "path": "steps",
        "line": 2,
        "column": None,
        "code": "steps_differ",
        "message": "steps diz 7, mas o roteiro tem 2 passos. Corrija ou retire steps.",
    }
    assert broken["errors"][0]["message"].startswith("Não consegui ler a partir da linha 3")
    assert client.get("/api/v1/script/900/draft", headers=STAFF).status_code == 200


def test_a_slip_in_a_sheet_is_told_by_line_and_column(client: FlaskClient) -> None:
    content = b"id,description,step,message\n900,d,1,Certo.\n900,,2,\n"

    (row,) = send(client, content, form="csv").json["rows"]

    (found,) = row["errors"]
    assert (found["line"], found["column"], found["code"]) == (3, "message", "too_short")


def test_the_sentences_are_in_english_and_spanish_too(client: FlaskClient) -> None:
    broken = a_topic() | {"steps": 7}

    english = send(client, broken, **{"Accept-Language": "en"}).json["rows"][0]["errors"][0]["message"]
    spanish = send(client, broken, **{"Accept-Language": "es"}).json["rows"][0]["errors"][0]["message"]

    assert len({english, spanish, "steps diz 7, mas o roteiro tem 2 passos. Corrija ou retire steps."}) == 3


@pytest.mark.parametrize("mode", ["draft", "publish"])
def test_a_dry_run_says_the_same_and_writes_nothing(client: FlaskClient, mode: str, stored: Stored) -> None:
    before = stored()

    answer = send(client, [a_topic(900), a_topic(901) | {"steps": 7}], f"mode={mode}&dry_run=1")

    assert (counts(answer), answer.json["dry_run"]) == ((1, 0, 0, 1), True)
    assert stored() == before


def test_a_dry_run_of_a_publish_asks_the_gate(client: FlaskClient) -> None:
    answer = send(client, a_topic(), "mode=publish&dry_run=1")

    assert answer.json["report"]["passed"] is True
    assert answer.json.get("catalogue_revision") is None


def test_a_publish_takes_new_and_changed_scripts_in_one_revision(client: FlaskClient) -> None:
    (first,) = json.loads(fetch(client, "ids=101").data)
    first["script"][0]["message"] = "Sinto muito. Conte o que houve."

    answer = send(client, [a_topic(900), first, a_topic(901)], "mode=publish")

    assert counts(answer) == (2, 1, 0, 0)
    assert answer.json["catalogue_revision"] == "r2"
    assert len(json.loads(fetch(client).data)) == 7


def test_one_wrong_row_stops_the_whole_publish_and_every_row_is_told(client: FlaskClient, stored: Stored) -> None:
    before = stored()

    answer = send(client, [a_topic(900), a_topic(901) | {"steps": 7}], "mode=publish")

    assert_refused(answer, 422, "invalid")
    assert [row["ok"] for row in answer.json["report"]["rows"]] == [True, False]
    assert stored() == before


def test_what_the_gate_refuses_is_not_published(client: FlaskClient, stored: Stored) -> None:
    (first,) = json.loads(fetch(client, "ids=101").data)
    thief = a_topic(900, match={"examples": first["match"]["examples"]})
    before = stored()

    answer = send(client, thief, "mode=publish")

    assert_refused(answer, 409, "gate_failed")
    assert stored() == before


def test_publishing_what_is_published_needs_no_gate(client: FlaskClient) -> None:
    answer = send(client, fetch(client).data, "mode=publish")

    assert counts(answer) == (0, 0, 5, 0)
    assert answer.json.get("catalogue_revision") is None


def test_who_may_write_may_not_publish(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    writer = a_key("scripts:write", capsys)

    assert send(client, a_topic(), **writer).status_code == 200
    assert_refused(send(client, a_topic(), "mode=publish", **writer), 403, "forbidden")
    assert_refused(client.get(EXPORT, headers=writer), 403, "forbidden")


def test_a_browser_sends_the_file_in_a_form(client: FlaskClient) -> None:
    file = (io.BytesIO(b"id;description;step;message\n900;Carteirinha: quer;1;Certo.\n"), "roteiros.csv", "text/csv")

    answer = client.post(IMPORT, data={"file": file}, headers=STAFF)

    assert counts(answer) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (MONGO, "json"),
        (b"problem: {id: 900, description: d}\nscript: [{step: 1, message: m}]\n", "yaml"),
        (b"\xef\xbb\xbfid,description,step,message\r\n900,d,1,m\r\n", "csv"),
    ],
    ids=["mongo", "yaml", "csv"],
)
def test_the_files_of_other_tools_are_read(client: FlaskClient, content: bytes, form: str) -> None:
    assert counts(send(client, content, form=form)) == (1, 0, 0, 0)


def test_the_files_of_a_pack_one_after_the_other_publish_it(client: FlaskClient) -> None:
    files = sorted((ROOT / "packs/seguros/scripts").glob("*.yaml"))

    answer = send(client, b"".join(b"---\n" + file.read_bytes() for file in files), "mode=publish", form="yaml")

    assert counts(answer) == (0, 0, len(files), 0)


def test_cells_that_look_like_formulas_go_out_marked_and_come_back_as_they_were(client: FlaskClient) -> None:
    script = [{"step": 1, "message": "=SOMA(A1)"}, {"step": 2, "message": "'@x"}]
    send(client, a_topic(script=script), "mode=publish")

    exported = fetch(client, "format=csv&ids=900").data

    assert b",'=SOMA(A1)," in exported
    assert b",''@x," in exported
    assert counts(send(client, exported, form="csv")) == (0, 0, 1, 0)


def test_a_yaml_bomb_costs_nothing(client: FlaskClient) -> None:
    lines = ["a: &a0 lol", *(f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]

    answer = send(client, "\n".join(lines).encode(), form="yaml")

    assert answer.json["rows"][0]["errors"][0]["code"] == "too_many_aliases"


@pytest.mark.parametrize(
    ("content", "query", "status", "code"),
    [
        (b"", "", 400, "empty_body"),
        (b"[]", "", 400, "empty_body"),
        (b" " * (5 * 1024 * 1024 + 1), "", 413, "body_too_large"),
        (b"{}\n" * 1001, "", 413, "too_many_scripts"),
        (b"{}", "mode=now", 422, "invalid"),
        (b"{}", "format=xml", 422, "invalid"),
        (b"{}", "pack=..%2F", 422, "invalid"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_whole(
    client: FlaskClient, content: bytes, query: str, status: int, code: str
) -> None:
    assert_refused(send(client, content, query), status, code)


def test_a_form_without_a_file_is_refused(client: FlaskClient) -> None:
    answer = client.post(IMPORT, headers=STAFF, data={"a": "b"}, content_type="multipart/form-data")

    assert_refused(answer, 400, "empty_body")


def test_a_file_in_another_encoding_is_refused(client: FlaskClient) -> None:
    answer = send(client, b"{}", **{"Content-Encoding": "gzip"})

    assert_refused(answer, 415, "unsupported_media_type")
