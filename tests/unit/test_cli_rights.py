"""Roles, keys and the development issuer on the command line."""

import json
import re
from pathlib import Path

import jwt
import pytest

from roteiro import cli
from roteiro.settings import read_settings
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.staff import find_entry
from roteiro.wiring import open_house

NAME = "https://login.example.com"
ISSUER = {
    "ROTEIRO_OIDC_ISSUER": NAME,
    "ROTEIRO_OIDC_AUDIENCE": "roteiro",
    "ROTEIRO_OIDC_JWKS_URL": f"{NAME}/keys",
}


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    path = tmp_path / "cli.db"
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.chdir(tmp_path)
    return SqliteStore(str(path))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Keep the environment in which `roteiro run` would start the server; load no pack."""
    environment: dict[str, str] = {}
    monkeypatch.setattr("roteiro.cli.loading.load_packs", lambda *_: None)
    monkeypatch.setattr("roteiro.cli.serving._check_port", lambda _: None)
    monkeypatch.setattr("os.execve", lambda _, __, given: environment.update(given))
    return environment


def test_a_role_is_given_and_taken_on_the_command_line(
    shelf: SqliteStore, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ISSUER.items():
        monkeypatch.setenv(name, value)

    assert cli.main(["role", "42", "editor", "--grant", "scripts:publish", "--name", "Ana"]) == 0
    entry = find_entry(NAME, "42", shelf) or {}
    assert cli.main(["role", "42", "none"]) == 0

    assert (entry["role"], entry["grants"], entry["name"]) == ("editor", ["scripts:publish"], "Ana")
    assert find_entry(NAME, "42", shelf) is None
    assert capsys.readouterr().out.splitlines() == [
        f"42 of {NAME}: editor + scripts:publish",
        f"42 of {NAME} has no role any more",
    ]


def test_an_unknown_scope_is_named_and_nothing_is_given(shelf: SqliteStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["role", "42", "editor", "--grant", "root"]) == 1

    assert "grants: not_a_choice" in capsys.readouterr().err
    assert shelf.scan("staff:") == []


def test_a_role_that_nobody_has_cannot_be_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["role", "42", "none"]) == 1

    assert "42 has no role" in capsys.readouterr().err


def test_a_local_run_prints_tokens_that_its_server_believes(
    started: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["run"])
    tokens = re.findall(r"^\s+(eyJ\S+)$", capsys.readouterr().out, re.MULTILINE)
    served = open_house("tests", read_settings(started))

    assert served.issuer is not None
    people = [served.issuer.subject_of(token, served.clock.now()) for token in tokens]
    entries = [find_entry(served.policy.issuer, person, served.shelf) or {} for person in people]
    assert [(person, entry["role"]) for person, entry in zip(people, entries, strict=True)] == [
        ("attendant", "attendant"),
        ("editor", "editor"),
    ]


def test_the_server_is_given_no_private_key(started: dict[str, str]) -> None:
    cli.main(["run"])

    (key,) = json.loads(started["ROTEIRO_DEVELOPMENT_KEYS"])["keys"]
    assert key["kty"] == "EC"
    assert "d" not in key


def test_every_start_has_a_key_of_its_own(started: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["run"])
    yesterdays = re.findall(r"eyJ\S+", capsys.readouterr().out)[0]
    cli.main(["run"])

    today = jwt.PyJWKSet.from_json(started["ROTEIRO_DEVELOPMENT_KEYS"]).keys[0]

    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(yesterdays, today, algorithms=["ES256"], audience="roteiro")


def test_a_role_that_a_developer_changed_is_left_alone(started: dict[str, str], shelf: SqliteStore) -> None:
    cli.main(["role", "attendant", "auditor"])

    cli.main(["run"])

    assert (find_entry("urn:roteiro:development", "attendant", shelf) or {})["role"] == "auditor"


def test_beside_an_issuer_of_its_own_a_local_run_makes_none(
    started: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in ISSUER.items():
        monkeypatch.setenv(name, value)

    cli.main(["run"])

    assert started["ROTEIRO_DEVELOPMENT_KEYS"] == ""
    assert "ID token" not in capsys.readouterr().out
