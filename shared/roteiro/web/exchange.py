"""Import and export over HTTP: files of scripts in, with a verdict on every row; files of scripts out."""

import re
from collections.abc import Sequence
from typing import Any

from roteiro.domain.authoring.linting import Finding, sentence
from roteiro.domain.authoring.rows import LARGEST_IMPORT
from roteiro.domain.authoring.sheets import column_of, left_out
from roteiro.domain.ids import ScriptId
from roteiro.errors import InvalidRequest, NotAllowed
from roteiro.usecases.drafts import save_draft
from roteiro.usecases.exporting import published_scripts
from roteiro.usecases.importing import Judged, counted, judge, save_drafts, to_publish
from roteiro.usecases.lifecycle import publish_together
from roteiro.usecases.publishing import Admin
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity import Scope
from roteiro.web.reading import read_file
from roteiro.web.reports import told
from roteiro.web.script_calls import admin_of

__all__ = ["export_scripts", "import_scripts"]

_FORMS = re.compile("json|yaml|csv")
_MODES = re.compile("draft|publish")
_SWITCH = re.compile("[01]")
_PACK = re.compile("[a-z0-9-]{1,60}")
_IDS = re.compile(r"(?:[1-9][0-9]{0,8}(?:,|\Z)){0,1000}")
_TYPES = {
    "json": "application/json; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
# What browsers and tools call the three formats; a file of another type is read as `format` says, else as JSON.
_FORM_OF = {
    "text/csv": "csv",
    "application/vnd.ms-excel": "csv",  # a browser's name for .csv where Excel is installed
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
}


def import_scripts(call: Call, house: House) -> Reply:
    """Judge a file of scripts row by row, then keep good rows as drafts, or publish all of them or none."""
    mode, is_dry = call.query("mode", _MODES, "draft"), call.query("dry_run", _SWITCH, "0") == "1"
    if mode == "publish" and (call.staff is None or Scope.SCRIPTS_PUBLISH not in call.staff.scopes):
        raise NotAllowed(code="forbidden")
    content, kind = read_file(call.request, LARGEST_IMPORT)
    rows = house.formats.read(content, call.query("format", _FORMS, _FORM_OF.get(kind, "json")))
    pack, admin = call.query("pack", _PACK, house.pack_front()), admin_of(call, house)
    judged = judge(rows, pack, admin, drafts=mode == "draft")
    if mode == "publish":
        return Reply(_published(judged, call, house, admin, is_dry=is_dry))
    if not is_dry:
        judged = list(save_drafts(judged, admin, save_draft))
    return Reply(_answer(judged, call.locale, is_dry=is_dry))


def export_scripts(call: Call, house: House) -> Reply:
    """Send published scripts as a file; the header `Roteiro-Left-Out` names the keys that a CSV cannot hold."""
    form, pack = call.query("format", _FORMS, "json"), call.request.args.get("pack", "")
    ids = {ScriptId(int(number)) for number in call.query("ids", _IDS, "").split(",") if number}
    documents = published_scripts(house.shelf, house.kept, pack=pack, ids=ids)
    headers = {"Content-Disposition": f'attachment; filename="roteiros.{form}"', "Cache-Control": "no-store"}
    if form == "csv" and (lost := sorted({key for document in documents for key in left_out(document)})):
        headers["Roteiro-Left-Out"] = ", ".join(lost)
    return Reply(house.formats.write(documents, form), headers=headers, content_type=_TYPES[form])


def _published(judged: Sequence[Judged], call: Call, house: House, admin: Admin, *, is_dry: bool) -> dict[str, Any]:
    """Publish every row or none; raises InvalidRequest with the whole verdict if a row failed."""
    answer = _answer(judged, call.locale, is_dry=is_dry)
    if answer["failed"] and is_dry:
        return answer
    if answer["failed"]:
        raise InvalidRequest("a row failed", report=answer)
    pack, documents = to_publish(judged)
    conditions = house.conditions(admin)
    if documents and is_dry:
        answer["report"] = told(conditions.gate(pack, documents).as_json(), call.locale)
    elif documents:
        done = publish_together(documents, pack, admin, conditions)
        answer |= {"catalogue_revision": f"r{done.revision}", "report": told(done.report.as_json(), call.locale)}
    return answer


def _answer(judged: Sequence[Judged], locale: str, *, is_dry: bool) -> dict[str, Any]:
    return {"dry_run": is_dry, **counted(judged), "rows": [_row(one, locale) for one in judged]}


def _row(one: Judged, locale: str) -> dict[str, Any]:
    return {
        "row": one.row.number,
        "line": one.row.line,
        "id": one.script,
        "ok": not one.errors,
        "outcome": one.outcome,
        "errors": [_found(one, finding, locale) for finding in one.errors],
        "warnings": [_found(one, finding, locale) for finding in one.warnings],
    }


def _found(one: Judged, finding: Finding, locale: str) -> dict[str, Any]:
    return {
        "path": finding.path,
        "line": one.row.line_of(finding.path),
        "column": (column_of(finding.path) or None) if one.row.cells else None,
        "code": finding.code,
        "message": sentence(finding.code, finding.facts, locale),
    }
