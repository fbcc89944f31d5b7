"""The first seed's front (family A): /initial-message, /chat, /chat_ai. Bodies are closed; extras travel in headers."""

import uuid

from roteiro.domain.conversation import State
from roteiro.domain.ids import ConversationId
from roteiro.domain.message import LONGEST_NAME, clean
from roteiro.domain.protocol import owner_of, shown
from roteiro.usecases.customer import ask, open_conversation, say
from roteiro.usecases.spoken import spoken_text
from roteiro.usecases.turns import Answer, Words
from roteiro.web.acting import acting
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.counting import admissions_of
from roteiro.web.holding import check_places
from roteiro.web.house import House
from roteiro.web.protocols import key_headers
from roteiro.web.sessions import Session, front_session, renewed_token

__all__ = ["chat", "chat_ai", "initial_message", "spoken", "turn_headers"]


def initial_message(call: Call, house: House) -> Reply:
    """Begin a conversation; the message is the customer's name."""
    name = clean(call.body.message, LONGEST_NAME)
    admissions = admissions_of(call, house, may_begin=True)
    pack = house.pack_front()
    conversation = ConversationId(str(uuid.uuid4()))
    catalogue = house.catalogue(pack)
    check_places(call.customer, house)
    words = Words(conversation, pack, name, locale=call.locale, user=call.customer, admissions=admissions)
    answer = open_conversation(words, store=house.store, catalogue=catalogue, clock=house.clock)
    token, cookie = renewed_token(Session(conversation, pack), call, house)
    body = {"answer": answer.event.reply, "Name": name, "Session": conversation}
    headers = {"Roteiro-Token": token, **_key_headers(answer, house), **turn_headers(answer)}
    return Reply(body, headers=headers, cookie=cookie)


def chat(call: Call, house: House) -> Reply:
    """Answer a message: match it, or walk one step."""
    words = _words(call, house)
    catalogue = house.catalogue(words.pack)
    with acting(words, call, house) as act:
        answer = say(words, store=house.store, catalogue=catalogue, clock=house.clock, speaker=house.speaker, act=act)
    state = answer.state
    body = {
        "answer": spoken(answer, house),
        "steps": state.steps if state.script is not None else 0,
        "is_final_step": "True" if state.is_final else "False",
    }
    return _reply(body, answer, words, call, house)


def chat_ai(call: Call, house: House) -> Reply:
    """Answer a side question; the step never moves."""
    words = _words(call, house)
    catalogue = house.catalogue(words.pack, may_vote=False)  # one model call a turn: the answer has it
    answer = ask(words, store=house.store, catalogue=catalogue, clock=house.clock, speaker=house.speaker)
    said = spoken(answer, house)
    return _reply(
        {"answer": {"AI_MESSAGE": said} if house.policy.chat_ai_is_object else said}, answer, words, call, house
    )


def spoken(answer: Answer, house: House) -> str:
    """Return what the customer reads: the reply, or while a person owns the conversation, where they stand."""
    return spoken_text(answer, store=house.store, catalogue=house.catalogue(answer.event.pack))


def turn_headers(answer: Answer) -> dict[str, str]:
    """Return what the product adds to a documented body."""
    state: State = answer.state
    headers = {
        "Roteiro-Protocol": shown(state.protocol),
        "Roteiro-Status": state.status,
        "Roteiro-Step": str(state.step),
        "Roteiro-Seq": str(answer.event.seq),  # where who follows /events goes on
    }
    if answer.event.degraded:
        headers["Roteiro-Degraded"] = "1"
    if answer.replayed:
        headers["Roteiro-Replayed"] = "1"
    return headers


def _words(call: Call, house: House) -> Words:
    said = clean(call.body.message)
    message_id = call.message_id
    session = front_session(call, house)
    admissions = admissions_of(call, house)
    conversation, user = session.conversation, owner_of(session.conversation, call.customer)
    return Words(conversation, session.pack, said, message_id, call.locale, user=user, admissions=admissions)


def _reply(body: dict[str, object], answer: Answer, words: Words, call: Call, house: House) -> Reply:
    _, cookie = renewed_token(Session(words.conversation, words.pack), call, house)
    headers = {**_key_headers(answer, house), **turn_headers(answer)}
    return Reply(body, headers=headers, cookie=cookie, has_errands=bool(answer.event.outbox))


def _key_headers(answer: Answer, house: House) -> dict[str, str]:
    """Return the header with the key of a protocol number, once: in the answer that issued it."""
    return key_headers(answer.event, house) if answer.opened else {}
