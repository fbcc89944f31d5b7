"""Matching side by side: tier 1 and its peers on the same rows. Prints a Markdown table, writes dated JSON.

Run `python benchmarks/matching.py [FOLDER]` with `requirements/bench.txt` installed; FOLDER (or ROTEIRO_BENCH_DATA)
holds the public English sets. The Portuguese set of this repository is always measured.
"""

import argparse
import csv
import json
import os
import sys
import time
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matching_peers import PEERS, Peer

from roteiro.matching.compiling import compile_index
from roteiro.matching.evaluating import auroc, calibration_error, evaluate, to_entries
from roteiro.matching.index import read_index

HERE = Path(__file__).parent
Row = tuple[str, str]

LARGE = 100  # from here a figure needs no decimals
COLUMNS = (
    "accuracy", "top3", "in_scope_accuracy", "oos_recall", "oos_auroc", "ece", "accuracy_auto", "coverage_auto",
    "fit_seconds", "query_ms_p50", "query_ms_p99", "load_ms", "memory_mb", "artifact_bytes",
)  # fmt: skip


class Task(NamedTuple):
    """One train and test file; the name is what the table shows."""

    name: str
    folder: Path | None
    train: str
    test: str


def tasks(data: Path | None) -> list[Task]:
    """The Portuguese set, and the public English ones where their folder is known."""
    found = [Task("Portuguese 10-shot", HERE / "data", "pt_train.csv", "pt_test.csv")]
    if data is None:
        print("!!! ROTEIRO_BENCH_DATA is not set: the public English sets are NOT measured !!!", file=sys.stderr)
        return found
    english = [
        ("BANKING77 titles only", "banking77_10shot.csv", "banking77_fewshot_test.csv"),
        ("BANKING77 5-shot", "banking77_5shot.csv", "banking77_fewshot_test.csv"),
        ("BANKING77 10-shot", "banking77_10shot.csv", "banking77_fewshot_test.csv"),
        ("CLINC150 5-shot", "clinc150_5shot.csv", "clinc150_test_with_oos.csv"),
        ("CLINC150 10-shot", "clinc150_10shot.csv", "clinc150_test_with_oos.csv"),
        ("CLINC150 30-shot", "clinc150_30shot.csv", "clinc150_test_with_oos.csv"),
    ]
    return found + [Task(name, data, train, test) for name, train, test in english]


def rows(task: Task, name: str) -> list[Row]:
    """The rows of one file."""
    with (task.folder / name).open(encoding="utf-8", newline="") as lines:
        return [(line["script"], line["text"]) for line in csv.DictReader(lines)]


def measure_tier_1(train: Sequence[Row], test: Sequence[Row]) -> dict[str, float | None]:
    """What `roteiro evaluate` says, and the time and memory of loading."""
    result = dict(evaluate(train, test, titles=True, now=time.perf_counter))
    del result["predictions"]
    artifact = compile_index(to_entries(train, titles=True)[0])
    began = time.perf_counter()
    read_index(artifact)
    result["load_ms"] = 1000 * (time.perf_counter() - began)
    tracemalloc.start()
    index = read_index(artifact)
    for _, text in test[:1000]:
        index.rank(text)
    result["memory_mb"] = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return result


def measure_peer(name: str, train: Sequence[Row], test: Sequence[Row]) -> dict[str, float | None]:
    """A peer has no policy of its own: it refuses below the score that keeps 95 % of the training rows' folds."""
    began = time.perf_counter()
    peer = PEERS[name](train)
    fit_seconds = time.perf_counter() - began
    threshold = refusal(name, train)
    asked = [ask(peer, text) for _, text in test]
    own = [(row[0], one) for row, one in zip(test, asked, strict=True) if row[0]]
    strangers = [one for row, one in zip(test, asked, strict=True) if not row[0]]
    times = sorted(one.milliseconds for one in asked)
    right = [script == one.top[0] for script, one in own]
    return {
        "accuracy": float(np.mean(right)),
        "top3": float(np.mean([script in one.top for script, one in own])),
        "in_scope_accuracy": float(np.mean([script == one.top[0] and one.score >= threshold for script, one in own])),
        "oos_recall": float(np.mean([one.score < threshold for one in strangers])) if strangers else None,
        "oos_auroc": auroc([one.score for _, one in own], [one.score for one in strangers]),
        "ece": calibration_error([(one.score, good) for (_, one), good in zip(own, right, strict=True)])
        if own[0][1].is_chance
        else None,
        "fit_seconds": fit_seconds,
        "query_ms_p50": times[len(times) // 2],
        "query_ms_p99": times[len(times) * 99 // 100],
        "artifact_bytes": peer.size(),
    }


class Asked(NamedTuple):
    """A peer's answer to one message."""

    top: tuple[str, ...]
    score: float
    is_chance: bool
    milliseconds: float


def ask(peer: Peer, text: str) -> Asked:
    """Ask one peer about one message."""
    began = time.perf_counter()
    values, are_chances = peer.scores(text)
    best = np.argsort(-values, kind="stable")[:3]
    took = 1000 * (time.perf_counter() - began)
    return Asked(tuple(peer.scripts[place] for place in best), float(values[best[0]]), are_chances, took)


def refusal(name: str, train: Sequence[Row]) -> float:
    """The score that 95 % of held-out training rows reach, over five folds."""
    if not any(text for _, text in train):
        return 0.0
    scores = []
    for fold in range(5):
        peer = PEERS[name]([row for number, row in enumerate(train) if number % 5 != fold])
        scores += [ask(peer, text).score for number, (_, text) in enumerate(train) if number % 5 == fold]
    return float(np.quantile(scores, 0.05))


def table(results: dict[str, dict[str, dict[str, float | None]]]) -> str:
    """One Markdown table per task."""
    lines = []
    for task, methods in results.items():
        lines += ["", f"### {task}", "", "| method | " + " | ".join(COLUMNS) + " |", "|---|" + "---:|" * len(COLUMNS)]
        lines += [
            f"| {name} | " + " | ".join(shown(figures.get(key)) for key in COLUMNS) + " |"
            for name, figures in methods.items()
        ]
    return "\n".join(lines)


def shown(figure: float | None) -> str:
    """A figure as the table shows it."""
    if figure is None:
        return ""
    return f"{figure:.3f}" if isinstance(figure, float) and figure < LARGE else f"{figure:,.0f}"


def main() -> None:
    """Measure every method on every task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=os.environ.get("ROTEIRO_BENCH_DATA"))
    parser.add_argument("--only", default="", help="measure the tasks whose name contains this")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True, help="measure the others too")
    arguments = parser.parse_args()
    results: dict[str, dict[str, dict[str, float | None]]] = {}
    for task in tasks(Path(arguments.data) if arguments.data else None):
        if arguments.only not in task.name:
            continue
        train, test = rows(task, task.train), rows(task, task.test)
        if "titles only" in task.name:
            train = [(script, "") for script in sorted({script for script, _ in train})]
        methods = results.setdefault(task.name, {})
        for name in PEERS if arguments.peers else ():
            print(f"{task.name}: {name}", file=sys.stderr)
            methods[name] = measure_peer(name, train, test)
        print(f"{task.name}: tier 1", file=sys.stderr)
        methods["**Roteiro tier 1**"] = measure_tier_1(train, test)
    print(table(results))
    now = datetime.now(UTC)
    place = HERE / "results" / f"matching-{now:%Y-%m-%d}.json"
    place.parent.mkdir(exist_ok=True)
    if place.exists():  # what the same day measured before stays
        earlier = json.loads(place.read_text(encoding="utf-8"))["results"]
        results = earlier | {task: earlier.get(task, {}) | methods for task, methods in results.items()}
    place.write_text(
        json.dumps({"measured_at": now.isoformat(), "results": results}, indent=1) + "\n", encoding="utf-8"
    )
    print(f"written: {place.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
