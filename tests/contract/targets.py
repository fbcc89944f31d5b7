"""The stores that the contract suite runs on, and the last line that says which of them did.

A pytest plugin: `tests/contract/conftest.py` loads it; under xdist `tests/conftest.py` must, for the line to appear.
"""

import os
import re

import pytest

__all__ = ["ALWAYS", "MONGO_URI", "REAL", "chosen_targets", "pytest_terminal_summary"]

ALWAYS = ("sqlite-file", "sqlite-memory", "mongomock", "nx27017")
REAL = "mongodb"
MONGO_URI = "ROTEIRO_TEST_MONGO_URI"
_REQUIRED = "ROTEIRO_REQUIRE_MONGO"
_TARGET = re.compile(rf"tests/contract/.*[\[-]({'|'.join([*ALWAYS, REAL])})[\]-]")


def chosen_targets() -> list[str]:
    """Return the targets to run: a real MongoDB when there is one, or when its absence must be seen."""
    promised = os.environ.get(MONGO_URI) or os.environ.get(_REQUIRED) == "1"
    return [*ALWAYS, REAL] if promised else list(ALWAYS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the targets that ran, so that nobody takes a stand-in for the server it stands for."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ())]
    called = [one.nodeid for one in reports if one.when == "call"]  # what broke before never ran
    found = {match[1] for nodeid in called if (match := _TARGET.search(nodeid))}
    if not found:
        return
    ran = [target for target in (*ALWAYS, REAL) if target in found]
    missing = [_reason(target) for target in (*ALWAYS, REAL) if target not in found]
    line = f"stores: {', '.join(ran)}"
    terminalreporter.write_line(f"{line}; not run: {', '.join(missing)}" if missing else line)


def _reason(target: str) -> str:
    return f"{target} ({MONGO_URI} is not set)" if target == REAL and not os.environ.get(MONGO_URI) else target
