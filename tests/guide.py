"""The examples of docs/chat-api.md: its fenced blocks, what each says that comes out, and its `curl` lines run."""

import json
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.harness import ROOT

PAGE = ROOT / "docs" / "chat-api.md"
HOST = "http://localhost:8080"  # as the page calls its server
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STATUS = re.compile(r"^# (\d{3})$", re.MULTILINE)
_VALUE = re.compile(r"; // (.+)\n\Z")
_SAVED = re.compile(r" -o (\S+)")
_FACTS = {"session_token": "TOKEN", "protocol": "NUMBER", "protocol_key": "KEY"}
_FILES = {"application/pdf": "REPORT", "text/csv": "TABLE", "application/json": "DATA"}
_BASH = "/bin/bash"
_CURL = "curl() { command curl --max-time 20 -w '%{stderr}%{http_code}' \"$@\"; }\n"


class Block(NamedTuple):
    """One fenced block: its language, its text, the line that it begins on, the JSON sample that follows a `curl`."""

    language: str
    text: str
    line: int
    sample: Any = None

    @property
    def name(self) -> str:
        """Return what a test is called: `sh-62` begins on line 62."""
        return f"{self.language}-{self.line}"

    @property
    def stated(self) -> Any:
        """Return what the block says: a status, the value of its last line, or None where it says nothing."""
        if self.language == "sh":
            return int(_STATUS.findall(self.text)[-1])
        told = _VALUE.search(self.text)
        return json.loads(told[1]) if told else None


class Got(NamedTuple):
    """What came back from a `curl`, also what it saved."""

    status: int
    body: bytes


@cache
def blocks(*languages: str) -> Sequence[Block]:
    """Return the page's blocks of some languages, in order."""
    page = PAGE.read_text("utf-8")
    found = [Block(one[1], one[2], page.count("\n", 0, one.start()) + 2) for one in _FENCE.finditer(page)]
    following = [*found[1:], Block("", "", 0)]
    return [
        block._replace(sample=json.loads(after.text) if after.language == "json" else None)
        for block, after in zip(found, following, strict=True)
        if block.language in languages
    ]


class Shell:
    """Runs the page's `curl` blocks one after another, and remembers the values that later ones use."""

    def __init__(self, address: str, folder: Path, id_token: str) -> None:
        self._address = address
        self._folder = folder
        self._values = {"PATH": "/usr/local/bin:/usr/bin:/bin", "API": address, "ID_TOKEN": id_token}

    def run(self, block: Block) -> Got:
        """Run one block; raises AssertionError if it cannot be run at all."""
        script = _CURL + block.text.replace(HOST, self._address)
        done = subprocess.run(  # the page's own text is what we want to run
            [_BASH, "-c", script], cwd=self._folder, env=self._values, capture_output=True, timeout=30, check=False
        )
        assert done.returncode == 0, f"line {block.line}: {done.stderr.decode()}"
        saved = _SAVED.search(block.text)
        body = (self._folder / saved[1]).read_bytes() if saved else done.stdout
        self._remember(body)
        return Got(int(done.stderr[-3:]), body)

    def _remember(self, body: bytes) -> None:
        answer = json.loads(body) if body.startswith(b'{"') else {}
        if "session_token" in answer:  # the first is the page's $SESSION, the one of the login its $OWN
            self._values["OWN" if "SESSION" in self._values else "SESSION"] = answer["session_id"]
        self._values |= {name: answer[field] for field, name in _FACTS.items() if field in answer}
        self._values |= {_FILES[link["type"].partition(";")[0]]: link["href"] for link in answer.get("links", ())}


def is_part(sample: Any, answer: Any) -> bool:
    """Say whether an answer has all that a sample shows: the same keys and types; values may differ."""
    if isinstance(sample, dict):
        return isinstance(answer, dict) and all(
            name in answer and is_part(value, answer[name]) for name, value in sample.items()
        )
    if isinstance(sample, list):
        return isinstance(answer, list) and all(map(is_part, sample, answer)) and len(sample) <= len(answer)
    return sample is None or answer is None or type(sample) is type(answer)
