"""Import: files of scripts become drafts, or one publish.

Every row is judged first, without writing: what is wrong in one never stops the others. Then good rows become drafts
one by one, or all rows together the next catalogue.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.authoring.importing import fitting, misshapen, unwrapped
from roteiro.domain.authoring.linting import ERROR, Finding, lint
from roteiro.domain.authoring.rows import MOST_SCRIPTS, Row
from roteiro.domain.authoring.sheets import overlaid, with_examples
from roteiro.domain.canonical import checksum_of
from roteiro.domain.faults import OwnFault
from roteiro.domain.ids import ScriptId, script_id
from roteiro.errors import Fault, InvalidRequest, Stale
from roteiro.ports import Document
from roteiro.usecases.catalogue import draft_key
from roteiro.usecases.published import PublishedCatalogue, all_pages, pointer_key
from roteiro.usecases.publishing import Admin

__all__ = ["Judged", "counted", "judge", "save_drafts", "to_publish"]

CREATED, CHANGED, UNCHANGED, FAILED = "created", "changed", "unchanged", "failed"


@dataclass(frozen=True)
class Judged:
    """What comes of a row: `created`, `changed`, `unchanged` or `failed`, and what was found in it."""

    row: Row
    outcome: str
    script: ScriptId | None = None
    pack: str = ""
    document: Mapping[str, Any] | None = None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


class _Present:
    """What is there already: published scripts and their packs, and drafts."""

    def __init__(self, admin: Admin) -> None:
        pointers = list(all_pages(admin.shelf, pointer_key("")))
        self._published = {int(key): (p["pack"], e["version"]) for p in pointers for key, e in p["scripts"].items()}
        self._drafts = {d["id"]: d for d in all_pages(admin.shelf, draft_key()) if not d.get("gone")}
        self._admin = admin

    def pack(self, script: ScriptId | None) -> str:
        """Return the pack of a script; empty if no pack has it."""
        if script in self._published:
            return str(self._published[script][0])
        return str(self._drafts.get(script, {}).get("pack", ""))

    def published(self, script: ScriptId | None) -> Mapping[str, Any] | None:
        """Return the published document of a script."""
        if script is None or script not in self._published:
            return None
        pack, version = self._published[script]
        stored = PublishedCatalogue(pack, self._admin.shelf, self._admin.kept).document(script, version)
        document: Mapping[str, Any] = stored["script"]
        return document

    def draft(self, script: ScriptId | None) -> Document | None:
        """Return the stored draft of a script."""
        return self._drafts.get(script)


def judge(rows: Iterable[Row], pack: str, admin: Admin, *, drafts: bool) -> list[Judged]:
    """Judge every row, and write nothing; `pack` is for scripts that name none and that no pack has.

    `drafts`: the rows are to become drafts, so another person's draft is in the way. Raises InvalidRequest
    (`too_many_scripts`).
    """
    found = _in_bounds(rows)
    present, seen = _Present(admin), set[ScriptId]()
    judged = []
    for row in found:
        one = _judged(row, pack, present, admin if drafts else None)
        if one.script in seen and not row.faults:
            one = _refused(one, Fault("problem.id", "id_twice", (("found", str(one.script)),)))
        if one.script is not None and one.outcome != FAILED:
            seen.add(one.script)
        judged.append(one)
        if admin.progress:
            admin.progress(len(judged) / len(found))
    return judged


def _in_bounds(rows: Iterable[Row]) -> list[Row]:
    """Read the rows, and no more than an import may have; raises InvalidRequest for too many and for none."""
    found = list(islice(rows, MOST_SCRIPTS + 1))
    if len(found) > MOST_SCRIPTS:
        raise InvalidRequest(code="too_many_scripts", limit=MOST_SCRIPTS)
    if not found:
        raise InvalidRequest(code="empty_body")
    return found


def counted(judged: Iterable[Judged]) -> dict[str, int]:
    """Return how many rows had each outcome."""
    counts = Counter(one.outcome for one in judged)
    return {outcome: counts[outcome] for outcome in (CREATED, CHANGED, UNCHANGED, FAILED)}


def save_drafts(judged: Iterable[Judged], admin: Admin, save: Any) -> Iterator[Judged]:
    """Keep what is new or changed as drafts with `save(document, pack, admin)`; yield what became of each row."""
    for one in judged:
        if one.outcome not in (CREATED, CHANGED):
            yield one
            continue
        try:
            save(one.document, one.pack, admin)
        except Stale:
            yield _refused(one, Fault("", "other_draft"))
        else:
            yield one


def to_publish(judged: Iterable[Judged]) -> tuple[str, dict[ScriptId, dict[str, Any]]]:
    """Return the pack and the documents of one publish, nothing if nothing changed.

    Raises InvalidRequest if a row failed, or the scripts are not all of one pack: a publish moves one catalogue.
    """
    wanted = [one for one in judged if one.outcome != UNCHANGED]
    if any(one.outcome == FAILED for one in wanted):
        raise InvalidRequest("a row failed")
    packs = sorted({one.pack for one in wanted})
    if len(packs) > 1:
        raise InvalidRequest(faults=[Fault("pack", "several_packs", (("found", ", ".join(packs)),))])
    documents = {one.script: dict(one.document or {}) for one in wanted if one.script is not None}
    return (packs[0] if packs else ""), documents


def _judged(row: Row, pack: str, present: _Present, drafter: Admin | None) -> Judged:
    """Judge one row; `drafter` is who wants to keep it as a draft, if that is what is wanted."""
    one = Judged(row, CREATED)
    if row.faults:
        return _refused(replace(one, script=script_id(row.key)), *row.faults)
    try:
        document, strange = _document(row, present)
    except OwnFault as fault:
        return _refused(one, Fault(".".join(fault.at), fault.code, fault.facts))
    one = replace(one, warnings=tuple(Finding("warning", f.path, f.code, f.facts) for f in strange))
    try:
        script = check_script(document)
    except InvalidRequest as error:  # a strange key may be what another fault misses: "mesage"
        return _refused(replace(one, script=_id_of(row, document)), *error.faults)
    there = present.pack(script)
    one = replace(one, script=script, pack=document.get("pack") or there or pack, document=document)
    if there and there != one.pack:
        return _refused(one, Fault("pack", "other_pack", (("found", there),)))
    return _compared(one, present, drafter)


def _compared(one: Judged, present: _Present, drafter: Admin | None) -> Judged:
    """Say what a whole document changes; lint looks at what does change."""
    published = present.published(one.script)
    draft = present.draft(one.script) if drafter else None
    known = [checksum_of(published)] if published is not None else []
    known += [draft["checksum"]] if draft else []
    if checksum_of(one.document) in known:
        return replace(one, outcome=UNCHANGED)
    if drafter and draft and draft["person"] != drafter.person:
        return _refused(one, Fault("", "other_draft"))
    return _linted(replace(one, outcome=CHANGED if known else CREATED))


def _linted(one: Judged) -> Judged:
    found = lint(one.document)
    errors = tuple(finding for finding in found if finding.level == ERROR)
    doubts = tuple(finding for finding in found if finding.level != ERROR)
    return replace(one, outcome=FAILED if errors else one.outcome, errors=errors, warnings=one.warnings + doubts)


def _document(row: Row, present: _Present) -> tuple[Any, list[Fault]]:
    """Return a row's whole document, and the keys that were dropped. Raises OwnFault if it cannot be one."""
    known = present.published(script_id(row.key)) if row.key else None
    if row.examples:
        if known is None:
            raise OwnFault("no_such_script", "problem", "id", found=row.key)
        return with_examples(known, row.examples), []
    if row.cells:
        return overlaid(row.cells, known), []
    if fault := misshapen(row.document):
        raise OwnFault(fault.code, **dict(fault.facts))
    return fitting(unwrapped(row.document))


def _id_of(row: Row, document: Any) -> ScriptId | None:
    """Return the id of a document that is wrong elsewhere, for whoever looks for it."""
    problem = document.get("problem") if isinstance(document, dict) else None
    found = problem.get("id") if isinstance(problem, dict) else row.key
    return script_id(str(found))


def _refused(one: Judged, *faults: Fault) -> Judged:
    errors = tuple(Finding(ERROR, fault.path, fault.code, fault.facts) for fault in faults)
    return replace(one, outcome=FAILED, errors=one.errors + errors)
