"""Two hundred streams on one process, over real sockets. Prints a Markdown table, writes dated JSON.

Run `python benchmarks/streams.py`. The server is the product as `roteiro run` starts it, over a SQLite file. Its peers,
in the same run and on the same server, are a bare Flask generator that says as many events of the same size, and one
that only passes on what a model says, through the same client. Callers and the model are processes of their own on the
same machine. "Held open" is a model that goes on speaking for two seconds, so that all streams are open together.
"""

import asyncio
import json
import multiprocessing
import os
import platform
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "shared")]

from roteiro.domain.ids import ScriptId  # noqa: E402 - found by the line above
from roteiro.stores.sqlite import SqliteStore  # noqa: E402
from roteiro.usecases.published import Kept  # noqa: E402
from roteiro.usecases.publishing import Admin, Plan, change  # noqa: E402
from roteiro.wiring import SystemClock  # noqa: E402
from tests.model_server import running_model  # noqa: E402
from tests.server import Server, free_port  # noqa: E402

STREAMS = 200
SPREADS_S = (0, 2, 5)  # seconds within which all of them come in
ROUNDS = 2  # of each case; the figures are of all of them together
GOAL_MS = 300  # until the first chunk
PACK = "balcao"
DIRECT = "Mostre anomalias do MEC em 2024"  # to the pack of public contracts: reads the sample, tells what stands out
WORD_S = 0.02  # between two words of the model; its first sentence has four and leaves with the fifth: 100 ms
HELD_S = 0.25  # between two words of a model that goes on speaking, after its first sentence
FIRST_WORDS = 5  # the first sentence and the word that lets it leave
FEW = 16  # threads of a server whose streams never wait for anybody
NO_SETTINGS: Mapping[str, str] = {}
COMMITS = 100  # of a plain SQLite file, to tell what the disk of this machine costs
MODEL_TEXT = "Sinto muito por isso. Vamos resolver juntos, com calma. Quando foi mesmo o acidente?"
SCRIPT = {
    "problem": {"id": 101, "description": "Sinistro: o cliente sofreu um acidente."},
    "script": [
        {
            "step": 1,
            "message": "Sinto muito pelo acidente. Quando foi? Pode ser “ontem” ou uma data.",
            "llm": "rephrase",
        },
        {"step": 2, "message": "Pronto."},
    ],
    "match": {"examples": ["bati o carro", "sofri um acidente", "tive uma batida"]},
}
_SHOWN = {"p50": 0.5, "p95": 0.95, "max": 1.0}
PEER = """
import json, flask
def app(request):
    def events():
        for kind in ("start", "detecting", "intent", "agent_selected", "chunk", "chunk", "chunk", "complete"):
            yield "data: " + json.dumps({"type": kind, "content": "x" * 120}) + "\\n\\n"
    return flask.Response(events(), content_type="text/event-stream")
"""
RELAY = """
import json, os, flask, openai
client = openai.OpenAI(base_url=os.environ["OPENAI_BASE_URL"], api_key="none", max_retries=0)
def app(request):
    asked = [{"role": "user", "content": flask.request.get_json()["message"]}]
    def events():
        yield "data: " + json.dumps({"type": "start"}) + "\\n\\n"
        with client.chat.completions.create(model="tiny", messages=asked, stream=True) as words:
            for word in words:
                if word.choices and word.choices[0].delta.content:
                    yield "data: " + json.dumps({"type": "chunk", "content": word.choices[0].delta.content}) + "\\n\\n"
        yield "data: " + json.dumps({"type": "complete"}) + "\\n\\n"
    return flask.Response(events(), content_type="text/event-stream")
"""


class Stream(NamedTuple):
    """One stream as its caller saw it, in seconds from its request: first event, first chunk, end."""

    first: float
    chunk: float
    end: float
    is_whole: bool


async def heard(port: int, delay: float, message: str) -> Stream:
    """Ask for one stream and read it to its end."""
    await asyncio.sleep(delay)
    body = json.dumps({"message": message}).encode()
    head = f"POST /api/v1/chat/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
    first = chunk = 0.0
    kinds = []
    while line := await reader.readline():
        if not line.startswith(b"data: "):
            continue
        now = time.perf_counter() - began
        kinds.append(json.loads(line[6:])["type"])
        first = first or now
        chunk = chunk or (now if kinds[-1] == "chunk" else 0.0)
    writer.close()
    is_whole = kinds[:1] == ["start"] and kinds[-1:] == ["complete"] and "chunk" in kinds
    return Stream(first, chunk, time.perf_counter() - began, is_whole)


async def crowd(port: int, spread_s: int, message: str) -> list[Stream]:
    """Let all callers in, at once or one after the other."""
    delays = [spread_s * number / STREAMS for number in range(STREAMS)]
    answers = await asyncio.gather(*(heard(port, delay, message) for delay in delays), return_exceptions=True)
    return [one if isinstance(one, Stream) else Stream(0, 0, 0, is_whole=False) for one in answers]


def row(streams: Sequence[Stream]) -> dict[str, Any]:
    """Return the figures of a case, in milliseconds."""
    whole = [one for one in streams if one.is_whole]
    figures: dict[str, Any] = {"streams": len(streams), "failed": len(streams) - len(whole)}
    for name in ("first", "chunk", "end"):
        times = sorted(getattr(one, name) * 1000 for one in whole) or [0.0]
        for label, share in _SHOWN.items():
            figures[f"{name}_{label}_ms"] = round(times[min(len(times) - 1, int(len(times) * share))], 1)
    return figures


def prepared(place: Path) -> None:
    """Write a pack of one script into a database."""
    store = SqliteStore(str(place))
    store.prepare()
    change(PACK, Admin(store, Kept(), SystemClock(), "bench"), Plan({ScriptId(101): SCRIPT}))
    store.close()


@contextmanager
def product(folder: Path, threads: int = STREAMS + 20, settings: Mapping[str, str] = NO_SETTINGS) -> Iterator[int]:
    """Run the product; give its port."""
    place = folder / "roteiro.db"
    prepared(place)
    given = {"THREADS": str(threads), "ROTEIRO_PACK_CHAT": PACK, "ROTEIRO_PACK_FRONT": PACK, **settings}
    with Server(f"sqlite:///{place}", folder, **given) as server:
        yield server.port


@contextmanager
def peer(folder: Path, code: str, **settings: str) -> Iterator[int]:
    """Run a bare generator on the same server; give its port."""
    port = free_port()
    (folder / "main.py").write_text(code)
    command = [sys.executable, "-m", "functions_framework", "--target", "app", "--port", str(port)]
    with (folder / "peer.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--host", "127.0.0.1"],
            cwd=folder,
            env=os.environ | {"THREADS": str(STREAMS + 20)} | settings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        asyncio.run(_listens(port))
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


async def _listens(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError("the peer did not start")


def measured(port: int, message: str = "bati o carro") -> dict[str, Any]:
    """Return the figures of each way to come in, after one stream that warms up."""
    asyncio.run(heard(port, 0, message))
    figures = {}
    for spread in SPREADS_S:
        name = f"within {spread} s" if spread else "at once"
        streams = [one for _ in range(ROUNDS) for one in asyncio.run(crowd(port, spread, message))]
        figures[name] = row(streams)
    return figures


def _paced(_: int) -> bool:
    time.sleep(WORD_S)
    return True


def _held(word: int) -> bool:
    time.sleep(WORD_S if word <= FIRST_WORDS else HELD_S)
    return True


def speak(url: "multiprocessing.Queue[str]", pace: Callable[[int], bool]) -> None:
    """Be the model, until the process is ended."""
    with running_model() as model:
        model.mode, model.text = "spoken", MODEL_TEXT
        model.between = pace
        url.put(model.url)
        time.sleep(3600)


@contextmanager
def speaking(pace: Callable[[int], bool]) -> Iterator[str]:
    """Run a model that speaks word by word; give its address."""
    context = multiprocessing.get_context("spawn")
    urls = context.Queue()
    process = context.Process(target=speak, args=(urls, pace), daemon=True)
    process.start()
    try:
        yield urls.get(timeout=60)
    finally:
        process.terminate()
        process.join()


def with_model(folder: Path, pace: Callable[[int], bool] = _paced) -> dict[str, Any]:
    """Measure the product with a model that speaks word by word."""
    caps = {f"ROTEIRO_MODEL_TOKENS_PER_{span}": "0" for span in ("CONVERSATION", "DAY", "MONTH")}
    with speaking(pace) as url:
        settings = {"OPENAI_BASE_URL": url, "ROTEIRO_MODEL": "tiny", **caps}
        with product(folder, settings=settings) as port:
            return measured(port)


def relayed(folder: Path, pace: Callable[[int], bool] = _paced) -> dict[str, Any]:
    """Measure the peer that passes on what the model says."""
    with speaking(pace) as url, peer(folder, RELAY, OPENAI_BASE_URL=url) as port:
        return measured(port)


def without_model(folder: Path, threads: int = STREAMS + 20) -> dict[str, Any]:
    """Measure the product as it is without any setting but its threads."""
    with product(folder, threads) as port:
        return measured(port)


def direct(folder: Path) -> dict[str, Any]:
    """Measure a question that reads contracts."""
    with product(folder, FEW, {"ROTEIRO_PACK_CHAT": "transparencia"}) as port:
        return measured(port, DIRECT)


def bare(folder: Path) -> dict[str, Any]:
    """Measure the peer that only speaks."""
    with peer(folder, PEER) as port:
        return measured(port)


def commit_ms() -> float:
    """Return what one commit of 2 kB takes on this disk, in milliseconds."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "disk.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE kept (body TEXT)")
        for _ in range(COMMITS):
            began = time.perf_counter()
            connection.execute("INSERT INTO kept VALUES (?)", ("x" * 2000,))
            times.append(time.perf_counter() - began)
        connection.close()
    return round(statistics.median(times) * 1000, 2)


def print_rows(name: str, ways: Mapping[str, Mapping[str, Any]]) -> None:
    """Print a case's part of the table."""
    for way, one in ways.items():
        first, chunk = (" / ".join(f"{one[f'{what}_{p}_ms']:.0f}" for p in _SHOWN) for what in ("first", "chunk"))
        print(f"| {name} | {way} | {one['failed']} of {one['streams']} | {first} | {chunk} | {one['end_p95_ms']:.0f} |")


def main() -> None:
    """Measure all cases; print the table and write the figures."""
    cases: dict[str, Callable[[Path], dict[str, Any]]] = {
        "peer: bare generator": bare,
        f"script alone, {FEW} threads": partial(without_model, threads=FEW),
        f"script alone, {STREAMS + 20} threads": without_model,
        f"contracts read, {FEW} threads": direct,
        "peer: model passed on": relayed,
        "model, word by word": with_model,
        "peer: model passed on, held open": partial(relayed, pace=_held),
        "model, held open": partial(with_model, pace=_held),
    }
    results = {}
    print("| what | come in | failed | first event p50 / p95 / max | first chunk p50 / p95 / max | end p95 |")
    print("|---|---|---:|---:|---:|---:|")
    for name, case in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            results[name] = case(Path(folder))
        print_rows(name, results[name])
    at = datetime.now(UTC)
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    report = {"at": at.isoformat(timespec="seconds"), "machine": machine | {"commit_ms": commit_ms()}, **results}
    place = HERE / "results" / f"streams-{at:%Y-%m-%d}.json"
    place.write_text(json.dumps({"goal_first_chunk_ms": GOAL_MS, **report}, indent=1) + "\n")


if __name__ == "__main__":
    main()
