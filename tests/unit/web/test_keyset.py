"""An issuer's keys with many requests at once: one asks, nobody waits who need not."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from roteiro.errors import IssuerUnavailable
from roteiro.web.identity.keyset import KeySet
from tests.factories import NOON
from tests.issuer import public_jwk

BOTH = json.dumps({"keys": [public_jwk("ec-1"), public_jwk("rsa-1")]})


class Source:
    """A key server that answers when it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.is_asked = threading.Event()

    def __call__(self) -> Any:
        self.asked += 1
        self.is_asked.set()
        assert self.may_answer.wait(10)
        return json.loads(BOTH)


def test_eight_first_requests_at_once_are_one_question_and_all_answered() -> None:
    source = Source()
    keys = KeySet(source)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: keys.find("ec-1", NOON), range(8)))

    assert all(key.key_id == "ec-1" for key in found)
    assert source.asked == 1


def test_while_one_request_fetches_again_the_others_go_on_with_what_there_is() -> None:
    source = Source()
    keys, later = KeySet(source), NOON + timedelta(minutes=6)
    keys.find("ec-1", NOON)
    source.may_answer.clear()
    source.is_asked.clear()

    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(keys.find, "ec-1", later)
        assert source.is_asked.wait(10)
        meanwhile = keys.find("rsa-1", later)
        assert not slow.done()
        source.may_answer.set()

    assert meanwhile.key_id == "rsa-1"
    assert (slow.result().key_id, source.asked) == ("ec-1", 2)


@pytest.mark.parametrize(
    ("jwk", "is_used"),
    [
        (public_jwk("ec-1"), True),
        (public_jwk("ec-1", alg="ES256"), True),
        (public_jwk("rsa-1", alg="RS512"), False),
        (public_jwk("ec-1", use="enc"), False),
        ({**public_jwk("ec-1"), "kid": ""}, False),
        ({"kty": "oct", "k": "c2VjcmV0", "kid": "ec-1"}, False),
    ],
)
def test_only_signing_keys_of_our_two_algorithms_are_used(jwk: dict[str, Any], *, is_used: bool) -> None:
    keys = KeySet(lambda: {"keys": [jwk]})

    assert (keys.find(jwk["kid"], NOON) is not None) is is_used


@pytest.mark.parametrize(
    "document", [{}, {"keys": []}, {"keys": {}}, {"keys": [1]}, {"keys": [{"kty": "EC"}]}], ids=str
)
def test_a_set_of_nothing_is_an_issuer_away(document: dict[str, Any]) -> None:
    with pytest.raises(IssuerUnavailable):
        KeySet(lambda: document).find("ec-1", NOON)
