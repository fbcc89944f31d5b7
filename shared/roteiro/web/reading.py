"""Bodies: size, type and shape are refused before anything is believed; then pydantic, strictly."""

import json
import math
from typing import Any, TypeVar

from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from roteiro.domain.faults import faults_of
from roteiro.errors import InvalidRequest

__all__ = ["KIB", "MIB", "checked", "read_json"]

KIB = 1024
MIB = 1024 * KIB

_M = TypeVar("_M", bound=BaseModel)


def read_json(request: Request, largest: int, deepest: int) -> Any:  # noqa: ANN401 - a JSON value
    """Return the parsed body.

    Raises InvalidRequest: `body_too_large`, `unsupported_media_type`, `empty_body`, `bad_json`.
    """
    request.max_content_length = largest
    if request.content_length is not None and request.content_length > largest:
        raise InvalidRequest(code="body_too_large", limit=largest)
    if request.mimetype != "application/json" or not _is_plain_utf8(request):
        raise InvalidRequest(code="empty_body" if not request.content_length else "unsupported_media_type")
    try:
        raw = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise InvalidRequest(code="body_too_large", limit=largest) from error
    if not raw.strip():
        raise InvalidRequest(code="empty_body")
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_key_twice, parse_constant=_refused)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise InvalidRequest(code="bad_json") from error
    if not _is_shallow(value, deepest):
        raise InvalidRequest(code="bad_json")
    return value


def checked(schema: type[_M], value: object) -> _M:
    """Return the body as its schema; raises InvalidRequest with every fault."""
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False, include_input=False), schema.model_fields)
        raise InvalidRequest("the body has faults", faults=faults) from error


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


def _is_shallow(value: object, deepest: int) -> bool:
    """Say whether nothing is nested deeper than allowed, level by level, and every number is finite."""
    level: list[object] = [value]
    for _ in range(deepest + 1):
        if any(isinstance(item, float) and not math.isfinite(item) for item in level):
            return False
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return True
    return False
