"""The one order in which a script's keys are written: as the schema lists them, so that equal scripts read alike."""

from functools import cache
from typing import Any

from roteiro.domain.authoring.checking import script_schema

__all__ = ["in_order"]


def in_order(document: Any) -> Any:
    """Return a checked script with its keys in the schema's order; names that authors choose are sorted."""
    schema = _schema()
    return _ordered(document, schema, schema["$defs"])


@cache
def _schema() -> dict[str, Any]:
    return script_schema()


def _ordered(value: Any, schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    known = _fitting(value, schema, parts)
    if isinstance(value, list):
        return [_ordered(item, known.get("items", {}), parts) for item in value]
    if not isinstance(value, dict):
        return value
    listed = known.get("properties", {})
    others = next(iter(known.get("patternProperties", {}).values()), known.get("additionalProperties")) or {}
    names = [*(name for name in listed if name in value), *sorted(set(value) - set(listed), key=_by_name)]
    return {name: _ordered(value[name], listed.get(name, others), parts) for name in names}


def _by_name(name: str) -> tuple[bool, str]:
    """Sort by name, but what a test says stands before what it expects."""
    return name != "say", name


def _fitting(value: Any, schema: Any, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value without references and choices: of several forms the one of its kind."""
    if not isinstance(schema, dict):  # "anything goes"
        return {}
    if "$ref" in schema:
        return _fitting(value, parts[schema["$ref"].rpartition("/")[2]], parts)
    kind = "object" if isinstance(value, dict) else "array"
    forms = [_fitting(value, form, parts) for form in schema.get("anyOf", ())]
    return next((form for form in forms if form.get("type") == kind), {}) if forms else schema
