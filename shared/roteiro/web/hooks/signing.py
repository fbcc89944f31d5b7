"""The headers that prove a webhook is ours, after the Standard Webhooks scheme (standardwebhooks.com, version 1)."""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime

__all__ = ["key_of", "signed_headers"]

_PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """Return the key inside `whsec_<base64>`; raises ValueError for anything else."""
    encoded = secret.removeprefix(_PREFIX)
    if encoded == secret:
        raise ValueError("a webhook secret begins with whsec_")
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ValueError("a webhook secret is whsec_ and base64") from error


def signed_headers(message_id: str, at: datetime, body: bytes, keys: Sequence[bytes]) -> dict[str, str]:
    """Return id, time and one signature for each key: two of them while a key is changed, so that either verifies."""
    timestamp = str(int(at.timestamp()))
    content = b".".join([message_id.encode(), timestamp.encode(), body])
    signatures = [base64.b64encode(hmac.digest(key, content, "sha256")).decode() for key in keys]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
