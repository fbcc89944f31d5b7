"""The OpenAPI 3.1 document, made from the route table: what is not a route is not in it, and the other way round."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from roteiro.domain.authoring.checking import ScriptDocument
from roteiro.domain.texts import text
from roteiro.web.answers import status_of
from roteiro.web.identity import Scope
from roteiro.web.routes import Route
from roteiro.web.schemas import Refusal

__all__ = ["openapi"]

_REFERENCE = "#/components/schemas/{model}"
_PARAMETER = re.compile(r"<(?:path:)?(\w+)>")
# What any route may answer besides its own refusals.
_ALWAYS = ("route_not_found", "internal", "store_unavailable")
_WITH_BODY = ("bad_json", "empty_body", "invalid", "body_too_large", "unsupported_media_type")
_FILES = ("application/json", "application/yaml", "text/csv")  # what an import reads, as its body or in a form
_STAFF = ("credential_required", "token_invalid", "forbidden")


def openapi(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """Return the document for routes, in their order."""
    routes = list(routes)
    spoken = [model for route in routes for model in (route.body, route.answer) if model]
    models: set[type[BaseModel]] = {*spoken, Refusal, ScriptDocument}
    ordered: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (model, "validation") for model in sorted(models, key=lambda model: model.__name__)
    ]
    _, schemas = models_json_schema(ordered, ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        path = _PARAMETER.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Roteiro", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "Session or ID token, API or admin key"},
                "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-roteiro"},
            },
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', route.path.lower()).strip('_') or 'page'}",
        "summary": route.summary,
        "x-allow": route.allow.value,
        "security": _security(route),
        "responses": _responses(route),
    }
    if names := _PARAMETER.findall(route.path):
        operation["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
        ]
    if route.document == "File":
        shapes = {kind: {"schema": {"type": "string"}} for kind in (*_FILES, "multipart/form-data")}
        operation["requestBody"] = {"required": True, "content": shapes}
    elif body := _body_schema(route):
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.allow is Scope.PUBLIC:
        return []
    return [{"bearer": []}, {"cookie": []}] if route.allow is Scope.GUEST else [{"bearer": []}, {"apiKey": []}]


def _body_schema(route: Route) -> dict[str, Any] | None:
    script = {"$ref": _REFERENCE.format(model=ScriptDocument.__name__)}
    if route.document == "Script":
        return script
    if route.document == "Scripts":
        return {"type": "array", "minItems": 1, "maxItems": 500, "items": script}
    return _ref(route.body) if route.body else None


def _responses(route: Route) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done"}
    if route.answer:
        success["content"] = {"application/json": {"schema": _ref(route.answer)}}
    if route.produces:
        success["content"] = {route.produces: {"schema": {"type": "string"}}}
    codes = [*_ALWAYS, *route.codes]
    codes += _WITH_BODY if route.body or route.document else ()
    codes += _STAFF if route.is_staff else ()
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(status_of(code, route.family), []).append(code)
    refusals = {str(status): _refusals(by_status[status]) for status in sorted(by_status)}
    return {"307" if route.path == "/api/" else "200": success, **refusals}


def _refusals(codes: list[str]) -> dict[str, Any]:
    sentences = "; ".join(f"`{code}`: {text(f'error.{code}', 'en')}" for code in codes)
    return {"description": sentences, "content": {"application/json": {"schema": _ref(Refusal)}}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model.__name__)}
