"""What goes back: one table from errors to statuses, one shape of error body, one shape of success."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Response

from roteiro.domain.texts import DEFAULT_LOCALE, text, texts_of
from roteiro.errors import Fault, LimitReached, RoteiroError, Unavailable
from roteiro.web.reports import told

__all__ = ["STATUSES", "Family", "Reply", "as_response", "refusal", "status_of", "turn_fields"]

log = logging.getLogger("roteiro")

Family = str  # "A": the first seed's front, whose documented errors are all 400; "B": everything else

STATUSES = {
    "bad_json": 400,
    "bad_characters": 400,
    "empty_body": 400,
    "bad_id": 400,
    "token_invalid": 401,
    "credential_required": 401,
    "forbidden": 403,
    "origin_refused": 403,
    "session_required": 404,
    "session_not_found": 404,
    "not_found": 404,
    "route_not_found": 404,
    "method_not_allowed": 405,
    "stale": 409,
    "taken": 409,
    "not_yours": 409,
    "conversation_full": 409,
    "duplicate_script": 409,
    "gate_failed": 409,
    "approval_required": 409,
    "script_in_use": 409,
    "confirmation_required": 409,
    "precondition_failed": 412,
    "body_too_large": 413,
    "body_too_deep": 413,
    "too_many_scripts": 413,
    "unsupported_media_type": 415,
    "invalid": 422,
    "message_too_long": 422,
    "bad_session_id": 422,
    "id_reused": 422,
    "precondition_required": 428,
    "rate_limited": 429,
    "too_many_conversations": 429,
    "busy": 503,
    "store_unavailable": 503,
    "files_unavailable": 503,
    "issuer_unavailable": 503,
    "internal": 500,
    "turn_in_progress": 202,
}
_KEPT_IN_FAMILY_A = frozenset({202, 403, 405, 413, 429, 500, 503})
_FACTS_IN_BODY = ("current", "report", "who")  # what a refusal tells programs besides its sentence
# What may be wrong with the one text of a request, and the fault that its field `message` then shows.
_MESSAGE_FAULTS = {"blank": "blank", "message_too_long": "too_long"}


@dataclass(frozen=True)
class Reply:
    """A success: a JSON value or a text, headers, and a cookie as (name, value).

    `has_errands`: something of it is to be told to other systems once it has left.
    """

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"
    cookie: tuple[str, str] | None = None
    has_errands: bool = False


def status_of(code: str, family: Family) -> int:
    """Return the HTTP status of an error code: the one table."""
    status = STATUSES[code]
    return status if family == "B" or status in _KEPT_IN_FAMILY_A else 400


def refusal(error: RoteiroError, family: Family, locale: str, request_id: str) -> Reply:
    """Return the answer to an error, in the reader's language."""
    code = _leaving(error.code)
    status = status_of(code, family)
    if code == "turn_in_progress":
        accepted = {"status": "accepted", "code": code, "message": text("in_progress", locale)}
        return Reply(accepted, status, {"Retry-After": "1"})
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request failed", extra={"code": code, "request_id": request_id}, exc_info=error)
    return Reply(_body(error, code, locale, request_id), status, _headers(error, code, status))


def _body(error: RoteiroError, code: str, locale: str, request_id: str) -> dict[str, Any]:
    message = text(_key(error, code), locale, **error.facts)
    body: dict[str, Any] = {
        "status": "Error",
        "code": code,
        "message": message,
        "detail": message,
        "request_id": request_id,
    }
    if faults := _faults(error):
        body["fields"] = [_field(fault, locale) for fault in faults]
    body |= {name: error.facts[name] for name in _FACTS_IN_BODY if name in error.facts}
    if code == "gate_failed" and "report" in body:
        body["report"] = told(body["report"], locale)
    if isinstance(error, LimitReached | Unavailable):
        body["retry_after"] = error.retry_after
    return body


def _key(error: RoteiroError, code: str) -> str:
    """Return the text of an error; staff are told what of several things is missing, all of what there was too much."""
    if "missing" in error.facts:
        return f"missing.{error.facts['missing']}"
    if isinstance(error, LimitReached) and f"limit.{error.meter}" in texts_of(DEFAULT_LOCALE):
        return f"limit.{error.meter}"
    return f"error.{error.code if error.code in _MESSAGE_FAULTS else code}"


def _headers(error: RoteiroError, code: str, status: int) -> dict[str, str]:
    headers = {}
    if isinstance(error, LimitReached | Unavailable):
        headers["Retry-After"] = str(error.retry_after)
    if status == STATUSES["credential_required"]:
        headers["WWW-Authenticate"] = "Bearer"
    if code == "method_not_allowed":
        headers["Allow"] = str(error.facts["allowed"])
    return headers


def turn_fields(headers: Mapping[str, str]) -> dict[str, str]:
    """Return what the log may say of a turn, from the headers that tell of it: never text, never a whole id."""
    names = {"Roteiro-Status": "conversation_status", "Roteiro-Step": "step", "Roteiro-Degraded": "degraded"}
    return {field: headers[header] for header, field in names.items() if header in headers}


def as_response(reply: Reply) -> Response:
    """Return the reply as Flask sends it; non-ASCII is written as is."""
    is_json = reply.content_type.startswith("application/json") and not isinstance(reply.body, bytes)
    body = json.dumps(reply.body, ensure_ascii=False, separators=(",", ":")) if is_json else reply.body
    return Response(body, reply.status, dict(reply.headers), content_type=reply.content_type)


def _leaving(code: str) -> str:
    """Return the documented code: what is wrong with a text is `invalid`, what no table knows is a bug of ours."""
    if code in STATUSES:
        return code
    return "invalid" if code in _MESSAGE_FAULTS else "internal"


def _faults(error: RoteiroError) -> Sequence[Fault]:
    if error.code in _MESSAGE_FAULTS:
        facts = tuple((name, str(value)) for name, value in error.facts.items())
        return [Fault("message", _MESSAGE_FAULTS[error.code], facts)]
    return error.faults


def _field(fault: Fault, locale: str) -> dict[str, str]:
    return {"path": fault.path, "code": fault.code, "message": text(f"fault.{fault.code}", locale, **dict(fault.facts))}
