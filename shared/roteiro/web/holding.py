"""Who holds a conversation on the product's own customer routes: whoever knows its id or shows its token."""

from roteiro.domain.ids import ConversationId, is_session_id
from roteiro.errors import InvalidRequest, NotFound, SessionNotFound
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.limits import Meter

__all__ = ["held_conversation", "not_found"]


def held_conversation(named: str | None, call: Call, house: House) -> ConversationId:
    """Return the conversation that a request names, or whose token it shows; a token sent besides must be its own.

    The cookie is never read here. Raises InvalidRequest (`bad_session_id`), NotFound (`session_required`), NotAllowed
    (`token_invalid`), SessionNotFound for another's token.
    """
    token = house.tokens.read(call.bearer, house.clock.now()) if call.bearer else None
    if not named:
        if token is None:
            raise NotFound(code="session_required")
        return token.conversation
    if not is_session_id(named):
        raise InvalidRequest(code="bad_session_id")
    if token and token.conversation != named:
        raise SessionNotFound
    return ConversationId(named)


def not_found(call: Call, house: House) -> SessionNotFound:
    """Return the refusal of an unknown conversation, counted: the id may have been guessed. Raises LimitReached."""
    house.limits.admit(Meter.LOOKUPS, call.address, house.clock.now())
    return SessionNotFound()
