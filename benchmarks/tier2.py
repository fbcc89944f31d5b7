"""Tier 2 for real: vectors over HTTP from an OpenAI-compatible server, fused with tier 1 as publishing and a turn do.

Start `embedding_server.py` (or name another with OPENAI_BASE_URL, OPENAI_API_KEY and ROTEIRO_EMBEDDING_MODEL), then
`python benchmarks/tier2.py [FOLDER]`; FOLDER (or ROTEIRO_BENCH_DATA) holds the public English sets.
"""

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from roteiro.matching.background import BACKGROUND
from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.matching.evaluating import auroc, calibration_error, to_entries
from roteiro.matching.fitting import fit_fusion, texts_to_embed
from roteiro.matching.fusion import WIDE, Fusion, is_unsure
from roteiro.matching.index import read_index
from roteiro.matching.ranking import MATCH, OUT_OF_SCOPE, Ranking
from roteiro.models.embeddings import OpenAIEmbedder
from roteiro.models.openai import Endpoint

HERE = Path(__file__).parent
PORTUGUESE = "Portuguese 10-shot"
TASKS = (
    (PORTUGUESE, "pt_train.csv", "pt_test.csv"),
    ("BANKING77 titles only", "banking77_10shot.csv", "banking77_fewshot_test.csv"),
    ("BANKING77 5-shot", "banking77_5shot.csv", "banking77_fewshot_test.csv"),
    ("BANKING77 10-shot", "banking77_10shot.csv", "banking77_fewshot_test.csv"),
    ("CLINC150 5-shot", "clinc150_5shot.csv", "clinc150_fewshot_test.csv"),
    ("CLINC150 10-shot", "clinc150_10shot.csv", "clinc150_fewshot_test.csv"),
    ("CLINC150 30-shot", "clinc150_30shot.csv", "clinc150_test_with_oos.csv"),
)
COLUMNS = (
    "accuracy", "top3", "in_scope_accuracy", "oos_recall", "oos_auroc", "ece", "accuracy_auto", "coverage_auto",
    "asked", "fit_seconds", "query_ms_p50", "artifact_bytes",
)  # fmt: skip
Row = tuple[str, str]  # script (empty: out of scope), text


class Teller:
    """Vectors by text, fetched in batches and kept for the run."""

    def __init__(self) -> None:
        url = os.environ.get("OPENAI_BASE_URL", "http://127.0.0.1:8099/v1")
        endpoint = Endpoint(url, os.environ.get("OPENAI_API_KEY", ""))
        model = os.environ.get("ROTEIRO_EMBEDDING_MODEL", "all-MiniLM-L6-v2")
        self._embedder = OpenAIEmbedder(model, lambda: endpoint, 60.0)
        self.kept: dict[str, Sequence[float]] = {}

    def fetch(self, texts: Sequence[str]) -> None:
        """Fetch what is not kept yet."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.kept]
        for start in range(0, len(missing), 64):
            batch = missing[start : start + 64]
            self.kept |= zip(batch, self._embedder.embed(batch).vectors, strict=True)
            print(f"\r{start + len(batch)} of {len(missing)} vectors", end="", file=sys.stderr)
        print(file=sys.stderr)


class Judged(NamedTuple):
    """What three policies said to one message: tier 1, tier 2 where tier 1 is unsure, tier 2 always."""

    script: str
    rankings: tuple[Ranking, Ranking, Ranking]
    was_asked: bool
    milliseconds: float


def judge(entries: Sequence[Entry], test: Sequence[Row], teller: Teller) -> tuple[list[Judged], float, int]:
    """Return every test message as judged, the seconds that fitting took besides tier 1's, and the bytes stored."""
    index = read_index(compile_index(entries))
    texts = texts_to_embed(entries, BACKGROUND)
    teller.fetch([*texts, *(text for _, text in test)])
    began = time.process_time()
    vectors = {text: teller.kept[text] for text in texts}
    packed = fit_fusion(entries, BACKGROUND, vectors, index.calibration.temperature, lambda _: None)
    seconds = time.process_time() - began
    fusion = Fusion(index.entries, packed)
    found = []
    for script, text in test:
        first = index.rank(text, WIDE)
        began = time.process_time()
        second = fusion.rank(first, teller.kept[text], WIDE) if first.candidates else first
        took = 1000 * (time.process_time() - began)
        asks = is_unsure(first)
        found.append(Judged(script, (first, second if asks else first, second), asks, took))
    return found, seconds, len(packed)


def figures(judged: Sequence[Judged], policy: int, names: dict[int, str]) -> dict[str, float | None]:
    """Sum one policy up, with the words of `roteiro evaluate`."""
    rows = []
    for one in judged:
        ranking = one.rankings[policy]
        top = [names[candidate.script_id] for candidate in ranking.candidates[:3]] or [""]
        confidence = ranking.candidates[0].confidence if ranking.candidates else 0.0
        rows.append((one.script, top, confidence, ranking.decision))
    own = [row for row in rows if row[0]]
    strangers = [row for row in rows if not row[0]]
    auto = [row for row in own if row[3] == MATCH]
    return {
        "accuracy": share([top[0] == script for script, top, _, _ in own]),
        "top3": share([script in top for script, top, _, _ in own]),
        "in_scope_accuracy": share([t[0] == script and decision != OUT_OF_SCOPE for script, t, _, decision in own]),
        "oos_recall": share([decision == OUT_OF_SCOPE for *_, decision in strangers]),
        "oos_auroc": auroc([row[2] for row in own], [row[2] for row in strangers]),
        "ece": calibration_error([(confidence, top[0] == script) for script, top, confidence, _ in own]),
        "accuracy_auto": share([top[0] == script for script, top, _, _ in auto]),
        "coverage_auto": len(auto) / len(own),
        "asked": (0.0, share([one.was_asked for one in judged if one.script]), 1.0)[policy],
    }


def share(flags: Sequence[bool]) -> float | None:
    """The part of true ones, 0..1."""
    return sum(flags) / len(flags) if flags else None


def measure(data: Path, train_name: str, test_name: str, *, titles_only: bool, teller: Teller) -> dict:
    """Measure one task under the three policies."""
    train, test = (read(data / name) for name in (train_name, test_name))
    if titles_only:
        train = [(script, "") for script in sorted({script for script, _ in train})]
    entries, names = to_entries(train, titles=True)
    judged, seconds, size = judge(entries, test, teller)
    times = sorted(one.milliseconds for one in judged)
    cost = {"fit_seconds": seconds, "query_ms_p50": times[len(times) // 2], "artifact_bytes": size}
    labels = ("tier 1", "**tier 2 where unsure**", "tier 2 always")
    return {label: figures(judged, place, names) | (cost if place else {}) for place, label in enumerate(labels)}


def read(path: Path) -> list[Row]:
    """The rows of one file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [(line["script"], line["text"]) for line in csv.DictReader(lines)]


def shown(figure: float | None) -> str:
    """A figure as the table shows it."""
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure > 1000 else f"{figure:.3f}"  # noqa: PLR2004 - bytes need no decimals


def main() -> None:
    """Print a row per task and policy, and write dated JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=os.environ.get("ROTEIRO_BENCH_DATA"))
    parser.add_argument("--only", default="", help="measure the tasks whose name contains this")
    arguments = parser.parse_args()
    if not arguments.data:
        print("!!! ROTEIRO_BENCH_DATA is not set: NOTHING is measured !!!", file=sys.stderr)
        return
    teller, results = Teller(), {}
    print("| task | policy | " + " | ".join(COLUMNS) + " |\n|---|---|" + "---:|" * len(COLUMNS))
    for name, train, test in TASKS:
        if arguments.only in name:
            folder = HERE / "data" if name == PORTUGUESE else Path(arguments.data)
            results[name] = measure(folder, train, test, titles_only="titles" in name, teller=teller)
            for label, row in results[name].items():
                print(f"| {name} | {label} | " + " | ".join(shown(row.get(key)) for key in COLUMNS) + " |", flush=True)
    now = datetime.now(UTC)
    place = HERE / "results" / f"tier2-{now:%Y-%m-%d}.json"
    place.parent.mkdir(exist_ok=True)
    earlier = json.loads(place.read_text(encoding="utf-8"))["results"] if place.exists() else {}
    measured = {"measured_at": now.isoformat(), "results": earlier | results}
    place.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
