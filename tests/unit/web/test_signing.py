import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from roteiro.web.hooks.signing import key_of, signed_headers
from tests.receiver import OLD_SECRET, SECRET

BODY = '{"type":"script.completed","slots":{"cidade":"São Paulo"}}'.encode()


def headers_now(*secrets: str, body: bytes = BODY) -> dict[str, str]:
    return signed_headers("wh_1", datetime.now(UTC), body, [key_of(secret) for secret in secrets])


def test_a_signature_is_the_schemes_own() -> None:
    at = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)

    headers = signed_headers("wh_1", at, BODY, [b"key"])

    expected = hmac.new(b"key", b"wh_1.1795197600." + BODY, hashlib.sha256).digest()
    assert headers["webhook-timestamp"] == "1795197600"
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"


def test_the_schemes_own_library_believes_a_signed_body() -> None:
    assert Webhook(SECRET).verify(BODY, headers_now(SECRET))["slots"] == {"cidade": "São Paulo"}


@pytest.mark.parametrize("secret", [SECRET, OLD_SECRET])
def test_while_a_key_is_changed_either_key_verifies(secret: str) -> None:
    assert Webhook(secret).verify(BODY, headers_now(SECRET, OLD_SECRET))


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": "wh_2"},
        {"webhook-timestamp": "1795197600"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
    ],
)
def test_what_was_altered_on_the_way_is_not_believed(changes: dict[str, str]) -> None:
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers_now(SECRET) | changes)


def test_an_altered_body_and_a_wrong_key_are_not_believed() -> None:
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY + b" ", headers_now(SECRET))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers_now(OLD_SECRET))


@pytest.mark.parametrize("secret", ["", "whsec", "YWJj", "whsec_not base64", "whsec_ç"])
def test_what_is_no_secret_of_the_scheme_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="whsec_"):
        key_of(secret)
