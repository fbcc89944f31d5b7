"""Reports as files: the address that a reply carries, and the route behind it."""

import re
from datetime import UTC, datetime, timedelta

from roteiro.domain.conversation import FileLink
from roteiro.domain.papers.filenames import FILE_NAME, checked_name
from roteiro.domain.papers.signed_links import is_signed, signature
from roteiro.errors import NotFound
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["report_data", "report_file", "report_link", "report_table"]

_PURPOSE = "report"
_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
_PLACE = "/api/v1/chat/reports/"
_LIFE = timedelta(hours=24)
_DIRECT_S = 900  # seconds that a bucket's own address lives; nobody can take it back, so no longer than a download
_UNTIL = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{43}")


def report_link(name: str, call: Call, house: House) -> FileLink:
    """Return the address of a stored report, for 24 hours; absolute if it is known how we are called."""
    until = int((house.clock.now() + _LIFE).timestamp())
    proof = signature(house.tokens.derived(_PURPOSE)[0], checked_name(name), until)
    base = house.policy.public_url or (call.request.host_url.rstrip("/") if house.policy.is_local else "")
    href = f"{base}{_PLACE}{name}?exp={until}&sig={proof}"
    form = name.rpartition(".")[2]
    return FileLink("report" if form == "pdf" else "data", href, _TYPES[form], datetime.fromtimestamp(until, UTC))


def report_file(call: Call, house: House) -> Reply:
    """Return a report, or send its reader to the bucket; raises NotFound for an address that we did not give out."""
    return _file("pdf", call, house)


def report_table(call: Call, house: House) -> Reply:
    """Return a report's findings as CSV, in the same way."""
    return _file("csv", call, house)


def report_data(call: Call, house: House) -> Reply:
    """Return a report's findings as JSON, in the same way."""
    return _file("json", call, house)


def _file(form: str, call: Call, house: House) -> Reply:
    name = f"{call.path['name']}.{form}"
    if not _is_ours(name, call, house):
        raise NotFound
    files = house.files()
    if elsewhere := files.link(name, _DIRECT_S):
        return Reply("", 302, {"Location": elsewhere})
    content = files.get(name)
    if content is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(content, headers=headers, content_type=_TYPES[form])


def _is_ours(name: str, call: Call, house: House) -> bool:
    until, proof = call.request.args.get("exp", ""), call.request.args.get("sig", "")
    if not (FILE_NAME.fullmatch(name) and _UNTIL.fullmatch(until) and _SIGNATURE.fullmatch(proof)):
        return False
    if house.clock.now().timestamp() >= int(until):
        return False
    return is_signed(house.tokens.derived(_PURPOSE), name, int(until), proof)
