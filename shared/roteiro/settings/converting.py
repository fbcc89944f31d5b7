"""From the text of a variable to the value of a setting; each problem is one sentence that names the remedy."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from roteiro.settings.table import HookKey, Secret

__all__ = ["convert", "read_hook_keys"]

_HOOK = "ROTEIRO_HOOK_"
_HOOK_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_HOOK_KEY_BYTES = range(24, 65)  # source: standardwebhooks.com, "between 24 bytes and 64 bytes"


def convert(metadata: Mapping[str, Any], kind: object, raw: str, problems: list[str]) -> object:
    """Return a setting's value as its own kind, None beside a new problem."""
    name, choices = metadata["name"], metadata["choices"]
    if choices and raw not in choices:
        problems.append(f"{name} is {raw!r}: use one of {', '.join(c for c in choices if c)}.")
        return None
    if kind is int or kind is float:
        return _number(metadata, kind, raw, problems)
    if kind is Secret:
        return Secret(raw)
    if kind in (tuple[str, ...], tuple[Secret, ...]):
        make = Secret if kind == tuple[Secret, ...] else str
        return tuple(map(make, _parts(raw)))
    return raw


def _number(metadata: Mapping[str, Any], kind: type, raw: str, problems: list[str]) -> object:
    name, largest = metadata["name"], metadata["largest"]
    try:
        value = kind(raw)
    except ValueError:
        problems.append(f"{name} is {raw!r}: use a number.")
        return None
    if not 0 <= value <= largest:
        problems.append(f"{name} is {raw}: use a number from 0 to {largest}.")
        return None
    return value


def _parts(raw: str) -> list[str]:
    """Return what stands between the commas."""
    return [part.strip() for part in raw.split(",") if part.strip()]


def read_hook_keys(given: Mapping[str, str], problems: list[str]) -> tuple[HookKey, ...]:
    """Read ROTEIRO_HOOK_<NAME> for every name there is; a wrong secret is never shown."""
    found = []
    for variable in sorted(name for name in given if name.startswith(_HOOK) and given[name].strip()):
        name = variable.removeprefix(_HOOK)
        secrets = tuple(map(Secret, _parts(given[variable])))
        if not _HOOK_NAME.fullmatch(name):
            problems.append(f"{variable} has no name that a script can say: use capitals, digits and underscores.")
        elif not secrets or not all(_signs(secret.reveal()) for secret in secrets):
            problems.append(f"{variable} holds no secret: use whsec_ and the output of `openssl rand -base64 32`.")
        found.append(HookKey(name, secrets))
    return tuple(found)


def _signs(secret: str) -> bool:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return False
    return secret.startswith("whsec_") and len(key) in _HOOK_KEY_BYTES
