"""The pages: the chat page at /, its modules, the API reference; strict CSP, no foreign host."""

import hashlib
import html
import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from werkzeug.security import safe_join

from roteiro.errors import NotFound
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["chat_page", "front_file", "openapi_json", "reference", "to_reference"]

_HTML = "text/html; charset=utf-8"
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000",
}
_CACHED = {"Cache-Control": "public, max-age=300"}
_LONGEST_NAME = 100  # of our own files by far; file systems refuse names above 255 bytes with an error
_SERVED = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


def chat_page(_: Call, house: House) -> Reply:
    """Return the chat page."""
    return _file(house.policy.frontend / "demo" / "page.html")


def front_file(call: Call, house: House) -> Reply:
    """Return a module or style sheet of the front end; raises NotFound for anything else."""
    joined = safe_join(str(house.policy.frontend), call.path["file"])
    if joined is None:
        raise NotFound(code="route_not_found")
    return _file(Path(joined))


def openapi_json(call: Call, _: House) -> Reply:
    """Return the OpenAPI document of all three functions; 304 for a copy that is still right."""
    tag = _openapi_tag()
    headers = _CACHED | {"ETag": f'"{tag}"'}
    if call.request.if_none_match.contains_weak(tag):
        return Reply(b"", HTTPStatus.NOT_MODIFIED, headers)
    return Reply(_openapi(), headers=headers)


def to_reference(_: Call, __: House) -> Reply:
    """Send readers of /api/ to the reference."""
    return Reply("", 307, {"Location": "/docs/"}, _HTML)


def reference(_: Call, __: House) -> Reply:
    """Return the API reference as a plain page, made from the OpenAPI document."""
    rows = [
        f"<tr><td>{method.upper()}</td><td><code>{html.escape(path)}</code></td>"
        f"<td>{html.escape(operation['summary'])}</td><td>{html.escape(operation['x-allow'])}</td>"
        f"<td>{html.escape(', '.join(sorted(operation['responses'])))}</td></tr>"
        for path, operations in _openapi()["paths"].items()
        for method, operation in operations.items()
    ]
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Roteiro: HTTP API</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head><body>'
        '<h1>Roteiro: HTTP API</h1><p>The whole contract: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>'
        "<table><thead><tr><th>Method</th><th>Path</th><th>What it does</th><th>Who</th><th>Answers</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></body></html>"
    )
    return Reply(page, headers=_PAGE_HEADERS | _CACHED, content_type=_HTML)


@cache
def _openapi_tag() -> str:
    return hashlib.sha256(json.dumps(_openapi(), sort_keys=True).encode()).hexdigest()[:32]


@cache
def _openapi() -> dict[str, Any]:
    path = Path(__file__).with_name("openapi.json")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def _file(path: Path) -> Reply:
    kind = _SERVED.get(path.suffix)
    if kind is None or len(path.name) > _LONGEST_NAME or not path.is_file():
        raise NotFound(code="route_not_found")
    content_type = f"{kind}; charset=utf-8"
    headers = _PAGE_HEADERS | {"Cache-Control": "no-cache"} if kind == "text/html" else _CACHED
    return Reply(path.read_text("utf-8"), headers=headers, content_type=content_type)
