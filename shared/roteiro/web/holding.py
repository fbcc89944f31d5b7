"""Who holds a conversation: its owner once there is one, else whoever knows its id or shows its token."""

from roteiro.domain.conversation import Event
from roteiro.domain.ids import ConversationId, conversation_of, is_session_id
from roteiro.errors import InvalidRequest, NotFound, SessionNotFound
from roteiro.usecases.feed import newest_event
from roteiro.usecases.own_sessions import count_open
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity.oidc import has_token_form
from roteiro.web.identity.tokens import SessionToken
from roteiro.web.limits import Meter

__all__ = [
    "check_places",
    "held_conversation",
    "held_event",
    "named_conversation",
    "newest_named",
    "not_found",
    "shown_token",
]


def held_conversation(named: str | None, call: Call, house: House) -> ConversationId:
    """Return the conversation that a request names, or whose token it shows; a token sent besides must be its own.

    Whose it is, is seen when it is read. The cookie is never read here. Raises InvalidRequest (`bad_session_id`),
    NotFound (`session_required`), NotAllowed (`token_invalid`), SessionNotFound for another's token.
    """
    token = shown_token(call, house)
    if named:
        conversation = named_conversation(named, token)
        if token or conversation == named:
            return conversation
        newest = newest_named(named, house)
        return newest.conversation if newest else conversation
    if token is None:
        raise NotFound(code="session_required")
    return token.conversation


def shown_token(call: Call, house: House) -> SessionToken | None:
    """Return what the session token opens that a request shows; a person's ID token is none.

    Raises NotAllowed (`token_invalid`).
    """
    if not call.bearer or has_token_form(call.bearer):
        return None
    return house.tokens.read(call.bearer, house.clock.now())


def named_conversation(named: str, token: SessionToken | None) -> ConversationId:
    """Return a named conversation. Raises InvalidRequest (`bad_session_id`), SessionNotFound for another's token."""
    if not is_session_id(named):
        raise InvalidRequest(code="bad_session_id")
    conversation = conversation_of(named)
    if token is None:
        return conversation
    if conversation_of(token.conversation) != conversation:
        raise SessionNotFound
    return token.conversation


def newest_named(named: str, house: House) -> Event | None:
    """Return the newest event of the conversation that an id names, None if there is none.

    Ids were once kept as written, so a UUID in capitals that names nothing in lower case is looked for as it is.
    """
    spellings = dict.fromkeys((conversation_of(named), ConversationId(named)))
    found = (house.store.load(spelt, 1) for spelt in spellings)
    return next((events[-1] for events in found if events), None)


def held_event(named: str | None, call: Call, house: House) -> Event:
    """Return the newest event of the conversation that a request names, if it lives and the caller holds it.

    Unknown, expired, erased and somebody else's are one answer, and each is counted. Raises as `held_conversation`.
    """
    conversation = held_conversation(named, call, house)
    try:
        return newest_event(conversation, call.customer, store=house.store, clock=house.clock)
    except SessionNotFound:
        raise not_found(call, house) from None


def not_found(call: Call, house: House) -> SessionNotFound:
    """Return the refusal of an unknown conversation, counted: the id may have been guessed. Raises LimitReached."""
    house.limits.admit(Meter.LOOKUPS, call.address, house.clock.now())
    return SessionNotFound()


def check_places(user: str, house: House) -> None:
    """Refuse a customer who signed in and has too many open conversations to begin another. Raises LimitReached."""
    if user:
        count_open(user, store=house.store, clock=house.clock)
