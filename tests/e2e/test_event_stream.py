"""The stream in a real Chromium, read by the guide's own reader: blanks kept, breaks and refusals survived."""

import json
import shutil
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from tests.e2e.console import Console
from tests.e2e.pages import Answering, once
from tests.functions.streaming import PACK, SENTENCES, WORDED, publish
from tests.guide import HOST, blocks
from tests.model_server import ModelServer, running_model
from tests.server import Server

pytestmark = pytest.mark.browser

STREAM = "**/api/v1/chat/stream"
ANOMALIES = "Mostre anomalias do ministério da educação em 2024"
FIRST_WORDS = 7  # of the model, by which its first sentence has left
OWN = """
const waits = [];
const texts = [];
const types = [];
const stop = new AbortController();
function pause(seconds) { waits.push(seconds); }
async function until(isSo) {
  for (const end = Date.now() + 10_000; !(await isSo()); await new Promise((done) => setTimeout(done, 20))) {
    if (Date.now() > end) throw new Error(`in vain: ${isSo}`);
  }
}
function note(event, text) { types.push(event.type); texts.push(text); }
async function told(words) {
  const heard = await hear(words, { on: note, signal: stop.signal }).catch((error) => ({ thrown: error }));
  const { name, code, fields } = heard.thrown ?? {};
  return { last: heard, name, code, fields, types, texts, waits };
}
"""
BYTE_BY_BYTE = """
const bytes = new TextEncoder().encode(STREAM);
const send = (to) => { bytes.forEach((one) => to.enqueue(Uint8Array.of(one))); to.close(); };
const source = new ReadableStream({ start: send });
await readEvents(source, note);
texts.at(-1);
"""
ANSWERED = """
const total = async () => (await (await fetch(`${CHAT}/history/SESSION`)).json()).total_messages;
await until(async () => await total() === 2);
"""
Told = dict[str, Any]


@pytest.fixture(scope="module")
def speaking() -> Iterator[ModelServer]:
    with running_model() as server:
        yield server


@pytest.fixture(scope="module")
def live(speaking: ModelServer, both_packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with a model, and a pack whose first step the model may word."""
    folder = tmp_path_factory.mktemp("live")
    database = folder / "roteiro.db"
    shutil.copy(both_packs, database)
    model = {"ROTEIRO_MODEL": "tiny", "OPENAI_BASE_URL": speaking.url}
    with Server(f"sqlite:///{database}", folder, **model) as server:
        publish(database)
        yield server


@pytest.fixture
def model(speaking: ModelServer) -> ModelServer:
    """The model, which says its words as soon as it is asked."""
    speaking.mode, speaking.text, speaking.between = "spoken", WORDED, lambda _: True
    return speaking


@pytest.fixture
def gate(model: ModelServer) -> Iterator[threading.Event]:
    """What the model waits for after its first sentence."""
    opened = threading.Event()
    model.between = lambda number: number < FIRST_WORDS or opened.wait(5)
    yield opened
    opened.set()


@pytest.fixture
def console(browser: Browser, live: Server) -> Iterator[Console]:
    """A page with the guide's reader in it, which does not really wait between two tries."""
    with Console.opened(browser, live.url) as opened:
        for block in blocks("js"):
            if block.stated is None:
                opened.run(block.text.replace(HOST, live.url))
        opened.run(OWN)
        yield opened


def say(console: Console, message: str, **more: str) -> Told:
    told: Told = console.run(f"await told({json.dumps({'message': message, **more})})")
    return told


def begin(console: Console) -> str:
    """Say something that the model words; return the session once its first sentence is shown, and no more."""
    session = str(uuid.uuid4())
    words = {"message": "bati o carro", "pack": PACK, "session_id": session}
    console.run(f"globalThis.turn = told({json.dumps(words)}); 0")
    console.run("await until(() => texts.at(-1))")
    return session


def lose(route: Route) -> None:
    """Let the server answer, and let nothing of it arrive."""
    route.fetch()
    route.abort()


def halve(route: Route) -> None:
    """Let half of the answer arrive."""
    answer = route.fetch()
    whole = answer.body()
    route.fulfill(response=answer, body=whole[: len(whole) // 2])


def frames(*events: Told) -> str:
    return "".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events)


def ending(code: str, **more: int) -> Answering:
    body = frames(
        {"type": "chunk", "content": "Só um "}, {"type": "error", "code": code, "message": "Não deu.", **more}
    )
    return lambda route: route.fulfill(status=200, content_type="text/event-stream", body=body)


def refusing(status: int, code: str, **more: int) -> Answering:
    return lambda route: route.fulfill(status=status, json={"code": code, "message": "Espere.", **more})


def history(console: Console, session: str) -> list[str]:
    messages = console.run(f"(await (await fetch(`${{CHAT}}/history/{session}`)).json()).messages")
    return [message["content"] for message in messages]


def test_blanks_and_line_breaks_arrive_as_they_are_stored(console: Console) -> None:
    told = say(console, ANOMALIES)

    assert told["texts"][-1] == told["last"]["message"]
    assert "\n\n" in told["texts"][-1]
    assert history(console, told["last"]["session_id"]) == [ANOMALIES, told["texts"][-1]]


def test_letters_that_are_cut_on_their_way_are_put_together_again(console: Console) -> None:
    stream = ": ok\n\n" + frames({"type": "chunk", "content": "  Ação:\n\n"}, {"type": "chunk", "content": "• nº 1 👍"})
    stream += frames({"type": "complete"})

    shown = console.run(BYTE_BY_BYTE.replace("STREAM", json.dumps(stream)))

    assert shown == "  Ação:\n\n• nº 1 👍"


@pytest.mark.parametrize("fate", [lose, halve])
def test_an_answer_lost_on_its_way_is_asked_for_again_and_the_message_counts_once(
    console: Console, fate: Answering
) -> None:
    console.page.route(STREAM, once(fate))

    told = say(console, ANOMALIES)

    assert (told["last"]["replayed"], told["waits"]) == (True, [1])
    assert history(console, told["last"]["session_id"]) == [ANOMALIES, told["last"]["message"]]
    assert told["texts"][-1] == told["last"]["message"]


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        (ending("busy", retry_after=3), 3),
        (ending("turn_in_progress"), 1),
        (refusing(202, "turn_in_progress"), 1),
        (refusing(429, "rate_limited", retry_after=7), 7),
        (refusing(503, "store_unavailable", retry_after=2), 2),
        (lambda route: route.fulfill(status=502, body="<html>gateway</html>"), 1),
    ],
    ids=["busy at the end", "under way, at the end", "under way", "too many", "store away", "a gateway's page"],
)
def test_what_passes_is_tried_again_after_the_time_that_was_told(
    console: Console, answer: Answering, wait: int
) -> None:
    console.page.route(STREAM, once(answer))

    told = say(console, ANOMALIES)

    assert told["waits"] == [wait]
    assert told["texts"][-1] == told["last"]["message"]


@pytest.mark.parametrize("answer", [ending("internal"), refusing(404, "session_not_found")], ids=["bug", "gone"])
def test_what_stays_wrong_is_not_tried_again(console: Console, answer: Answering) -> None:
    console.page.route(STREAM, answer)

    told = say(console, ANOMALIES)

    assert told["code"] in ("internal", "session_not_found")
    assert told["waits"] == []


def test_a_connection_that_stays_lost_is_given_up_after_four_tries(console: Console) -> None:
    console.page.route(STREAM, lambda route: route.abort())

    told = say(console, ANOMALIES)

    assert (told["name"], told["waits"]) == ("TypeError", [1, 2, 3])


def test_a_blank_message_is_refused_before_the_stream_with_its_field(console: Console) -> None:
    told = say(console, "   ")

    assert (told["code"], told["fields"][0]["path"]) == ("invalid", "message")
    assert told["types"] == []


def test_a_sentence_is_on_the_page_before_the_model_says_its_last(console: Console, gate: threading.Event) -> None:
    begin(console)
    shown = console.run("texts.at(-1)")

    gate.set()

    assert shown == SENTENCES[0]
    assert console.run("(await turn).texts.at(-1)") == WORDED


def test_a_page_that_stops_listening_finds_the_whole_answer_stored(console: Console, gate: threading.Event) -> None:
    session = begin(console)

    console.run("stop.abort()")
    told = console.run("await turn")
    gate.set()
    console.run(ANSWERED.replace("SESSION", session))

    assert (told["name"], told["waits"], told["texts"][-1]) == ("AbortError", [], SENTENCES[0])
    assert history(console, session) == ["bati o carro", WORDED]


def test_what_is_erased_while_it_is_said_is_taken_back_on_the_page(console: Console, gate: threading.Event) -> None:
    session = begin(console)

    console.run(f"await fetch(`${{CHAT}}/erase`, post({{ session_id: '{session}' }}))")
    gate.set()
    told = console.run("await turn")

    assert told["types"][-2:] == ["chunk", "replace"]
    assert (told["code"], told["waits"]) == ("session_not_found", [])
    assert SENTENCES[0] not in told["texts"][-1]
