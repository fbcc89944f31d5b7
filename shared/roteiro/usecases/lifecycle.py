"""From draft to published and back: publish through the gate, roll back, restore, purge.

Everything a publish needs to pass comes in as `Conditions`. A gate run belongs to the catalogue that it looked at: if
others publish meanwhile, it runs again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.canonical import checksum_of
from roteiro.domain.ids import ScriptId
from roteiro.errors import Conflict, DuplicateScript, Fault, InvalidRequest, NotAllowed, NotFound, Stale
from roteiro.ports import Store
from roteiro.usecases.catalogue import Place, archive, checked
from roteiro.usecases.drafts import find_draft, get_draft, retire_draft, save_draft
from roteiro.usecases.parts import all_pages
from roteiro.usecases.pins import is_pinned
from roteiro.usecases.published import pointer_key, version_key
from roteiro.usecases.publishing import Act, Admin, Changed, Plan, Scripts, change
from roteiro.usecases.report import Conditions, Report
from roteiro.usecases.versions import get_version

__all__ = [
    "Published",
    "Wish",
    "check_draft",
    "publish",
    "publish_draft",
    "publish_together",
    "purge",
    "replace_script",
    "restore",
    "rollback",
]

_Documents = Mapping[ScriptId, Mapping[str, Any]]
_Check = Callable[[Scripts], None]

_GATE_RUNS = 4  # publishes of others that may come between a gate run and its publish
_SHORTEST_REASON = 10  # characters of the reason for a forced publish; spec'd
_NEVER_FORCED = "document"  # the check that no reason overrules
_LAST_VERSION = 999_999  # the greatest number that a version's key has room for


@dataclass(frozen=True)
class Wish:
    """How somebody wants a draft to be published."""

    note: str
    expected_version: int  # the published version that they looked at; 0: none
    force: bool = False
    reason: str = ""  # of a forced publish


class Published(NamedTuple):
    """What a publish made, and what the gate found."""

    versions: dict[ScriptId, int]
    revision: int
    report: Report


def publish(
    documents: Sequence[Mapping[str, Any]], pack: str, admin: Admin, conditions: Conditions
) -> dict[ScriptId, int]:
    """Publish new scripts, all or none; return their versions. What the gate refuses is kept as drafts.

    Raises InvalidRequest with the faults of the first wrong document, or for an id that comes twice, DuplicateScript
    for an id that is published, Conflict (`gate_failed`, `approval_required`).
    """
    prefixes = [f"{place}." if len(documents) > 1 else "" for place in range(len(documents))]
    wanted = checked(documents, prefixes)
    return _put_or_keep(pack, wanted, admin, conditions, _are_new(wanted, pack, admin))


def publish_together(
    documents: Mapping[ScriptId, Mapping[str, Any]], pack: str, admin: Admin, conditions: Conditions
) -> Published:
    """Publish checked documents, new and changed ones alike: all or none, one gate run, one catalogue revision.

    Raises DuplicateScript for an id that another pack has published, Conflict as `publish` does; keeps no drafts.
    """
    free = _are_free_elsewhere([str(script) for script in documents], pack, admin)
    return _put(pack, documents, admin, conditions, free)


def replace_script(
    place: Place, document: Mapping[str, Any], admin: Admin, conditions: Conditions, *, seen: str = ""
) -> int:
    """Publish a document as the next version of a published script; return the version.

    `seen` is the checksum of the version that it replaces, empty: any. Raises as `publish` does, and InvalidRequest
    (`precondition_failed`) if another version is published.
    """
    if (found := check_script(document)) != place.id:
        faults = [Fault("problem.id", "other_id", (("found", str(found)), ("expected", str(place.id))))]
        raise InvalidRequest(faults=faults)
    if seen and seen != get_version(place, place.version, admin.shelf)["checksum"]:
        raise InvalidRequest(code="precondition_failed")

    def there(scripts: Scripts) -> None:
        if str(place.id) not in scripts:
            raise NotFound(f"script {place.id} is not published", missing="published")
        if seen:
            _is_at(place.id, place.version)(scripts)

    return _put_or_keep(place.pack, {place.id: document}, admin, conditions, there)[place.id]


def publish_draft(place: Place, wish: Wish, admin: Admin, conditions: Conditions) -> Published:
    """Publish a script's draft as its next version.

    Raises NotFound without a draft, Stale if another version is published than was expected, Conflict (`gate_failed`,
    `approval_required`), InvalidRequest for a forced publish without a reason, NotAllowed if it is no admin's.
    """
    if wish.force:
        _check_force(wish, admin)
    published = place.version if place.status == "published" else 0
    if published != wish.expected_version:  # before the draft is looked for: whoever was first has taken it along
        raise Stale(f"version {published} is published", current=published)
    draft = get_draft(place.id, admin.shelf)
    check_script(draft["script"])  # it was saved when another release may have known other rules
    expected = _is_at(place.id, wish.expected_version)
    return _put(place.pack, {place.id: draft["script"]}, admin, conditions, expected, wish)


def check_draft(place: Place, admin: Admin, conditions: Conditions) -> Report:
    """Return what the gate says of a script's draft; nothing changes. Raises NotFound."""
    return conditions.gate(place.pack, {place.id: get_draft(place.id, admin.shelf)["script"]})


def rollback(place: Place, version: int, note: str, admin: Admin) -> Changed:
    """Publish the content of an earlier version again, as the next one; history is never rewritten, no gate asked.

    Raises NotFound for an unknown version or a script that is not published, Stale if somebody published meanwhile,
    InvalidRequest (`already_published`) for the version that is published.
    """
    if place.status != "published":
        raise NotFound(f"script {place.id} is not published", missing="published")
    document = get_version(place, version, admin.shelf)["script"]
    act = Act("script.rolled_back", note, rollback_of=version)

    def is_another(scripts: Scripts) -> None:
        _is_at(place.id, place.version)(scripts)
        if version == place.version:
            raise InvalidRequest(faults=[Fault("version", "already_published", (("found", str(version)),))])

    return change(place.pack, admin, Plan({place.id: document}, check=is_another, act=act))


def restore(place: Place, admin: Admin, conditions: Conditions) -> Published:
    """Publish an archived script again: its last content as the next version, through the gate.

    Raises NotFound if it is not archived, DuplicateScript if the id was taken meanwhile, Conflict (`gate_failed`).
    """
    if place.status != "archived":
        raise NotFound(f"script {place.id} is not archived", missing="archived")
    document = get_version(place, place.version, admin.shelf)["script"]
    act = Act("script.restored", rollback_of=place.version)
    known = replace(conditions, needs_approval=False)  # what was published before was approved before
    return _put(place.pack, {place.id: document}, admin, known, _are_new([place.id], place.pack, admin), act=act)


def purge(place: Place, admin: Admin, store: Store) -> None:
    """Archive a script if it is not, and delete its versions and its draft for ever.

    Raises Conflict (`script_in_use`) while a living conversation is at one of its versions; repeated, it finishes what
    was begun.
    """
    _check_unpinned(place, admin, store)
    if place.status == "published":
        archive([place.id], place.pack, admin)
        _check_unpinned(place, admin, store)  # a conversation may have begun it a moment before
    if place.status in ("published", "archived"):
        change(place.pack, admin, Plan(purging=[place.id]))
    admin.shelf.delete_range(version_key(place.id, 0), version_key(place.id, _LAST_VERSION) + "~")
    if draft := find_draft(place.id, admin.shelf):
        retire_draft(place.id, draft["checksum"], admin)


def _put_or_keep(
    pack: str, documents: _Documents, admin: Admin, conditions: Conditions, check: _Check
) -> dict[ScriptId, int]:
    """Publish documents; those that are refused stay as drafts."""
    try:
        return _put(pack, documents, admin, conditions, check).versions
    except Conflict as error:
        if error.code in ("gate_failed", "approval_required"):
            _keep(documents, pack, admin)
        raise


def _keep(documents: _Documents, pack: str, admin: Admin) -> None:
    """Save documents as drafts, unless another person is writing one."""
    for document in documents.values():
        with suppress(Stale):
            save_draft(document, pack, admin)


def _put(
    pack: str,
    documents: _Documents,
    admin: Admin,
    conditions: Conditions,
    check: _Check,
    wish: Wish | None = None,
    act: Act | None = None,
) -> Published:
    act = act or Act(note=wish.note if wish else "")
    for _ in range(_GATE_RUNS):
        seen: Scripts = (admin.shelf.get(pointer_key(pack)) or {"scripts": {}})["scripts"]
        check(seen)
        if conditions.needs_approval:
            _check_approved(documents, admin)
        report = conditions.gate(pack, documents)
        named = _judged(report, act, wish)
        try:
            changed = change(pack, admin, Plan(documents, check=_is_as_seen(seen, check), act=named))
        except Stale as error:
            if "moved" not in error.facts:
                raise
            continue
        for script, document in documents.items():
            retire_draft(script, checksum_of(document), admin)
        return Published(changed.versions, changed.revision, report)
    raise Stale(f"the catalogue of {pack} kept changing")


def _judged(report: Report, act: Act, wish: Wish | None) -> Act:
    """Return what history calls the publish; raises Conflict (`gate_failed`) if it must not be."""
    if report.passed:
        return act
    is_broken = any(one.name == _NEVER_FORCED and one.blocking and not one.passed for one in report.checks)
    if wish is None or not wish.force or is_broken:
        raise Conflict("the gate refused", code="gate_failed", report=report.as_json())
    return replace(act, action="script.forced", forced=wish.reason.strip())


def _check_force(wish: Wish, admin: Admin) -> None:
    if admin.role != "admin":
        raise NotAllowed(code="forbidden")
    if len(wish.reason.strip()) < _SHORTEST_REASON:
        raise InvalidRequest(faults=[Fault("reason", "too_short", (("limit", str(_SHORTEST_REASON)),))])


def _check_approved(documents: _Documents, admin: Admin) -> None:
    for script, document in documents.items():
        draft = find_draft(script, admin.shelf)
        if not draft or "approver" not in draft or draft["checksum"] != checksum_of(document):
            raise Conflict(f"nobody approved this of script {script}", code="approval_required")


def _check_unpinned(place: Place, admin: Admin, store: Store) -> None:
    if is_pinned(place.id, store=store, now=admin.clock.now()):
        raise Conflict(f"a conversation is at script {place.id}", code="script_in_use")


def _is_at(script: ScriptId, version: int) -> _Check:
    """Return the check that a version is the published one (0: that none is)."""

    def there(scripts: Scripts) -> None:
        current = scripts.get(str(script), {"version": 0})["version"]
        if current != version:
            raise Stale(f"version {current} is published", current=current)

    return there


def _is_as_seen(seen: Scripts, check: _Check) -> _Check:
    """Return a check that first asks its own question, and then whether the gate looked at this catalogue."""

    def unmoved(scripts: Scripts) -> None:
        check(scripts)
        if scripts != seen:
            raise Stale("the catalogue moved during the gate run", moved=True)

    return unmoved


def _are_new(ids: Iterable[ScriptId], pack: str, admin: Admin) -> _Check:
    """Return the check that no pack has published any of these ids."""
    wanted = [str(script) for script in ids]
    free_elsewhere = _are_free_elsewhere(wanted, pack, admin)

    def new(scripts: Scripts) -> None:
        free_elsewhere(scripts)
        _refuse_taken(wanted, scripts)

    return new


def _are_free_elsewhere(wanted: Iterable[str], pack: str, admin: Admin) -> _Check:
    """Return the check that no other pack has published any of these ids."""
    others = [pointer["scripts"] for pointer in all_pages(admin.shelf, pointer_key("")) if pointer["pack"] != pack]

    def free(_: Scripts) -> None:
        for scripts in others:
            _refuse_taken(wanted, scripts)

    return free


def _refuse_taken(wanted: Iterable[str], scripts: Scripts) -> None:
    if taken := next((script for script in wanted if script in scripts), ""):
        raise DuplicateScript(f"script {taken} is published", id=int(taken))
