"""ID tokens over HTTP: what an issuer proves, what only looks like it, and an issuer that changes keys or is away."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roteiro.errors import IssuerUnavailable
from roteiro.web.identity import fetching
from tests.functions.refusals import assert_refused
from tests.harness import ADMIN_KEY, Customer, TestClock
from tests.issuer import (
    AUDIENCE,
    Header,
    KeyServer,
    bearer,
    facts,
    give_role,
    id_token,
    part,
    private_key,
    public_jwk,
    serving_keys,
)

SAYING = {"message": "oi"}


@pytest.fixture
def keys() -> Iterator[KeyServer]:
    with serving_keys() as server:
        yield server


@pytest.fixture
def house(serve: Callable[..., FlaskClient], keys: KeyServer, database: Path) -> FlaskClient:
    """Serve with the issuer's Ana as an auditor."""
    give_role(database, "ana", "auditor")
    return serve(**keys.settings)


def enter(client: FlaskClient, token: str) -> TestResponse:
    return client.get("/api/v1/audit", headers=bearer(token))


def by_hmac(secret: bytes, kid: str = "rsa-1") -> str:
    """Return a token "signed" with a public key as if it were a shared secret."""
    signed = f"{part({'alg': 'HS256', 'kid': kid})}.{part(facts())}"
    mac = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), hashlib.sha256)).rstrip(b"=")
    return f"{signed}.{mac.decode()}"


def public_pem() -> bytes:
    pem: bytes = private_key("rsa-1").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem


def soon(seconds: int) -> int:
    return int(time.time()) + seconds


FORGED: dict[str, Callable[[], str]] = {
    "another key": lambda: id_token(signer="ec-2"),
    "another key of the same kind": lambda: id_token("rsa-1", signer="rsa-2"),
    "a public key as a shared secret": lambda: by_hmac(public_pem()),
    "the key set as a shared secret": lambda: by_hmac(json.dumps(public_jwk("rsa-1")).encode()),
    "an empty shared secret": lambda: by_hmac(b""),
    "no algorithm": lambda: f"{part({'alg': 'none', 'kid': 'ec-1'})}.{part(facts())}.",
    "no algorithm, in other letters": lambda: f"{part({'alg': 'nOnE', 'kid': 'ec-1'})}.{part(facts())}.",
    "a key that it brings along": lambda: id_token(signer="ec-2", header={"jwk": public_jwk("ec-2")}),
    "an address of its own key": lambda: id_token(signer="ec-2", header={"jku": "https://evil.example/keys"}),
    "another body": lambda: ".".join([(t := id_token().split("."))[0], part(facts(sub="root")), t[2]]),
    "no signature": lambda: id_token().rpartition(".")[0] + ".",
}
UNUSABLE: dict[str, Callable[[], str]] = {
    "a path as key id": lambda: id_token("../../../../dev/null", signer="ec-1"),
    "an unknown key id": lambda: id_token("ec-9", signer="ec-1"),
    "no key id": lambda: jwt.encode(facts(), private_key("ec-1"), "ES256"),
    "a number as key id": lambda: f"{part({'alg': 'ES256', 'kid': 1})}.{part(facts())}.AAAA",
    "the other key's id": lambda: id_token("rsa-1", header={"kid": "ec-1"}),
    "three parts of nothing": lambda: "a.b.c",
    "only dots": lambda: "..",
    "letters beyond ASCII": lambda: "é.é.é",
    "a header nested without end": lambda: f"{base64.urlsafe_b64encode(b'[' * 60_000).decode()}.e30.AAAA",
    "a header that is no object": lambda: f"{part([1])}.{part(facts())}.AAAA",
}
CLAIMS: dict[str, dict[str, Any]] = {
    **{f"no {name}": {name: None} for name in ("exp", "iat", "aud", "iss", "sub")},
    "over for a minute": {"exp": soon(-60)},
    "valid in an hour": {"nbf": soon(3600)},
    "made in an hour": {"iat": soon(3600)},
    "an end that is no number": {"exp": "tomorrow"},
    "another audience": {"aud": "another"},
    "no audience at all": {"aud": []},
    "ours among audiences, made for another": {"aud": [AUDIENCE, "another"], "azp": "another"},
    "ours among audiences, made for nobody": {"aud": [AUDIENCE, "another"]},
    "another issuer": {"iss": "https://evil.example"},
    "an issuer of the same beginning": {"iss": "https://login.example.com/"},
    "a subject that is a number": {"sub": 7},
    "an address that nobody verified": {"email": "ana@example.com", "email_verified": False},
    "an address of unknown state": {"email": "ana@example.com"},
}


@pytest.mark.parametrize("make", [*FORGED.values(), *UNUSABLE.values()], ids=[*FORGED, *UNUSABLE])
def test_what_the_issuer_did_not_sign_is_nobody(house: FlaskClient, make: Callable[[], str]) -> None:
    assert_refused(enter(house, make()), 401, "token_invalid")


@pytest.mark.parametrize("wrong", CLAIMS.values(), ids=CLAIMS)
def test_a_signed_token_that_is_not_for_us_now_is_nobody(house: FlaskClient, wrong: dict[str, Any]) -> None:
    assert_refused(enter(house, id_token(**wrong)), 401, "token_invalid")


@pytest.mark.parametrize("make", FORGED.values(), ids=FORGED)
def test_with_the_signature_unread_the_forged_would_be_let_in(
    house: FlaskClient, make: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def believing(token: str, *_: object, **__: object) -> Any:
        return jwt.api_jwt.decode_complete(token, options={"verify_signature": False})["payload"]

    monkeypatch.setattr(jwt, "decode", believing)
    monkeypatch.setattr("roteiro.web.identity.oidc.Issuer._key", lambda *_: "any")

    answer = enter(house, make())

    assert answer.status_code == 200 or answer.json["code"] == "forbidden"  # root has no entry


GOOD: dict[str, Callable[[], str]] = {
    "an elliptic key": id_token,
    "an RSA key": lambda: id_token("rsa-1"),
    "over for less than our clocks may differ": lambda: id_token(exp=soon(-20)),
    "valid in less than our clocks may differ": lambda: id_token(nbf=soon(20), iat=soon(20)),
    "a list of one audience": lambda: id_token(aud=[AUDIENCE]),
    "several audiences, made for us": lambda: id_token(aud=[AUDIENCE, "another"], azp=AUDIENCE),
    "a verified address": lambda: id_token(email="ana@example.com", email_verified=True),
}


@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD)
def test_a_person_is_known_by_the_issuers_signature(house: FlaskClient, make: Callable[[], str]) -> None:
    by_bearer = enter(house, make())
    by_header = house.get("/api/v1/audit", headers={"X-API-Key": make()})

    assert (by_bearer.status_code, by_header.status_code) == (200, 200)


def test_only_people_of_the_organisation_are_known(
    serve: Callable[..., FlaskClient], keys: KeyServer, database: Path
) -> None:
    give_role(database, "ana", "auditor")
    client = serve(**keys.settings, ROTEIRO_OIDC_ORGANISATION="hd=example.com")

    statuses = [enter(client, id_token(hd=value)).status_code for value in ("example.com", "evil.com", None)]

    assert statuses == [200, 401, 401]


def test_the_same_name_at_another_issuer_is_somebody_else(
    serve: Callable[..., FlaskClient], keys: KeyServer, database: Path
) -> None:
    give_role(database, "ana", "auditor")
    moved = keys.settings | {"ROTEIRO_OIDC_ISSUER": "https://new.example.com"}

    answer = enter(serve(**moved), id_token(iss="https://new.example.com"))

    assert_refused(answer, 403, "forbidden")


def test_without_an_issuer_no_id_token_is_believed(client: FlaskClient, database: Path) -> None:
    give_role(database, "ana", "auditor")

    assert_refused(enter(client, id_token()), 401, "token_invalid")


def test_an_admin_key_that_looks_like_a_token_is_still_the_admin_key(
    serve: Callable[..., FlaskClient], keys: KeyServer
) -> None:
    dotted = "a-key.with-two.dots-and-24-letters"

    answer = enter(serve(**keys.settings, ROTEIRO_ADMIN_KEY=dotted), dotted)

    assert answer.status_code == 200


def test_the_keys_are_asked_for_once_and_exactly_where_the_setting_says(house: FlaskClient, keys: KeyServer) -> None:
    for _ in range(5):
        enter(house, id_token())

    assert keys.asked == ["/keys?v=1"]


def test_made_up_key_ids_do_not_make_us_ask_again_and_again(house: FlaskClient, keys: KeyServer) -> None:
    for number in range(50):
        enter(house, id_token(f"ec-made-up-{number % 3}", signer="ec-1"))

    assert len(keys.asked) == 1


def test_a_new_key_is_known_within_seconds(house: FlaskClient, keys: KeyServer, clock: type[TestClock]) -> None:
    enter(house, id_token())
    keys.keys = [public_jwk("ec-1"), public_jwk("ec-2")]
    clock.time += timedelta(seconds=10)

    assert enter(house, id_token("ec-2")).status_code == 200


def test_a_key_taken_back_is_refused_after_five_minutes(
    house: FlaskClient, keys: KeyServer, clock: type[TestClock]
) -> None:
    enter(house, id_token())
    keys.keys = [public_jwk("ec-2")]
    clock.time += timedelta(minutes=4, seconds=59)
    before = enter(house, id_token())
    clock.time += timedelta(seconds=1)

    after = enter(house, id_token())

    assert before.status_code == 200
    assert_refused(after, 401, "token_invalid")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_while_the_issuer_is_away_its_last_keys_serve_an_hour_more(
    house: FlaskClient, keys: KeyServer, clock: type[TestClock], status: int
) -> None:
    enter(house, id_token())
    keys.status = status
    clock.time += timedelta(minutes=65)
    last = enter(house, id_token())
    clock.time += timedelta(seconds=11)

    late = enter(house, id_token())

    assert last.status_code == 200
    assert_refused(late, 503, "issuer_unavailable")
    assert late.headers["Retry-After"] == "10"
    assert set(keys.asked) == {"/keys?v=1"}  # a redirect is not followed


@pytest.mark.parametrize(
    "unusable",
    [[], [{"kty": "oct", "k": "AAAA", "kid": "ec-1"}], [{"kty": "EC", "kid": "ec-1"}], ["ec-1"]],
    ids=str,
)
def test_a_key_set_without_a_usable_key_is_no_key_set(house: FlaskClient, keys: KeyServer, unusable: list[Any]) -> None:
    keys.keys = unusable

    answer = enter(house, id_token())

    assert answer.status_code in (401, 503)


def test_an_issuer_that_was_away_is_asked_again_after_ten_seconds(
    house: FlaskClient, keys: KeyServer, clock: type[TestClock]
) -> None:
    keys.status = 500
    first, at_once = enter(house, id_token()), enter(house, id_token())
    keys.status = 200
    clock.time += timedelta(seconds=10)

    again = enter(house, id_token())

    assert [answer.status_code for answer in (first, at_once, again)] == [503, 503, 200]
    assert len(keys.asked) == 2


def test_a_key_meant_for_encryption_proves_nothing(house: FlaskClient, keys: KeyServer) -> None:
    keys.keys = [public_jwk("ec-1", use="enc"), public_jwk("rsa-1")]

    assert_refused(enter(house, id_token()), 401, "token_invalid")


def test_an_issuer_that_never_answers_is_left_at_the_deadline(keys: KeyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_DEADLINE_S", 0.05)
    keys.may_answer.clear()
    started = time.monotonic()

    with pytest.raises(IssuerUnavailable):
        fetching.fetch_keys(f"{keys.url}/keys")

    assert time.monotonic() - started < 1


@pytest.mark.parametrize("answer", ["[]", "nothing", '{"keys": ['])
def test_an_answer_that_is_no_key_set_is_an_issuer_away(
    keys: KeyServer, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(json, "dumps", lambda _: answer)

    with pytest.raises(IssuerUnavailable):
        fetching.fetch_keys(f"{keys.url}/keys")


CUSTOMERS: dict[str, Callable[[], str]] = {
    "expired": lambda: id_token(exp=soon(-60)),
    "foreign": lambda: id_token(signer="ec-2"),
    "no algorithm": FORGED["no algorithm"],
    "an unknown key": lambda: "rk_0123456789ab_" + "s" * 43,
    "anything": lambda: "x",
}


@pytest.mark.parametrize("make", CUSTOMERS.values(), ids=CUSTOMERS)
def test_a_customers_bad_token_is_never_silently_anonymous(house: FlaskClient, make: Callable[[], str]) -> None:
    customer, shown = Customer(house), bearer(make())
    customer.open()
    by_id = {**SAYING, "session_id": customer.session}

    said = house.post("/chat", json=by_id, headers=shown)
    opened = house.post("/initial-message", json=SAYING, headers=shown)
    read = house.get(f"/api/v1/chat/transcript/{customer.session}", headers=shown)

    assert_refused(said, 400, "token_invalid")
    assert_refused(opened, 400, "token_invalid")
    assert_refused(read, 401, "token_invalid")


def good_bearers(staff: Callable[..., Header]) -> list[str]:
    return [id_token(), ADMIN_KEY, staff("a machine", "desk")["X-API-Key"]]


def test_a_good_credential_opens_no_conversation_by_itself_and_closes_none(
    house: FlaskClient, staff: Callable[..., Header]
) -> None:
    for credential in good_bearers(staff):
        customer = Customer(house)  # one each: who signs in and writes owns it from then on
        customer.open()
        house.delete_cookie("roteiro")
        without = house.post("/chat", json=SAYING, headers=bearer(credential))
        with_id = house.post("/chat", json={**SAYING, "session_id": customer.session}, headers=bearer(credential))
        house.delete_cookie("roteiro")

        assert (without.status_code, with_id.status_code) == (400, 200)
