"""How often one caller may ask: never more than the limit in any sixty seconds, and nothing is kept of the rest."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.functions.refusals import assert_refused
from tests.harness import ADMIN_KEY, STAFF, Customer, TestClock

Serve = Callable[..., FlaskClient]

MINUTE = timedelta(seconds=60)
KEYED = {"X-API-Key": ADMIN_KEY}


def begin(client: FlaskClient, forwarded: str = "") -> int:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client.post("/initial-message", json={"message": "Ana"}, headers=headers).status_code


def backend(client: FlaskClient, user: str, **headers: str) -> TestResponse:
    return client.post("/api/v1/chat", json={"user_id": user, "message": "oi"}, headers=headers)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("pt-BR", "Muitas mensagens em pouco tempo. Tente de novo em 60 segundos."),
        ("en", "Too many messages in a short time. Try again in 60 seconds."),
    ],
)
def test_the_61st_message_of_a_minute_is_refused_and_not_kept(
    serve: Serve, stored: Callable[[], object], locale: str, sentence: str
) -> None:
    customer = Customer(serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="60"))
    customer.open()
    answered = [customer.say("oi").status_code for _ in range(59)]  # the name was the first of the sixty
    before = stored()

    refused = customer.client.post("/chat", json={"message": "oi"}, headers={"Accept-Language": locale})

    assert answered == [200] * 59
    assert_refused(refused, 429, "rate_limited")
    assert (refused.headers["Retry-After"], refused.json["retry_after"]) == ("60", 60)
    assert refused.json["message"] == sentence
    assert stored() == before


def test_who_waits_as_long_as_told_is_answered_and_who_waits_a_second_less_is_not(
    serve: Serve, clock: type[TestClock]
) -> None:
    client = serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="2")
    begin(client)
    clock.time += timedelta(seconds=12.3)
    begin(client)
    clock.time += timedelta(seconds=5)
    wait = int(client.post("/initial-message", json={"message": "Ana"}).headers["Retry-After"])

    clock.time += timedelta(seconds=wait - 1)
    early = begin(client)
    clock.time += timedelta(seconds=1)
    told = begin(client)

    assert wait == 43  # 60 - 17.3, rounded up
    assert (early, told) == (429, 200)


def test_no_sixty_seconds_ever_hold_more_than_the_limit(serve: Serve, clock: type[TestClock]) -> None:
    client = serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="5")
    start, admitted = clock.time, []

    for second in range(0, 180, 3):
        clock.time = start + timedelta(seconds=second)
        if begin(client) == 200:
            admitted.append(clock.time)

    most = max(sum(since <= at < since + MINUTE for at in admitted) for since in admitted)
    assert most == 5
    assert len(admitted) == 15


def test_a_refused_message_does_not_lengthen_the_wait(serve: Serve, clock: type[TestClock]) -> None:
    client = serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="1")
    begin(client)
    for _ in range(5):
        clock.time += timedelta(seconds=10)
        assert begin(client) == 429

    clock.time += timedelta(seconds=10)

    assert begin(client) == 200


def test_a_wrong_message_counts_for_nothing(serve: Serve) -> None:
    customer = Customer(serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="2"))
    customer.open()
    for wrong in ("", 5, None, "a" * 1001):
        customer.say(wrong)

    assert customer.say("oi").status_code == 200


def test_thirty_conversations_may_begin_in_a_minute(serve: Serve, stored: Callable[[], object]) -> None:
    client = serve(ROTEIRO_LIMIT_SESSIONS_PER_MINUTE="30")
    begun = [begin(client) for _ in range(30)]
    before = stored()

    assert begun == [200] * 30
    assert begin(client) == 429
    assert stored() == before


def test_three_hundred_reads_are_answered_in_a_minute_and_health_is_never_counted(serve: Serve) -> None:
    client = serve()
    read = [client.get("/ready").status_code for _ in range(300)]

    refused = client.get("/api/v1/script", headers=STAFF)

    assert read == [200] * 300
    assert_refused(refused, 429, "rate_limited")
    assert client.get("/health").status_code == 200


def test_guessing_session_ids_ends_after_twenty_while_customers_go_on(serve: Serve) -> None:
    customer = Customer(serve())
    customer.open()
    unknown = "00000000-0000-4000-8000-{:012d}"

    guesses = [customer.say("oi", session_id=unknown.format(n)).status_code for n in range(21)]

    assert guesses == [400] * 20 + [429]
    assert customer.say("oi", session_id=customer.session).status_code == 200


def test_zero_is_no_limit(serve: Serve) -> None:
    names = ("MESSAGES", "SESSIONS", "READS", "LOOKUPS")
    client = serve(**{f"ROTEIRO_LIMIT_{name}_PER_MINUTE": "0" for name in names})

    assert [begin(client) for _ in range(70)] == [200] * 70
    assert {client.get("/ready").status_code for _ in range(310)} == {200}


@pytest.mark.parametrize(
    ("hops", "first", "second", "then"),
    [
        ("0", "1.1.1.1", "2.2.2.2", 429),  # nobody's word is taken
        ("1", "1.1.1.1", "2.2.2.2", 200),
        ("1", "6.6.6.6, 1.1.1.1", "7.7.7.7, 1.1.1.1", 429),  # what the caller wrote itself counts for nothing
        ("2", "1.1.1.1, 9.9.9.9", "2.2.2.2, 9.9.9.9", 200),
        ("2", "1.1.1.1", "2.2.2.2", 429),  # fewer hops than proxies: not through them
        ("1", "2001:db8:0:1::1", "2001:db8:0:1:ffff::2", 429),
        ("1", "2001:db8::1", "2001:db8::2", 429),
        ("1", "2001:db8::1", "2001:db8:0:1::1", 200),
        ("1", "2001:DB8::1", "2001:db8:0:0::1", 429),
        ("1", "::ffff:1.1.1.1", "1.1.1.1", 429),
        ("1", "::ffff:1.1.1.1", "::ffff:2.2.2.2", 200),
        ("1", "unknown", "unknown", 429),
    ],
)
def test_a_caller_is_the_address_that_the_last_trusted_proxy_saw(
    serve: Serve, hops: str, first: str, second: str, then: int
) -> None:
    client = serve(ROTEIRO_LIMIT_SESSIONS_PER_MINUTE="1", ROTEIRO_TRUSTED_HOPS=hops)

    statuses = [begin(client, first), begin(client, second)]

    assert statuses == [200, then]


def test_a_companys_server_is_counted_per_customer_and_an_open_one_per_address(serve: Serve) -> None:
    client = serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="1")

    keyed = [backend(client, user, **KEYED).status_code for user in ("1", "2", "1")]
    opened = [backend(client, user).status_code for user in ("3", "4")]

    assert keyed == [200, 200, 429]
    assert opened == [200, 429]


def test_a_refused_message_of_a_companys_customer_is_not_kept(serve: Serve, stored: Callable[[], object]) -> None:
    client = serve(ROTEIRO_LIMIT_MESSAGES_PER_MINUTE="1")
    backend(client, "1", **KEYED)
    before = stored()

    refused = backend(client, "1", **KEYED)

    assert_refused(refused, 429, "rate_limited")
    assert stored() == before


def test_customers_of_two_addresses_do_not_slow_each_other(serve: Serve) -> None:
    client = serve(ROTEIRO_LIMIT_SESSIONS_PER_MINUTE="1", ROTEIRO_TRUSTED_HOPS="1")

    statuses = [begin(client, f"10.0.0.{n}") for n in range(20)]

    assert statuses == [200] * 20
