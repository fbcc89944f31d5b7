"""From the desk to the editors: what was changed in a step for one conversation becomes a draft of the script."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from roteiro.domain.conversation import State
from roteiro.domain.desk.redrafting import Change, apply_change, change_at
from roteiro.errors import Fault, InvalidRequest, RoteiroError, Stale
from roteiro.ports import Document
from roteiro.usecases.catalogue import locate
from roteiro.usecases.drafts import find_draft, save_draft
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.publishing import Admin, withdrawn

__all__ = ["propose_step"]

_Steps = Sequence[Mapping[str, Any]]


def propose_step(state: State, conversation: str, step: int, note: str, admin: Admin) -> Document:
    """Save what a conversation changed in its step as a draft of the script; return the draft.

    It is made from the caller's own draft, else from the published version. The audit keeps the note. Raises
    InvalidRequest if nothing was changed there or the document would have faults, NotFound if the script is gone,
    Stale over another person's draft, or if the script no longer has the step as the conversation knows it.
    """
    if state.script is None:
        raise InvalidRequest(faults=[Fault("step", "no_script")])
    place = locate(state.script, admin.shelf)
    catalogue = PublishedCatalogue(place.pack, admin.shelf, admin.kept)
    pinned = catalogue.document(state.script, state.version)["script"]["script"]
    change = change_at(step, len(pinned), state.edits)
    draft = find_draft(state.script, admin.shelf)
    is_mine = draft is not None and draft["person"] == admin.person
    base = draft if draft and is_mine else catalogue.document(state.script, place.version)
    here = replace(change, step=_place(change, pinned, base, is_mine=is_mine))
    deed = replace(
        admin.deed("draft.proposed", state.script, version=state.version),
        conversation=conversation,
        protocol=state.protocol,
        reason=note,
    )
    admin.told([deed], place.pack)
    try:
        return save_draft(apply_change(base["script"], here), place.pack, admin)
    except RoteiroError:
        admin.told(withdrawn([deed]), place.pack)
        raise


def _place(change: Change, pinned: _Steps, base: Document, *, is_mine: bool) -> int:
    """Return the number that a step of the conversation's version has in the document that is changed."""
    steps: _Steps = base["script"]["script"]
    if change.step > len(pinned):
        return len(steps) + 1
    known = pinned[change.step - 1]
    places = [one["step"] for one in steps if one["message"] == known["message"] or _is_named_as(known, one)]
    if not places and is_mine and len(steps) == len(pinned):  # the same person has proposed other words before
        return change.step
    if len(places) != 1:
        raise Stale("the script has changed since", current=base["checksum"])
    return int(places[0])


def _is_named_as(known: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    return known.get("id") is not None and known["id"] == one.get("id")
