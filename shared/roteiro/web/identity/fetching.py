"""One GET of an issuer's keys: from exactly the configured address, without redirects or proxies, within a deadline."""

import http.client
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from roteiro.errors import IssuerUnavailable

__all__ = ["fetch_keys"]

_DEADLINE_S = 3.0  # of the whole fetch, looking up the name included; half a turn
_STEP_S = 2.0  # of each step of it, so that a thread ends by itself
_LARGEST = 256 * 1024  # bytes; common sets have 2 to 20 kB


def fetch_keys(url: str) -> Mapping[str, Any]:
    """Return the key set at `url` as JSON; raises IssuerUnavailable, 3 seconds from now at the latest."""
    try:
        return _worker().submit(_fetch, url).result(timeout=_DEADLINE_S)
    except (TooLate, OSError, http.client.HTTPException, ValueError) as error:
        raise IssuerUnavailable(f"the keys at {url} could not be fetched") from error


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="issuer")


def _fetch(url: str) -> Mapping[str, Any]:
    parts = urlsplit(url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = make(parts.netloc, timeout=_STEP_S)
    try:
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        line.request("GET", target, headers={"Accept": "application/json"})
        answer = line.getresponse()
        content = answer.read(_LARGEST)
        if answer.status != HTTPStatus.OK:
            raise ValueError(f"status {answer.status}")
        document = json.loads(content)
        if not isinstance(document, dict):
            raise ValueError("no JSON object")  # noqa: TRY004 - of what was sent, not of our own types
    finally:
        line.close()
    return document
