"""What attendants reach: ranking, the queue, the conversations they answer."""

from roteiro.web import (
    canned,
    desk,
    desk_reading,
    desk_reading_schemas,
    desk_schemas,
    health,
    matching,
    schemas,
    suggesting,
)
from roteiro.web.desk_schemas import DeedBody
from roteiro.web.identity import Scope
from roteiro.web.reading import MIB
from roteiro.web.routes import Handler, Route
from roteiro.wiring import serve

__all__ = ["ROUTES", "match"]

_CONVERSATION = "/api/v1/desk/conversations/<conversation>"


def _deed(name: str, handler: Handler, body: type[DeedBody], summary: str, *codes: str) -> Route:
    """Return the route of one deed."""
    return Route(
        "POST",
        f"{_CONVERSATION}/{name}",
        handler,
        Scope.DESK,
        summary,
        body=body,
        answer=desk_schemas.DeedAnswer,
        codes=("session_not_found", "stale", "busy", *codes),
    )


ROUTES = (
    Route(
        "GET",
        "/api/v1/desk/queue",
        desk_reading.get_queue,
        Scope.DESK,
        "The queue, its counts and what is new in the open conversation; 304 while nothing changed",
        answer=desk_reading_schemas.QueueAnswer,
        meter=None,  # an office polls from one address; nobody without the scope comes this far
        codes=("invalid",),
    ),
    Route(
        "GET",
        _CONVERSATION,
        desk_reading.get_conversation,
        Scope.DESK,
        "A conversation with everything that explains it; opening it is audited",
        answer=desk_reading_schemas.ConversationAnswer,
        meter=None,
        codes=("session_not_found", "invalid"),
    ),
    Route(
        "POST",
        "/api/v1/match/rank",
        matching.rank,
        Scope.SCRIPTS_READ,
        "Rank the published scripts for a message; nothing is stored",
        body=schemas.RankBody,
        answer=schemas.RankAnswer,
        codes=("not_found", "message_too_long"),
    ),
    _deed(
        "takeover",
        desk.take_over,
        desk_schemas.DeedBody,
        "Take a conversation over; one of two attendants wins",
        "taken",
    ),
    _deed("reply", desk.reply, desk_schemas.ReplyBody, "Say something to the customer", "not_yours"),
    _deed("note", desk.note, desk_schemas.NoteBody, "Leave a note for colleagues"),
    _deed("script", desk.choose, desk_schemas.ChooseBody, "Walk another script; `dry_run` tells what moves and drops"),
    _deed("step", desk.adjust, desk_schemas.AdjustBody, "Change a step for this conversation alone"),
    _deed("slots", desk.slots, desk_schemas.SlotsBody, "Correct what was collected"),
    _deed("handback", desk.hand_back, desk_schemas.HandBackBody, "Let the bot go on", "not_yours"),
    _deed("mode", desk.set_mode, desk_schemas.ModeBody, "Silence the bot in this conversation, or let it speak"),
    _deed("close", desk.close, desk_schemas.CloseBody, "End the conversation with an outcome", "not_yours"),
    Route(
        "POST",
        f"{_CONVERSATION}/suggest",
        suggesting.suggest,
        Scope.DESK,
        "Draft an answer to the customer's last words; nothing is sent",
        body=suggesting.SuggestBody,
        answer=suggesting.SuggestAnswer,
        codes=("session_not_found",),
    ),
    Route(
        "POST",
        f"{_CONVERSATION}/step/propose",
        suggesting.propose,
        Scope.DESK,
        "Make what was changed in a step a draft of its script",
        body=suggesting.ProposeBody,
        answer=suggesting.ProposeAnswer,
        codes=("session_not_found", "not_found", "stale", "invalid"),
    ),
    Route(
        "GET",
        "/api/v1/desk/canned",
        canned.get_canned,
        Scope.DESK,
        "The canned replies of a pack",
        answer=canned.CannedAnswer,
    ),
    Route(
        "PUT",
        "/api/v1/desk/canned",
        canned.put_canned,
        Scope.DESK,
        "Put a list in the place of a pack's canned replies",
        body=canned.CannedBody,
        answer=canned.CannedAnswer,
        largest=MIB,
        codes=("stale",),
    ),
    *health.ROUTES,
)

match = serve("match", ROUTES)
