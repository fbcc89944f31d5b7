"""What is published and what was, over HTTP: publish a draft, roll back, restore, versions and their differences."""

import re
from typing import Any

from roteiro.domain.authoring.checking import script_schema
from roteiro.domain.authoring.diffing import differences, unified_text
from roteiro.domain.ids import ScriptId
from roteiro.errors import InvalidRequest, NotFound
from roteiro.ports import Document
from roteiro.usecases import drafts, lifecycle
from roteiro.usecases.catalogue import Place
from roteiro.usecases.versions import get_version, list_versions
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.lifecycle_schemas import PublishBody
from roteiro.web.reports import told
from roteiro.web.script_calls import admin_of, etag, place_of, shown

__all__ = [
    "get_diff",
    "get_schema",
    "get_script",
    "get_version_document",
    "get_versions",
    "publish_draft",
    "restore_script",
    "rollback_script",
]

_PAGE = 50
_MOST = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_CURSOR = re.compile(r"[0-9]{1,6}")  # the last version of the page before
_SIDE = re.compile(r"draft|published|[1-9][0-9]{0,5}")


def get_schema(_: Call, __: House) -> Reply:
    """Answer the JSON Schema of a script."""
    return Reply(script_schema())


def get_script(call: Call, house: House) -> Reply:
    """Answer the published document, and whether somebody is drafting the next one."""
    place = place_of(call, house)
    if place.status != "published":
        raise NotFound(f"script {place.id} is not published", missing="published")
    stored = get_version(place, place.version, house.shelf)
    has_draft = drafts.find_draft(place.id, house.shelf) is not None
    return Reply({**_version_shown(stored, place), "draft": has_draft}, headers=etag(stored))


def publish_draft(call: Call, house: House) -> Reply:
    """Publish the draft, if the gate lets it pass or an admin forces it."""
    body: PublishBody = call.body
    place, admin = place_of(call, house), admin_of(call, house)
    wish = lifecycle.Wish(body.note, body.expected_version, body.force, body.reason)
    return _published(lifecycle.publish_draft(place, wish, admin, house.conditions(admin)), place.id, call.locale)


def restore_script(call: Call, house: House) -> Reply:
    """Publish an archived script again, if the gate lets it pass."""
    place, admin = place_of(call, house), admin_of(call, house)
    return _published(lifecycle.restore(place, admin, house.conditions(admin)), place.id, call.locale)


def rollback_script(call: Call, house: House) -> Reply:
    """Publish an earlier version's content as the next version."""
    place = place_of(call, house)
    changed = lifecycle.rollback(place, call.body.version, call.body.note, admin_of(call, house))
    version = changed.versions[place.id]
    stored = get_version(place._replace(version=version), version, house.shelf)
    known = {name: stored[name] for name in ("checksum", "rollback_of")}
    return Reply({"version": version, "catalogue_revision": f"r{changed.revision}", **known}, headers=etag(stored))


def get_versions(call: Call, house: House) -> Reply:
    """List the published versions, newest first."""
    place = place_of(call, house)
    below, limit = int(call.query("cursor", _CURSOR, "0")), call.number("limit", _PAGE, _MOST)
    found, cursor = list_versions(place, house.shelf, below=below, limit=limit)
    items = [_version_line(stored, place) for stored in found]
    return Reply({"items": items, "next_cursor": None if cursor is None else str(cursor)})


def get_version_document(call: Call, house: House) -> Reply:
    """Answer one version as it was published."""
    place, number = place_of(call, house), call.path["number"]
    if not _NUMBER.fullmatch(number):
        raise InvalidRequest(code="bad_id")
    stored = get_version(place, int(number), house.shelf)
    return Reply(_version_shown(stored, place), headers=etag(stored))


def get_diff(call: Call, house: House) -> Reply:
    """Compare two of: a version, what is published, the draft."""
    place = place_of(call, house)
    names = (call.query("from", _SIDE, "published"), call.query("to", _SIDE, "draft"))
    before, after = (_side(name, place, house) for name in names)
    changes = [
        {"path": one.path, "kind": one.kind, "from": one.before, "to": one.after} for one in differences(before, after)
    ]
    return Reply({"changes": changes, "text": unified_text(before, after, names)})


def _side(name: str, place: Place, house: House) -> Any:
    if name == "draft":
        return drafts.get_draft(place.id, house.shelf)["script"]
    if name == "published" and place.status != "published":
        raise NotFound(f"script {place.id} is not published", missing="published")
    return get_version(place, place.version if name == "published" else int(name), house.shelf)["script"]


def _published(done: lifecycle.Published, script: ScriptId, locale: str) -> Reply:
    answer = {"version": done.versions[script], "catalogue_revision": f"r{done.revision}"}
    return Reply({**answer, "report": told(done.report.as_json(), locale)})


def _version_shown(stored: Document, place: Place) -> dict[str, Any]:
    line = _version_line(stored, place)
    status = "published" if line.pop("published") else place.status if stored["version"] == place.version else "past"
    return shown(stored, pack=stored["pack"], status=status, **line)


def _version_line(stored: Document, place: Place) -> dict[str, Any]:
    return {
        "version": stored["version"],
        "checksum": stored["checksum"],
        "author": stored["author"],
        "note": stored.get("note", ""),
        "created_at": stored["created_at"],
        "published": place.status == "published" and stored["version"] == place.version,
        "rollback_of": stored.get("rollback_of"),
        "forced": stored.get("forced"),
    }
