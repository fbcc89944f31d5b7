"""The desk beside 500 waiting conversations and one of 2,000 events. Prints a Markdown table, writes dated JSON.

Run `python benchmarks/desk.py`. Each route is asked in process, through the functions themselves, over a SQLite file;
its peer in the same run is one plain read of the same rows. Every figure is of one process on one core.
"""

import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import functions_framework
from flask.testing import FlaskClient

from roteiro.domain.conversation import Candidate, Event, Kind, Owner, State, Status, refreshed
from roteiro.domain.desk.queue import head_after
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.protocol import issue
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.published import Kept
from roteiro.usecases.publishing import Admin, Plan, change

HERE = Path(__file__).parent
PACK = "seguros"
WAITING, LONG = 500, 2000
RUNS = 200
COLD = 5  # instances that answer their first request
BEGAN = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = "an-admin-key-of-the-benchmark"
SCRIPT = {
    "problem": {"id": 101, "description": "Sinistro: o cliente sofreu um acidente."},
    "script": [{"step": 1, "message": "Qual a placa?"}, {"step": 2, "message": "Pronto."}],
    "match": {"examples": ["bati o carro", "sofri um acidente"]},
}


class Clock:
    """A clock that stands where the conversations end."""

    def now(self) -> datetime:
        """Return the time."""
        return BEGAN + timedelta(hours=2)

    def sleep(self, seconds: float) -> None:
        """Wait for nobody."""


def filled(place: Path) -> str:
    """Write the conversations; return the id of the long one."""
    store = SqliteStore(str(place))
    change(PACK, Admin(store, Kept(), Clock(), "bench"), Plan({ScriptId(101): SCRIPT}))
    for number in range(WAITING):
        lived(store, number, 8)
    lived(store, WAITING, LONG)
    store.close()
    return f"c-{WAITING:06d}"


def lived(store: SqliteStore, number: int, events: int) -> None:
    """One conversation: a match, words, and from the middle on a person is awaited."""
    weighed = tuple(Candidate(ScriptId(100 + n), f"Assunto {n}", 1 / n, ("bati", "carro")) for n in (1, 2, 3))
    before: Event | None = None
    for seq in range(events):
        at = BEGAN + timedelta(seconds=number + seq)
        state = State(issue(BEGAN.date(), number), script=ScriptId(101), version=1, step=1, steps=2, count=seq)
        if seq >= events // 2:
            state = replace(state, status=Status.WAITING, owner=Owner.HUMAN, queue="padrao", reason="asked")
        event = Event(
            conversation=ConversationId(f"c-{number:06d}"),
            pack=PACK,
            seq=seq,
            at=at,
            by="customer",
            kind=Kind.TURN,
            state=refreshed(replace(state, waiting_since=before.state.waiting_since if before else None), at),
            write_id=f"{number}-{seq}",
            text=f"Mensagem {seq}: meu CPF é 529.982.247-25 e ainda espero uma resposta sobre o carro.",
            reply="Anotado." if seq < events // 2 else None,
            decision="match" if seq == 1 else "walk",
            candidates=weighed if seq == 1 else (),
        )
        store.append(event, head=head_after(event, before))
        before = event


def measure(place: Path, long: str) -> dict[str, dict[str, float]]:
    """Ask each route again and again, and read its rows plainly beside it."""
    os.environ |= {"ROTEIRO_DATABASE_URL": f"sqlite:///{place}", "ROTEIRO_ADMIN_KEY": KEY}
    client = functions_framework.create_app("match", str(HERE.parent / "main.py")).test_client()
    rows = sqlite3.connect(place)

    def heads(page: int) -> Callable[[], object]:
        query = "SELECT body FROM heads WHERE status = 'waiting' ORDER BY json_extract(body, '$.place') LIMIT ?"
        return lambda: [json.loads(body) for (body,) in rows.execute(query, (page,))]

    def window() -> object:
        query = "SELECT body FROM events WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 50"
        return [json.loads(body) for (body,) in rows.execute(query, (f"{long}:", f"{long};"))]

    tag = asked(client, "queue").headers["ETag"]
    cursor = asked(client, "queue").json["next_cursor"]
    conversation = f"conversations/{long}"
    open_too = f"queue?open={long}&after={LONG - 1}"
    open_tag = asked(client, open_too).headers["ETag"]
    instances = [fresh() for _ in range(COLD)]
    first = timed(lambda: asked(instances.pop(), "queue"), COLD)
    found = {
        "queue, 50 of 500, a cold instance": figures(first, heads(50)),
        "queue, 50 of 500": figures(timed(lambda: asked(client, "queue")), heads(50)),
        "queue, 100 of 500": figures(timed(lambda: asked(client, "queue?limit=100")), heads(100)),
        "queue, the next page": figures(timed(lambda: asked(client, f"queue?cursor={cursor}")), heads(50)),
        "poll, nothing new (304)": figures(timed(lambda: asked(client, "queue", tag)), heads(50)),
        "poll with an open conversation (304)": figures(timed(lambda: asked(client, open_too, open_tag)), heads(50)),
        "conversation, opened (audited)": figures(timed(lambda: asked(client, conversation)), window),
        "conversation, a page before": figures(timed(lambda: asked(client, f"{conversation}?before=1000")), window),
        "conversation, a page after": figures(timed(lambda: asked(client, f"{conversation}?after=500")), window),
    }
    rows.close()
    return found


def fresh() -> FlaskClient:
    """An instance that has kept nothing yet."""
    sys.modules.pop("functions.match.main", None)  # it holds what an instance keeps
    client: FlaskClient = functions_framework.create_app("match", str(HERE.parent / "main.py")).test_client()
    return client


def asked(client: FlaskClient, path: str, tag: str = "") -> Any:
    """Ask a route of the desk; a refusal stops the benchmark."""
    headers = {"X-API-Key": KEY} | ({"If-None-Match": tag} if tag else {})
    answer = client.get(f"/api/v1/desk/{path}", headers=headers)
    if answer.status_code != (304 if tag else 200):
        raise SystemExit(f"{path} answered {answer.status_code}")
    return answer


def timed(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Milliseconds of each run."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return times


def figures(times: list[float], peer: Callable[[], object]) -> dict[str, float]:
    """Median, 95th percentile, and how many plain reads of the same rows that is."""
    plain = statistics.median(timed(peer))
    return {
        "median_ms": statistics.median(times),
        "p95_ms": sorted(times)[int(len(times) * 0.95)],
        "plain_read_ms": plain,
        "ratio": statistics.median(times) / plain,
    }


def bytes_of_nothing_new() -> int:
    """Bytes of the answer to a poll when nothing is new, as they go over the wire."""
    client = fresh()
    answer = asked(client, "queue", asked(client, "queue").headers["ETag"])
    return len(f"HTTP/1.1 304 Not Modified\r\n{answer.headers}".encode() + answer.data)


def table(results: Mapping[str, Mapping[str, float]]) -> str:
    """A Markdown table."""
    names = list(next(iter(results.values())))
    lines = ["| request | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    return "\n".join(
        [
            *lines,
            *(f"| {name} | " + " | ".join(f"{x:.2f}" for x in row.values()) + " |" for name, row in results.items()),
        ]
    )


def main() -> None:
    """Measure and write down."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "desk.db"
        print(f"writing {WAITING} waiting conversations and one of {LONG} events", file=sys.stderr)
        results = measure(place, filled(place))
        bytes_304 = bytes_of_nothing_new()
    print(table(results))
    print(f"\n304: {bytes_304} bytes with all its headers")
    now = datetime.now(UTC)
    written = HERE / "results" / f"desk-{now:%Y-%m-%d}.json"
    told = {"measured_at": now.isoformat(), "results": results, "bytes_304": bytes_304}
    written.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(f"written: {written.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
