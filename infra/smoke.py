"""Ask three deployed functions what a customer, a page and an admin would ask, and stop the release on a wrong answer.

Standard library only: it runs in a bare Python image. `SMOKE_ADMIN_KEY` holds an API key with the scope scripts:read.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message

REQUEST_S = 15.0  # longer than a cold start and a whole turn (6 s) together
RUN_S = 180.0  # the release waits for this run: a hanging function must not hold it
LOST_TURNS = 3  # answers a script may ask to repeat before its end counts as unreachable
OPENING = "Bati o carro ontem na BR-101"  # starts script 101 of the pack seguros
FOREIGN_ORIGIN = "https://not-listed.invalid"


class WrongAnswerError(Exception):
    """A function answered, but not what the contract promises."""


@dataclass(frozen=True)
class Reply:
    """What came back: the status, the headers by lower-case name, the body as bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    def json(self) -> dict[str, object]:
        """Return the body as a JSON object; raises WrongAnswerError if it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise WrongAnswerError(f"expected a JSON object, found {self.body[:80]!r}")
        return value


Ask = Callable[..., Reply]  # ask(method, url, body=None, **headers)


@dataclass(frozen=True)
class Release:
    """What is tried: three base URLs, one page's origin, an admin's key, and how to ask."""

    chat: str
    match: str
    scripts: str
    origin: str
    admin_key: str
    ask: Ask

    @property
    def functions(self) -> dict[str, str]:
        """Base URLs by function name."""
        return {"chat": self.chat, "match": self.match, "scripts": self.scripts}


def over_http(run_s: float = RUN_S) -> Ask:
    """Return an `ask` that waits REQUEST_S seconds for one answer and `run_s` for all of them."""
    end = time.monotonic() + run_s

    def ask(method: str, url: str, body: object = None, **headers: str) -> Reply:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"the whole run took longer than {run_s:.0f} s")
        data = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if data else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, data, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=min(REQUEST_S, left)) as answer:
                return Reply(answer.status, _lower(answer.headers), answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Reply(refused.code, _lower(refused.headers), refused.read())

    return ask


def health(release: Release) -> str:
    """Every function is up and is the one it should be."""
    alone = len(set(release.functions.values())) > 1  # one base URL for all: the local process with everything in it
    for name, base in release.functions.items():
        found = _expect(release.ask("GET", f"{base}/health"), 200).json()
        if found.get("status") != "healthy" or (alone and found.get("function") != name):
            raise WrongAnswerError(f"{base}/health: expected a healthy {name}, found {found}")
    return ", ".join(release.functions)


def ready(release: Release) -> str:
    """Every function reaches the store, and scripts are published in it."""
    for base in release.functions.values():
        found = _expect(release.ask("GET", f"{base}/ready"), 200).json()
        if found.get("status") != "ready":
            raise WrongAnswerError(f"{base}/ready: expected ready, found {found}")
    return f"catalogue {found.get('catalogue_revision')}"


def conversation(release: Release) -> str:
    """A customer opens a conversation, is matched to a script and walks it to its end."""
    opened = _expect(release.ask("POST", f"{release.chat}/initial-message", {"message": "Verificação"}), 200)
    token = opened.headers.get("roteiro-token", "")
    if not token or not opened.json().get("Session"):
        raise WrongAnswerError("/initial-message: expected a Session and the header Roteiro-Token")
    steps = _steps(_say(release, token, OPENING))
    for turn in range(1, steps + LOST_TURNS):
        if _say(release, token, "ok").get("is_final_step") == "True":
            return f"a script of {steps} steps ended after {turn + 1} turns"
    raise WrongAnswerError(f"/chat: a script of {steps} steps has not ended after {steps + LOST_TURNS} turns")


def preflight(release: Release) -> str:
    """The page's browser may call, a stranger's page may not."""
    for origin, allowed in ((release.origin, True), (FOREIGN_ORIGIN, False)):
        asked = {"Origin": origin, "Access_Control_Request_Method": "POST"}
        reply = release.ask("OPTIONS", f"{release.chat}/initial-message", **asked)
        found = reply.headers.get("access-control-allow-origin")
        if (found == origin) is not allowed or found == "*":
            raise WrongAnswerError(f"{origin} should be {'allowed' if allowed else 'refused'}, found {found!r}")
    return release.origin


def admin(release: Release) -> str:
    """The scripts are closed to nobody in particular and open to an admin's key."""
    url = f"{release.scripts}/api/v1/script?limit=1"
    _expect(release.ask("GET", url), 401)
    _expect(release.ask("GET", url, Authorization=f"Bearer {release.admin_key}"), 200)
    return "refused without a key, allowed with it"


CHECKS = (health, ready, conversation, preflight, admin)


def run(release: Release) -> int:
    """Run every check, print a line for each, and return how many failed."""
    failed = 0
    for check in CHECKS:
        begun = time.monotonic()
        try:
            said = f"ok      {check.__name__}: {check(release)}"
        except (WrongAnswerError, OSError) as error:
            failed += 1
            said = f"FAILED  {check.__name__}: {error}"
        print(f"{said} ({time.monotonic() - begun:.1f} s)", flush=True)
    return failed


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments, try the release, and return the exit code: 0 all well, 1 a check failed, 2 wrong use."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("chat", "match", "scripts"):
        parser.add_argument(name, type=_base_url, help=f"base URL of the function {name}")
    parser.add_argument("--origin", default="http://localhost:8080", help="origin of a page that may call the API")
    given = parser.parse_args(arguments)
    admin_key = os.environ.get("SMOKE_ADMIN_KEY", "")
    if not admin_key:
        parser.error("SMOKE_ADMIN_KEY is not set: it holds an API key with the scope scripts:read")
    failed = run(Release(given.chat, given.match, given.scripts, given.origin, admin_key, over_http()))
    print(f"smoke: {len(CHECKS) - failed} of {len(CHECKS)} checks passed")
    return min(failed, 1)


def _say(release: Release, token: str, text: str) -> dict[str, object]:
    body = {"message": text, "client_message_id": uuid.uuid4().hex}
    return _expect(release.ask("POST", f"{release.chat}/chat", body, Authorization=f"Bearer {token}"), 200).json()


def _steps(answer: Mapping[str, object]) -> int:
    steps = answer.get("steps")
    if not isinstance(steps, int) or steps < 1:
        raise WrongAnswerError(f"/chat: {OPENING!r} should start a script, found {answer}")
    return steps


def _expect(reply: Reply, status: int) -> Reply:
    if reply.status != status:
        raise WrongAnswerError(f"expected status {status}, found {reply.status} {reply.body[:160]!r}")
    return reply


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _base_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text!r} is no http(s) URL")
    return text.rstrip("/")


if __name__ == "__main__":
    sys.exit(main())
