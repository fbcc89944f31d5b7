"""What customers reach: the chat page, the first seed's front and backend routes, health."""

from roteiro.web import (
    backend,
    customer_schemas,
    events,
    front,
    handoff,
    health,
    pages,
    protocols,
    rating,
    report_files,
    schemas,
    transcripts,
)
from roteiro.web.identity import Scope
from roteiro.web.limits import Meter
from roteiro.web.routes import Route
from roteiro.wiring import serve

__all__ = ["ROUTES", "chat"]

_SESSION = ("session_required", "session_not_found", "token_invalid", "origin_refused")
_HELD = ("bad_session_id", "session_required", "session_not_found", "token_invalid")
_WORDS = ("message_too_long", "id_reused", "conversation_full", "turn_in_progress", "busy", "rate_limited")

ROUTES = (
    Route("GET", "/", pages.chat_page, Scope.PUBLIC, "The chat page", meter=None),
    Route("GET", "/front/<path:file>", pages.front_file, Scope.PUBLIC, "A file of the chat page", meter=None),
    Route(
        "POST",
        "/initial-message",
        front.initial_message,
        Scope.GUEST,
        "Begin a conversation; the message is the customer's name",
        body=schemas.InitialBody,
        answer=schemas.InitialAnswer,
        family="A",
        meter=Meter.SESSIONS,
        codes=("message_too_long", "rate_limited"),
    ),
    Route(
        "POST",
        "/chat",
        front.chat,
        Scope.GUEST,
        "Say something: it is matched to a script, or the script goes one step on",
        body=schemas.ChatBody,
        answer=schemas.ChatAnswer,
        family="A",
        meter=None,
        codes=_SESSION + _WORDS,
    ),
    Route(
        "POST",
        "/chat_ai",
        front.chat_ai,
        Scope.GUEST,
        "Ask something on the side; the step never moves",
        body=schemas.ChatBody,
        answer=schemas.ChatAiAnswer,
        family="A",
        meter=None,
        codes=_SESSION + _WORDS,
    ),
    Route(
        "POST",
        "/api/v1/chat",
        backend.backend_chat,
        Scope.BACKEND,
        "Say something for a customer of a company's own server",
        body=schemas.BackendBody,
        answer=schemas.BackendAnswer,
        meter=None,
        codes=_WORDS,
    ),
    Route(
        "POST",
        "/api/v1/chat_ai",
        backend.backend_chat_ai,
        Scope.BACKEND,
        "Ask something on the side for a customer of a company's own server",
        body=schemas.BackendBody,
        answer=schemas.AiMessage,
        meter=None,
        codes=_WORDS,
    ),
    Route(
        "GET",
        "/api/v1/chat/events",
        events.events,
        Scope.GUEST,
        "What was said after an event (?session_id=, ?after=): for a page that follows; ETag and 304",
        answer=customer_schemas.FeedAnswer,
        codes=(*_HELD, "invalid", "rate_limited"),
    ),
    Route(
        "POST",
        "/api/v1/chat/handoff",
        handoff.handoff,
        Scope.GUEST,
        "Ask for a person, in any state; no data is asked",
        body=customer_schemas.HandoffBody,
        answer=customer_schemas.HandoffAnswer,
        meter=None,
        codes=(*_HELD, "busy", "rate_limited"),
    ),
    Route(
        "POST",
        "/api/v1/chat/rating",
        rating.rating,
        Scope.GUEST,
        "Say how it went; a later rating of the same run takes the earlier one's place",
        body=customer_schemas.RatingBody,
        answer=customer_schemas.RatingAnswer,
        meter=None,
        codes=(*_HELD, "busy", "rate_limited"),
    ),
    Route(
        "GET",
        "/api/v1/chat/transcript/<session_id>",
        transcripts.transcript,
        Scope.GUEST,
        "The whole conversation as JSON, as a page, as text or on paper (?format=json, html, txt, pdf)",
        answer=schemas.TranscriptAnswer,
        codes=("bad_session_id", "session_not_found", "token_invalid", "invalid", "rate_limited"),
    ),
    Route(
        "GET",
        "/api/v1/chat/reports/<name>.pdf",
        report_files.report_file,
        Scope.PUBLIC,
        "A report, to whoever has its address (?sig=, ?exp=) within 24 hours; 302 to the bucket where there is one",
        codes=("not_found", "files_unavailable", "rate_limited"),
    ),
    Route(
        "GET",
        "/api/v1/protocol/<number>",
        protocols.look_up_protocol,
        Scope.PUBLIC,
        "Where a demand stands; with its key (?key=) or its session's token what was said, too",
        answer=schemas.ProtocolAnswer,
        codes=("bad_id", "not_found", "token_invalid", "invalid", "rate_limited"),
    ),
    Route("GET", "/api/", pages.to_reference, Scope.PUBLIC, "To the reference of this API"),
    Route("GET", "/docs/", pages.reference, Scope.PUBLIC, "The reference of this API"),
    Route("GET", "/openapi.json", pages.openapi_json, Scope.PUBLIC, "The OpenAPI document of this API"),
    *health.ROUTES,
)

chat = serve("chat", ROUTES)
