"""The first seed's backend: a company's own server speaks for its customers, named by `user_id`."""

from roteiro.domain.ids import backend_conversation
from roteiro.domain.message import clean
from roteiro.usecases.customer import ask, say
from roteiro.usecases.turns import Answer, Words
from roteiro.web.acting import acting
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.front import spoken, turn_headers
from roteiro.web.house import House
from roteiro.web.limits import Meter

__all__ = ["backend_chat", "backend_chat_ai"]


def backend_chat(call: Call, house: House) -> Reply:
    """Answer a message of a backend's customer; the first one opens the conversation."""
    words = _words(call, house)
    catalogue = house.catalogue(words.pack)
    with acting(words, call, house) as act:
        answer = say(words, store=house.store, catalogue=catalogue, clock=house.clock, speaker=house.speaker, act=act)
    state = answer.state
    has_script = state.script is not None
    message = {
        "step": state.step if has_script else 0,
        "user_message": words.text,
        "bot_response": spoken(answer, house),
    }
    body = {"steps": state.steps if has_script else 0, "message": message, "is_final_step": state.is_final}
    return _reply(body, answer)


def backend_chat_ai(call: Call, house: House) -> Reply:
    """Answer a side question of a backend's customer."""
    words = _words(call, house)
    catalogue = house.catalogue(words.pack, may_vote=False)  # one model call a turn: the answer has it
    answer = ask(words, store=house.store, catalogue=catalogue, clock=house.clock, speaker=house.speaker)
    return _reply({"AI_MESSAGE": spoken(answer, house)}, answer)


def _words(call: Call, house: House) -> Words:
    said = clean(call.body.message)
    # With a key one server speaks for many customers, so each customer has a limit of their own.
    caller = f"user:{call.body.user_id}" if call.staff else call.address
    admissions = house.limits.admissions(Meter.MESSAGES, caller, house.clock.now())
    conversation = backend_conversation(call.body.user_id)
    return Words(
        conversation, house.pack_front(), said, call.message_id, call.locale, may_open=True, admissions=admissions
    )


def _reply(body: dict[str, object], answer: Answer) -> Reply:
    return Reply(body, headers=turn_headers(answer), has_errands=bool(answer.event.outbox))
