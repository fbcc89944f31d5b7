"""What attendants do over HTTP: take over, reply, note, choose, adjust, correct, hand back, close."""

import hashlib
from functools import partial
from typing import Any

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event, State
from roteiro.domain.desk import desking
from roteiro.domain.desk.desking import Act
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.message import clean
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text
from roteiro.domain.turn.heard import running
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import Fault, InvalidRequest
from roteiro.usecases.canned import filled
from roteiro.usecases.desk import Desk, Doing, Order, act, pack_of
from roteiro.usecases.review import newest_of, wanted
from roteiro.web.acting import act_of
from roteiro.web.admission import attendant_of
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["adjust", "choose", "close", "hand_back", "note", "reply", "set_mode", "slots", "take_over"]

_LONGEST = 2000  # characters of what a person writes to a customer


def take_over(call: Call, house: House) -> Reply:
    """Take the conversation; raises Taken if a colleague was faster."""
    who = attendant_of(call)
    return _done(call, house, lambda state, _: desking.take_over(state, who.id, who.name))


def reply(call: Call, house: House) -> Reply:
    """Say something to the customer; `{nome}`, `{protocolo}` and slots are filled in."""
    message, catalogue = clean(call.body.message, _LONGEST), _catalogue(call, house)

    def doing(state: State, _: Occasion) -> Act:
        return desking.reply(state, attendant_of(call).id, _filled(message, state, catalogue))

    return _done(call, house, doing)


def note(call: Call, house: House) -> Reply:
    """Leave a note that the customer never sees."""
    said = clean(call.body.text, _LONGEST)
    return _done(call, house, lambda state, _: Act("note", state, None, {"note": said}))


def choose(call: Call, house: House) -> Reply:
    """Walk another script; `dry_run` only tells what moves and what drops."""
    body, catalogue = call.body, _catalogue(call, house)
    script = catalogue.script(ScriptId(body.script_id), body.version)
    said = wanted(newest_of(_conversation(call), house.store), house.store)

    def doing(state: State, occasion: Occasion) -> Act:
        desking.check_free(state, attendant_of(call).id)
        old = running(state, catalogue) if state.script is not None else None
        return desking.choose_script(state, old, script, body.step, occasion, said)

    return _done(call, house, doing, is_rehearsal=body.dry_run)


def adjust(call: Call, house: House) -> Reply:
    """Change a step for this conversation alone."""
    body, catalogue = call.body, _catalogue(call, house)
    if (body.action in ("edit", "insert")) != (body.message is not None):
        raise InvalidRequest(faults=[Fault("message", "missing" if body.message is None else "bad_value")])
    message = clean(body.message, _LONGEST) if body.message else ""

    def doing(state: State, occasion: Occasion) -> Act:
        desking.check_free(state, attendant_of(call).id)
        return desking.adjust_step(state, body.action, body.step, message, occasion, catalogue)

    return _done(call, house, doing)


def slots(call: Call, house: House) -> Reply:
    """Correct what was collected; each value is checked as a customer's would be."""
    catalogue = _catalogue(call, house)

    def doing(state: State, occasion: Occasion) -> Act:
        desking.check_free(state, attendant_of(call).id)
        if state.script is None:
            raise InvalidRequest(faults=[Fault("values", "no_script")])
        values = desking.read_values(call.body.values, running(state, catalogue), occasion, call.locale)
        return desking.correct_slots(state, values, occasion)

    return _done(call, house, doing)


def hand_back(call: Call, house: House) -> Reply:
    """Let the bot go on: the message first, then the text of the step where the walk is."""
    body, catalogue = call.body, _catalogue(call, house)
    message = clean(body.message, _LONGEST) if body.message else ""

    def doing(state: State, occasion: Occasion) -> Act:
        said = _filled(message, state, catalogue)
        return _noted(desking.hand_back(state, attendant_of(call).id, said, body.step, occasion, catalogue), body.note)

    return _done(call, house, doing)


def set_mode(call: Call, house: House) -> Reply:
    """Silence the bot in this conversation, or let it speak again."""

    def doing(state: State, _: Occasion) -> Act:
        desking.check_free(state, attendant_of(call).id)
        return desking.switch_bot(state, is_off=call.body.bot == "off")

    return _done(call, house, doing)


def close(call: Call, house: House) -> Reply:
    """End the conversation; `resolved` needs its conclusion where the pack answers to the SAC decree."""
    body, catalogue = call.body, _catalogue(call, house)
    if body.outcome == "resolved" and body.conclusion is None and catalogue.pack().is_sac:
        raise InvalidRequest(faults=[Fault("conclusion", "no_conclusion")])
    conclusion = {name: clean(said, _LONGEST) for name, said in body.conclusion} if body.conclusion else {}

    def doing(state: State, _: Occasion) -> Act:
        parts = [
            f"{text(f'conclusion.{name}', state.locale)}: {_filled(said, state, catalogue)}"
            for name, said in conclusion.items()
        ]
        message = "\n\n".join([*parts, text("closed", state.locale, protocol=shown(state.protocol))])
        detail = {"conclusion": conclusion} if conclusion else {}
        return _noted(desking.close(state, attendant_of(call).id, body.outcome, message, detail), body.note)

    return _done(call, house, doing)


def _filled(message: str, state: State, catalogue: Catalogue) -> str:
    return filled(message, state, running(state, catalogue) if state.script is not None else None)


def _noted(done: Act, said: str | None) -> Act:
    """Add a note for colleagues to a deed."""
    return Act(done.action, done.state, done.reply, {**done.detail, "note": said}, done.outbox) if said else done


def _done(call: Call, house: House, doing: Doing, *, is_rehearsal: bool = False) -> Reply:
    body = call.body
    said = hashlib.sha256(f"{call.request.path} {body.model_dump_json()}".encode()).hexdigest()
    order = Order(doing, body.reason, body.expected_seq, body.client_message_id or "", said, is_rehearsal)
    act_in = partial(act_of, call=call, house=house)
    desk = Desk(house.store, house.shelf, house.clock, house.catalogue, act_in)
    event = act(_conversation(call), attendant_of(call), order, desk)
    return Reply(_shown(event, is_rehearsal=is_rehearsal), has_errands=bool(event.outbox) and not is_rehearsal)


def _shown(event: Event, *, is_rehearsal: bool) -> dict[str, Any]:
    state = event.state
    return {
        "seq": None if is_rehearsal else event.seq,
        "action": event.action,
        "status": state.status,
        "owner": state.owner,
        "assignee": state.assigned,
        "script_id": state.script,
        "version": state.version,
        "step": state.step,
        "steps": state.steps,
        "message": event.reply,
        "detail": dict(event.detail),
    }


def _conversation(call: Call) -> ConversationId:
    return ConversationId(call.path["conversation"])


def _catalogue(call: Call, house: House) -> Catalogue:
    return house.catalogue(pack_of(_conversation(call), house.store))
