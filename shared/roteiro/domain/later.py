"""Parts of a script that its format documents and this version does not know yet: they are no slip of the author's."""

import re
from typing import Any

from roteiro.errors import Fault

__all__ = ["or_not_yet"]

# Paths, and the value that is meant; None: any. They come with actions, records and lists of entities.
_LATER = (
    (re.compile(r"script\.[0-9]+\.action"), None),
    (re.compile(r"script\.[0-9]+\.kind"), "action"),
    (re.compile(r"slots\.[^.]+\.list"), None),
    (re.compile(r"slots\.[^.]+\.type"), "entity"),
    (re.compile(r"completion\.record"), None),
)


def or_not_yet(fault: Fault, document: Any) -> Fault:
    """Return a fault, or in its place that what stands there is for a later version."""
    for path, meant in _LATER:
        if path.fullmatch(fault.path) and meant in (None, _at(document, fault.path)):
            return Fault(fault.path, "not_yet")
    return fault


def _at(document: Any, path: str) -> Any:
    for name in path.split("."):
        document = document[int(name)] if isinstance(document, list) else document[name]
    return document
