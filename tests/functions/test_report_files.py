"""A report's address: it opens one file for a day, and nobody but us can make one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Request
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from roteiro.domain.conversation import FileLink
from roteiro.settings import read_settings
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.report_files import report_link
from roteiro.wiring import open_house
from tests.bucket import running_bucket
from tests.functions.refusals import assert_refused
from tests.harness import TestClock

NAME = "INV-2026-000001-abc.pdf"
DAY = timedelta(hours=24)


@pytest.fixture
def house(client: FlaskClient, database: Path) -> House:
    return open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": f"sqlite:///{database}"}))


def a_call(base: str = "http://localhost/") -> Call:
    return Call(Request(EnvironBuilder(base_url=base).get_environ()), "r", "pt-BR", "1.2.3.4", None, {}, None)


def link(house: House, name: str = NAME) -> FileLink:
    return report_link(name, a_call(), house)


@pytest.fixture
def address(house: House) -> str:
    """The address of a stored report."""
    house.files().put(NAME, b"%PDF-1.4", "application/pdf")
    return link(house).href


def test_the_address_downloads_the_report(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.data) == (200, b"%PDF-1.4")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}"'
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize(
    ("later", "status"),
    [
        (timedelta(0), 200),
        (DAY - timedelta(seconds=1), 200),
        (DAY - timedelta(milliseconds=1), 200),
        (DAY, 404),
        (DAY + timedelta(seconds=1), 404),
        (timedelta(days=400), 404),
    ],
)
def test_the_address_lives_for_a_day_to_the_second(
    client: FlaskClient, address: str, clock: type[TestClock], later: timedelta, status: int
) -> None:
    clock.time += later

    assert client.get(address).status_code == status


def test_the_end_is_told_with_the_address(house: House, clock: type[TestClock]) -> None:
    assert link(house).expires_at == clock.time + DAY


def test_the_signature_of_one_report_opens_no_other(client: FlaskClient, house: House, address: str) -> None:
    house.files().put("other.pdf", b"%PDF-", "application/pdf")

    assert_refused(client.get(address.replace(NAME, "other.pdf")), 404, "not_found")
    assert client.get(link(house, "other.pdf").href).status_code == 200


def changed(address: str, **values: str) -> str:
    query = dict(pair.split("=", 1) for pair in urlsplit(address).query.split("&")) | values
    return f"{urlsplit(address).path}?{'&'.join(f'{name}={value}' for name, value in query.items() if value)}"


@pytest.mark.parametrize(
    "values",
    [
        {"sig": ""},
        {"exp": ""},
        {"sig": "A" * 43},
        {"sig": "A"},
        {"sig": "%C3%A9" * 43},
        {"sig": "%00"},
        {"exp": "9999999999"},
        {"exp": "99999999999999999999"},
        {"exp": "-1"},
        {"exp": "1e99"},
        {"exp": "%D9%A1%D9%A2"},
        {"exp": "abc"},
    ],
)
def test_an_address_that_somebody_changed_is_no_address(
    client: FlaskClient, address: str, values: dict[str, str]
) -> None:
    assert_refused(client.get(changed(address, **values)), 404, "not_found")


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2froteiro.db",
        "../roteiro.db",
        "%2e%2e",
        "..%5c..",
        "%00",
        ".",
        "a%2fb",
        "INV-2026-000001-abc.pdf%00",
        "a" * 500,
        "ação",
    ],
)
def test_no_path_gets_out_of_the_folder(client: FlaskClient, address: str, name: str) -> None:
    answer = client.get(f"/api/v1/chat/reports/{name}.pdf?{urlsplit(address).query}")

    assert answer.status_code == 404
    assert b"SQLite" not in answer.data


def test_a_report_that_is_gone_is_not_found(client: FlaskClient, house: House) -> None:
    assert_refused(client.get(link(house, "gone.pdf").href), 404, "not_found")


def test_a_stranger_who_guesses_is_slowed_down(client: FlaskClient, serve: Callable[..., FlaskClient]) -> None:
    slow = serve(ROTEIRO_LIMIT_READS_PER_MINUTE="2")

    answers = [slow.get(f"/api/v1/chat/reports/{NAME}?exp=1&sig=1").status_code for _ in range(3)]

    assert answers == [404, 404, 429]


@pytest.mark.parametrize(
    ("settings", "host", "base"),
    [
        ({}, "http://10.0.0.7:8080/", "http://10.0.0.7:8080"),
        ({"ROTEIRO_PUBLIC_URL": "https://chat.example/"}, "http://10.0.0.7:8080/", "https://chat.example"),
    ],
)
def test_an_address_begins_with_how_we_are_called(
    client: FlaskClient, database: Path, settings: dict[str, str], host: str, base: str
) -> None:
    here = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": f"sqlite:///{database}"} | settings))

    href = report_link(NAME, a_call(host), here).href

    assert href.startswith(f"{base}/api/v1/chat/reports/{NAME}?exp=")


def test_a_deployed_function_believes_no_host_header_and_needs_a_bucket(
    serve_production: Callable[..., FlaskClient], house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = serve_production()
    deployed = open_house("tests", read_settings())

    href = report_link(NAME, a_call("http://evil.example/"), deployed).href

    assert href.startswith("/api/v1/chat/reports/")
    assert_refused(production.get(href), 503, "files_unavailable")


def test_two_keys_open_and_only_the_first_one_signs(serve: Callable[..., FlaskClient], database: Path) -> None:
    url, old, new = f"sqlite:///{database}", "o" * 32, "n" * 32
    before = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": url, "ROTEIRO_TOKEN_KEYS": old}))
    before.files().put(NAME, b"%PDF-", "application/pdf")
    href = link(before).href

    answers = [serve(ROTEIRO_TOKEN_KEYS=keys).get(href).status_code for keys in (old, f"{new},{old}", new)]

    assert answers == [200, 200, 404]


@pytest.fixture
def bucket_settings() -> Iterator[dict[str, str]]:
    with running_bucket("relatorios") as bucket:
        yield {
            "ROTEIRO_FILES": "s3://relatorios",
            "ROTEIRO_S3_ENDPOINT": bucket.endpoint,
            "ROTEIRO_S3_REGION": bucket.region,
            "ROTEIRO_S3_KEY_ID": bucket.key_id,
            "ROTEIRO_S3_SECRET": bucket.secret,
        }


def test_a_report_in_a_bucket_is_downloaded_from_there_and_the_way_lives_for_a_quarter_of_an_hour(
    serve: Callable[..., FlaskClient], database: Path, bucket_settings: dict[str, str]
) -> None:
    there = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": f"sqlite:///{database}"} | bucket_settings))
    there.files().put(NAME, b"%PDF-", "application/pdf")

    answer = serve(**bucket_settings).get(link(there).href)

    assert answer.status_code == 302
    assert answer.location.startswith(f"{bucket_settings['ROTEIRO_S3_ENDPOINT']}/relatorios/{NAME}?")
    assert "X-Amz-Expires=900&" in answer.location
    assert answer.headers["Cache-Control"] == "no-store"
