"""What the desk does inside a told conversation: an attendant's deeds, and a publish that nobody else sees."""

import copy
from collections.abc import Callable, Mapping, Sequence

from roteiro.domain.authoring.rehearsal import DeskTurn
from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event, State
from roteiro.domain.desk import desking
from roteiro.domain.desk.desking import Act
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text
from roteiro.domain.turn.heard import running
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import InvalidRequest
from roteiro.ports import Clock, Shelf
from roteiro.usecases.candidate import make_candidate
from roteiro.usecases.canned import filled
from roteiro.usecases.desk import Attendant, Desk, Doing, Order, act
from roteiro.usecases.published import Kept, PublishedCatalogue
from roteiro.usecases.publishing import Admin
from roteiro.usecases.review import newest_of, wanted

__all__ = ["after_publish", "done", "republished"]

_ATTENDANT = Attendant("rehearsal", "Atendente", "attendant")


def done(deed: DeskTurn, conversation: ConversationId, desk: Desk, catalogue: Catalogue) -> Event:
    """Do a deed as an attendant; return its event. Raises what the desk's own route would refuse it with."""
    if deed.action == "script":
        doing = _script(deed, catalogue, wanted(newest_of(conversation, desk.store), desk.store))
    else:
        doing = _DEEDS[deed.action](deed, catalogue)
    return act(conversation, _ATTENDANT, Order(doing), desk)


def republished(deed: DeskTurn, document: Mapping[str, object]) -> dict[str, object]:
    """Return a script's document with the deed's message in its step. Raises InvalidRequest without such a step."""
    changed = copy.deepcopy(dict(document))
    steps = changed["script"]
    place = (deed.step or 0) - 1
    if not isinstance(steps, list) or place >= len(steps):
        raise InvalidRequest(f"there is no step {deed.step} to publish")
    steps[place] = {**steps[place], "message": deed.message}
    return changed


def after_publish(
    deed: DeskTurn, pack: str, catalogue: PublishedCatalogue, shelf: Shelf, clock: Clock
) -> PublishedCatalogue:
    """Return the catalogue as it is after the deed's publish; only this conversation's shelf is written."""
    script = ScriptId(deed.script or 0)
    stored = catalogue.document(script, catalogue.script(script).version)
    changed = {script: republished(deed, stored["script"])}
    return make_candidate(pack, changed, (), Admin(shelf, Kept(), clock, _ATTENDANT.id)).after


def _takeover(_deed: DeskTurn, _catalogue: Catalogue) -> Doing:
    return lambda state, _: desking.take_over(state, _ATTENDANT.id, _ATTENDANT.name)


def _reply(deed: DeskTurn, catalogue: Catalogue) -> Doing:
    return lambda state, _: desking.reply(state, _ATTENDANT.id, _filled(deed, state, catalogue))


def _handback(deed: DeskTurn, catalogue: Catalogue) -> Doing:
    def doing(state: State, occasion: Occasion) -> Act:
        return desking.hand_back(state, _ATTENDANT.id, _filled(deed, state, catalogue), deed.step, occasion, catalogue)

    return doing


def _close(deed: DeskTurn, _catalogue: Catalogue) -> Doing:
    def doing(state: State, _: Occasion) -> Act:
        message = text("closed", state.locale, protocol=shown(state.protocol))
        return desking.close(state, _ATTENDANT.id, deed.outcome, message, {})

    return doing


def _script(deed: DeskTurn, catalogue: Catalogue, said: Sequence[str]) -> Doing:
    script = catalogue.script(ScriptId(deed.script or 0))

    def doing(state: State, occasion: Occasion) -> Act:
        desking.check_free(state, _ATTENDANT.id)
        old = running(state, catalogue) if state.script is not None else None
        return desking.choose_script(state, old, script, deed.step, occasion, said)

    return doing


def _step(deed: DeskTurn, catalogue: Catalogue) -> Doing:
    def doing(state: State, occasion: Occasion) -> Act:
        desking.check_free(state, _ATTENDANT.id)
        return desking.adjust_step(state, deed.do, deed.step or 0, deed.message or "", occasion, catalogue)

    return doing


def _filled(deed: DeskTurn, state: State, catalogue: Catalogue) -> str:
    return filled(deed.message or "", state, running(state, catalogue) if state.script is not None else None)


_DEEDS: Mapping[str, Callable[[DeskTurn, Catalogue], Doing]] = {
    "takeover": _takeover,
    "reply": _reply,
    "handback": _handback,
    "close": _close,
    "step": _step,
}
