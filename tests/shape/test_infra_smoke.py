"""The release's smoke run: it passes a good release and notices each way in which one can be bad."""

from collections.abc import Callable

import pytest

from infra import smoke
from infra.smoke import Release, Reply

ORIGIN = "https://pages.example"
KEY = "an-admin-key-of-24-characters"


def _json(**body: object) -> Reply:
    return Reply(200, {}, repr(body).replace("'", '"').encode())


class GoodRelease:
    """Three functions that answer as promised, but for the one question that `broken` answers in their place."""

    def __init__(self, broken: dict[str, Reply] | None = None) -> None:
        self.broken = broken or {}
        self.turns = 0

    def ask(self, method: str, url: str, body: object = None, **headers: str) -> Reply:
        function, _, path = url.removeprefix("https://").partition("/")
        self.turns += path == "chat"
        allowed = {"access-control-allow-origin": ORIGIN} if headers.get("Origin") == ORIGIN else {}
        right = {
            "GET health": _json(status="healthy", function=function),
            "GET ready": _json(status="ready", catalogue_revision="r1"),
            "POST initial-message": Reply(200, {"roteiro-token": "rt1.x.y"}, b'{"answer": "Oi", "Session": "s"}'),
            "POST chat": _json(answer="Certo.", steps=7, is_final_step=str(self.turns >= 7)),
            "OPTIONS initial-message": Reply(204, allowed),
            "GET api/v1/script?limit=1": Reply(200 if headers.get("Authorization") == f"Bearer {KEY}" else 401, {}),
        }
        question = f"{method} {path}"
        return self.broken.get(question, right[question])


def _release(ask: Callable[..., Reply]) -> Release:
    return Release("https://chat", "https://match", "https://scripts", ORIGIN, KEY, ask)


def test_a_good_release_passes_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    failed = smoke.run(_release(GoodRelease().ask))

    assert failed == 0
    assert "a script of 7 steps ended after 7 turns" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "wrong_answer", "check"),
    [
        ("GET health", _json(status="healthy", function="scripts"), "health"),
        ("GET health", Reply(200, {}, b"<html>"), "health"),
        ("GET ready", Reply(503, {}), "ready"),
        ("GET ready", _json(status="loading"), "ready"),
        ("POST initial-message", _json(answer="Oi", Session="s"), "conversation"),
        ("POST chat", _json(answer="Não entendi.", steps=0, is_final_step="False"), "conversation"),
        ("POST chat", _json(answer="Certo.", steps=7, is_final_step="False"), "conversation"),
        ("POST chat", Reply(500, {}), "conversation"),
        ("OPTIONS initial-message", Reply(204, {}), "preflight"),
        ("OPTIONS initial-message", Reply(204, {"access-control-allow-origin": "*"}), "preflight"),
        ("OPTIONS initial-message", Reply(204, {"access-control-allow-origin": smoke.FOREIGN_ORIGIN}), "preflight"),
        ("GET api/v1/script?limit=1", _json(items=""), "admin"),
        ("GET api/v1/script?limit=1", Reply(401, {}), "admin"),
    ],
)
def test_one_wrong_answer_fails_the_check_that_asked_for_it(
    question: str, wrong_answer: Reply, check: str, capsys: pytest.CaptureFixture[str]
) -> None:
    release = _release(GoodRelease({question: wrong_answer}).ask)

    failed = smoke.run(release)

    assert failed == 1
    assert f"FAILED  {check}:" in capsys.readouterr().out


def test_a_preflight_that_lets_every_page_in_fails() -> None:
    def echo(_method: str, _url: str, **headers: str) -> Reply:
        return Reply(204, {"access-control-allow-origin": headers["Origin"]})

    with pytest.raises(smoke.WrongAnswerError, match="should be refused"):
        smoke.preflight(_release(echo))


def test_functions_that_nobody_answers_for_stop_the_release(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMOKE_ADMIN_KEY", KEY)

    code = smoke.main(["http://127.0.0.1:9"] * 3)

    assert code == 1
    assert capsys.readouterr().out.count("FAILED") == len(smoke.CHECKS)


def test_the_smoke_run_gives_up_when_its_time_is_over() -> None:
    ask = smoke.over_http(run_s=0)

    with pytest.raises(TimeoutError, match="the whole run"):
        ask("GET", "http://127.0.0.1:9/health")


@pytest.mark.parametrize(("key", "url"), [("", "https://chat"), (KEY, "chat.example")])
def test_a_smoke_run_without_a_key_or_a_url_says_how_it_is_used(
    key: str, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMOKE_ADMIN_KEY", key)

    with pytest.raises(SystemExit) as left:
        smoke.main([url] * 3)

    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err
