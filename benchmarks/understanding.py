"""What customers mean: messages to the pack of public contracts, without a model. Prints tables, writes dated JSON.

Run `python benchmarks/understanding.py`. Every message is sent to POST /api/v1/chat/message in process, through the
function itself, over a SQLite file with the pack and its synthetic contracts; the time is that of the whole request.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

import functions_framework
import yaml
from flask.testing import FlaskClient

from roteiro.files.packs.folders import read_pack
from roteiro.settings import read_settings
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.contracts import import_contracts
from roteiro.usecases.publishing import Admin
from roteiro.wiring import SystemClock, open_house, open_ledger, open_tables

HERE = Path(__file__).parent
PACK = HERE.parent / "packs" / "transparencia"
SETS = {  # what each figure is worth: only a set that nobody has looked at says how strangers are understood
    "tuned to": "understanding.yaml",
    "tuned to later": "understanding_second.yaml",
    "own, misses seen": "understanding_fresh.yaml",
    "blind, then tuned to": "understanding_blind.yaml",
    "blind too, then tuned to": "understanding_blind_second.yaml",
    "blind, never tuned to": "understanding_blind_third.yaml",
}
NOTHING = "unknown"  # the intent of what no script handles
LINE = "|---|---:|---:|---:|---:|---:|---:|"
MOST_MS = 50.0  # 95th percentile that is asked for
SETTINGS = {
    "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE": "0",
    "ROTEIRO_LIMIT_SESSIONS_PER_MINUTE": "0",
}


class Heard(NamedTuple):
    """One message as it was understood."""

    kind: str
    said: str
    wanted: str
    got: str
    milliseconds: float
    also: str = ""  # an intent that is as fair as the wanted one

    @property
    def is_right(self) -> bool:
        """Whether the intent is an expected one."""
        return self.got in (self.wanted, self.also)


def served(place: Path) -> FlaskClient:
    """The function of customers over a database with the pack and the synthetic contracts."""
    os.environ |= {"ROTEIRO_DATABASE_URL": f"sqlite:///{place}", **SETTINGS}
    settings = read_settings()
    house, folder = open_house("bench", settings), read_pack(PACK)
    load_pack(folder.pack, folder.scripts, Admin(house.shelf, house.kept, house.clock, LOADER))
    tables = open_tables(sorted((PACK / "data").glob("*.csv")))
    import_contracts(tables, open_ledger(settings), SystemClock(), lambda _: None, lambda _: None)
    client: FlaskClient = functions_framework.create_app("chat", str(HERE.parent / "main.py")).test_client()
    say(client, "oi", {})  # the first request of an instance reads the index
    return client


def say(client: FlaskClient, message: str, session: dict[str, str]) -> tuple[str, float]:
    """Say something; return the intent and the milliseconds. `session` keeps the id between messages."""
    began = time.perf_counter()
    answer = client.post("/api/v1/chat/message", json={"message": message, **session})
    took = 1000 * (time.perf_counter() - began)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{message!r} was answered {answer.status_code}: {answer.text}")
    body: dict[str, Any] = answer.json or {}
    session["session_id"] = body["session_id"]
    return body["metadata"]["intent_type"], took


def heard(client: FlaskClient, row: Mapping[str, Any]) -> Heard:
    """Play one row in a conversation of its own."""
    session: dict[str, str] = {}
    for before in row.get("after", ()):
        say(client, before, session)
    got, took = say(client, row["say"], session)
    return Heard(row["kind"], row["say"], row["intent"], got, took, row.get("also", ""))


def figures(rows: Sequence[Heard]) -> dict[str, float]:
    """Right, those of them by the second intent, begun off topic, all, and the median and 95th percentile in ms."""
    times = sorted(row.milliseconds for row in rows)
    return {
        "right": sum(row.is_right for row in rows),
        "also": sum(row.is_right and row.got != row.wanted for row in rows),
        "off_topic": sum(row.wanted == NOTHING and not row.is_right for row in rows),
        "of": len(rows),
        "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
    }


def by_kind(rows: Sequence[Heard]) -> dict[str, dict[str, float]]:
    """The figures of each kind, in the file's order, and of all."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return {kind: figures([row for row in rows if row.kind == kind]) for kind in kinds} | {"all": figures(rows)}


def table(name: str, found: Mapping[str, Mapping[str, float]]) -> str:
    """One Markdown table."""
    lines = [f"### {name}", "", "| kind | right | by `also` | begun off topic | of | p50 ms | p95 ms |", LINE]
    lines += [
        f"| {kind} | " + " | ".join(f"{number:g}" for number in row.values()) + " |" for kind, row in found.items()
    ]
    return "\n".join(lines) + "\n"


def misheard(rows: Iterable[Heard]) -> list[dict[str, str]]:
    """What went otherwise, to look at."""
    return [{"say": row.said, "wanted": row.wanted, "got": row.got} for row in rows if not row.is_right]


def main() -> None:
    """Play every set and write down."""
    told: dict[str, Any] = {"measured_at": datetime.now(UTC).isoformat(), "sets": {}}
    with tempfile.TemporaryDirectory() as folder:
        print("publishing the pack and its synthetic contracts", file=sys.stderr)
        client = served(Path(folder) / "understanding.db")
        for name, file in SETS.items():
            messages = yaml.safe_load((HERE / "data" / file).read_text("utf-8"))
            rows = [heard(client, row) for row in messages]
            told["sets"][name] = {"file": file, "kinds": by_kind(rows), "misheard": misheard(rows)}
            print(table(f"{name}: {file}", told["sets"][name]["kinds"]))
            for row in misheard(rows):
                print(f"- {row['say']!r}: {row['got']}, not {row['wanted']}")
            print()
    slowest = max(one["kinds"]["all"]["p95_ms"] for one in told["sets"].values())
    print(f"p95 {slowest:g} ms, asked for {MOST_MS:g} ms: {'reached' if slowest <= MOST_MS else 'MISSED'}")
    written = HERE / "results" / f"understanding-{datetime.now(UTC):%Y-%m-%d}.json"
    written.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"written: {written.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
