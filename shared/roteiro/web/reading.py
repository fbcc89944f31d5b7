"""Bodies: size, type and shape are refused before anything is believed; then pydantic, strictly."""

import io
import json
import math
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from roteiro.domain.faults import faults_of
from roteiro.errors import InvalidRequest

__all__ = ["KIB", "MIB", "checked", "read_away", "read_file", "read_json"]

KIB = 1024
MIB = 1024 * KIB
_MOST_READ_AWAY = 6 * MIB  # above the largest body of any route; what is larger may find its connection closed
_PIECE = 64 * KIB

_M = TypeVar("_M", bound=BaseModel)


def read_json(request: Request, largest: int, deepest: int) -> Any:
    """Return the parsed body.

    Raises InvalidRequest: `body_too_large`, `unsupported_media_type`, `empty_body`, `bad_json`, `bad_characters`,
    `body_too_deep`.
    """
    if request.content_length is not None and request.content_length > largest:
        raise InvalidRequest(code="body_too_large", limit=largest)
    if request.mimetype != "application/json" or not _is_plain_utf8(request):
        raise InvalidRequest(code="unsupported_media_type" if _has_body(request) else "empty_body")
    raw = _raw(request, largest)
    if not raw.strip():
        raise InvalidRequest(code="empty_body")
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_key_twice, parse_constant=_refused)
    except RecursionError as error:
        raise InvalidRequest(code="body_too_deep", limit=deepest) from error
    except ValueError as error:  # UnicodeError is one
        raise InvalidRequest(code="bad_json") from error
    _check_nesting(value, deepest)
    _check_text(value)
    return value


def read_file(request: Request, largest: int) -> tuple[bytes, str]:
    """Return a file and its type: the body itself, or the one file of a form. The type may be empty.

    Raises InvalidRequest: `body_too_large`, `unsupported_media_type`, `empty_body`.
    """
    if not _is_plain_utf8(request):
        raise InvalidRequest(code="unsupported_media_type")
    if request.mimetype != "multipart/form-data":
        content, kind = _raw(request, largest), request.mimetype
    else:
        request.max_content_length = largest
        try:
            files = list(request.files.values())
        except RequestEntityTooLarge as error:
            raise InvalidRequest(code="body_too_large", limit=largest) from error
        if len(files) != 1:
            raise InvalidRequest(code="empty_body")
        content, kind = files[0].read(), files[0].mimetype
    if not content.strip():
        raise InvalidRequest(code="empty_body")
    return content, kind


def read_away(request: Request) -> None:
    """Read what a refused request still sends, piece by piece, so that its client hears the answer; leave nothing.

    functions-framework reads the rest of a body after every answer: whole, without limit, and fails where we refused.
    """
    request.max_content_length = _MOST_READ_AWAY
    with suppress(RequestEntityTooLarge, ClientDisconnected, OSError):
        while request.stream.read(_PIECE):
            continue
    request.stream = io.BytesIO()


def checked(schema: type[_M], value: object) -> _M:
    """Return the body as its schema; raises InvalidRequest with every fault."""
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False, include_input=False), schema.model_fields)
        raise InvalidRequest("the body has faults", faults=faults) from error


def _has_body(request: Request) -> bool:
    """Say whether a body follows: of a known length, or in chunks that the server ends for us."""
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "")
    return bool(request.content_length or (request.content_length is None and chunked))


def _raw(request: Request, largest: int) -> bytes:
    request.max_content_length = largest + 1  # one more, because reading stops there without a word
    try:
        raw = request.get_data(cache=False)
    except (ClientDisconnected, OSError) as error:  # shorter than its Content-Length, or cut into broken chunks
        raise InvalidRequest(code="bad_json") from error
    if len(raw) > largest:
        raise InvalidRequest(code="body_too_large", limit=largest)
    return raw


def _is_plain_utf8(request: Request) -> bool:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    return charset in ("utf-8", "utf8") and request.headers.get("Content-Encoding", "identity") == "identity"


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _check_nesting(value: object, deepest: int) -> None:
    """Refuse what is nested deeper than allowed, level by level, and a number that is not finite."""
    level: list[object] = [value]
    for _ in range(deepest + 1):
        if any(isinstance(item, float) and not math.isfinite(item) for item in level):
            raise InvalidRequest(code="bad_json")
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise InvalidRequest(code="body_too_deep", limit=deepest)


def _check_text(value: object) -> None:
    """Refuse an escaped half of a character pair: it parses, but is no text."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InvalidRequest(code="bad_characters") from error


def _children(item: object) -> Iterable[object]:
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()
