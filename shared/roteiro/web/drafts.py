"""Drafts over HTTP: every write says what it was made from, so that nobody overwrites what they have not seen."""

from roteiro.domain.authoring.linting import lint, sentence
from roteiro.errors import InvalidRequest
from roteiro.ports import Document
from roteiro.usecases import drafts
from roteiro.usecases.catalogue import list_scripts
from roteiro.usecases.lifecycle import check_draft as ask_gate
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.lifecycle_schemas import ApproveBody
from roteiro.web.reading import KIB, checked, read_json
from roteiro.web.reports import told
from roteiro.web.script_calls import admin_of, check_names, etag, key_of, place_of, read_script, seen_of, shown

__all__ = ["approve_draft", "check_draft", "delete_draft", "get_draft", "put_draft"]


def get_draft(call: Call, house: House) -> Reply:
    """Answer the draft, with the ETag that its next writer sends back."""
    draft = drafts.get_draft(place_of(call, house).id, house.shelf)
    approved = {"approved_by": draft["approved_by"]} if "approved_by" in draft else {}
    facts = {"pack": draft["pack"], "status": "draft", "base_version": draft["base"], "saved_at": draft["saved_at"]}
    return Reply(shown(draft, **facts, **approved), headers=etag(draft))


def put_draft(call: Call, house: House) -> Reply:
    """Save the draft, if nobody changed what the writer saw; it may be the first of a new script."""
    document, pack = read_script(call, house)
    check_names(document, key_of(call))
    if (seen := seen_of(call)) is None:
        raise InvalidRequest(code="precondition_required")
    draft = drafts.save_draft(document, pack, admin_of(call, house), seen=seen)
    facts = {"id": draft["id"], "base_version": draft["base"], "saved_at": draft["saved_at"]}
    lines = _lint(draft, call.locale, house)
    return Reply({**facts, "checksum": draft["checksum"], "lint": lines}, headers=etag(draft))


def delete_draft(call: Call, house: House) -> Reply:
    """Delete the draft; with If-Match only if it is still the one that was seen."""
    drafts.drop_draft(place_of(call, house).id, admin_of(call, house), seen=seen_of(call) or drafts.ANYTHING)
    return Reply({"message": "Draft deleted successfully."})


def approve_draft(call: Call, house: House) -> Reply:
    """Approve the draft as it stands, or only the one named by its checksum or If-Match."""
    body = checked(ApproveBody, read_json(call.request, 16 * KIB, 8)) if call.request.content_length else ApproveBody()
    seen = body.checksum or seen_of(call) or drafts.ANYTHING
    draft = drafts.approve(place_of(call, house).id, admin_of(call, house), seen=seen)
    return Reply({"id": draft["id"], "checksum": draft["checksum"], "approved_by": draft["approved_by"]})


def check_draft(call: Call, house: House) -> Reply:
    """Answer what the gate says of the draft; nothing changes."""
    admin = admin_of(call, house)
    report = ask_gate(place_of(call, house), admin, house.conditions(admin))
    return Reply(told(report.as_json(), call.locale))


def _lint(draft: Document, locale: str, house: House) -> list[dict[str, str]]:
    """Return what lint says of a draft beside the published scripts."""
    others = [one.stored["script"] for one in list_scripts(house.shelf, house.kept) if one.id != draft["id"]]
    return [
        {"level": f.level, "path": f.path, "code": f.code, "message": sentence(f.code, f.facts, locale)}
        for f in lint(draft["script"], others)
    ]
