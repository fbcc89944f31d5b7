"""The only reader of the environment: one frozen object, built once at start, wrong values refused all together."""

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from roteiro.errors import InvalidSetting
from roteiro.settings.checks import contradictions
from roteiro.settings.converting import convert, read_hook_keys
from roteiro.settings.table import HookKey, Secret, Settings

__all__ = ["HookKey", "Secret", "Settings", "environment_of_server", "read_settings", "with_env_file"]


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environ` (default: the process's, and `.env` beside it in local runs).

    Raises InvalidSetting with every problem in one message.
    """
    given = dict(with_env_file(os.environ) if environ is None else environ)
    if given.get("ENV") == "dev" and "K_SERVICE" not in given:  # the first seed's compose file sets it
        given.setdefault("ROTEIRO_ENV", "local")
    problems: list[str] = []
    kinds = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for one in fields(Settings):
        raw = given.get(one.metadata["name"], "").strip()
        if raw:
            values[one.name] = convert(one.metadata, kinds[one.name], raw, problems)
    values["hook_keys"] = read_hook_keys(given, problems)
    settings = Settings(**{name: value for name, value in values.items() if value is not None})
    problems += contradictions(settings, given)
    if problems:
        raise InvalidSetting("\n".join(problems))
    return settings


def environment_of_server(settings: Settings) -> dict[str, str]:
    """Return the environment in which `roteiro run` starts the server: this one, and what was decided meanwhile."""
    decided = {
        "THREADS": str(settings.threads),
        "ROTEIRO_ADMIN_KEY": settings.admin_key.reveal(),
        "ROTEIRO_DEVELOPMENT_KEYS": settings.development_keys,
    }
    return dict(os.environ) | decided


def with_env_file(environ: Mapping[str, str], path: Path = Path(".env")) -> dict[str, str]:
    """Add the `NAME=value` lines of a local `.env` to the environment, which wins; production reads no such file."""
    given = dict(environ)
    if given.get("ROTEIRO_ENV", "local") != "local" or "K_SERVICE" in given or not path.is_file():
        return given
    for line in path.read_text("utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            given.setdefault(name.strip(), value.strip().strip("\"'"))
    return given
