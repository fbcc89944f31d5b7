"""Planted anomalies found again, rule by rule, and what is found in clean data. Prints a table, writes dated JSON.

Run `python benchmarks/anomalies.py`. Made-up contracts go through the same files, import and ledger as real ones.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "shared")]

from benchmarks.made_contracts import ORGANS, Made, as_files, make  # noqa: E402 - found by the line above
from roteiro.domain.anomalies.finding import Finding, Rule  # noqa: E402
from roteiro.files.portal.opening import open_tables  # noqa: E402
from roteiro.ports import Ledger  # noqa: E402
from roteiro.stores.sqlite import SqliteStore  # noqa: E402
from roteiro.usecases.contracts import import_contracts  # noqa: E402
from roteiro.usecases.investigating import begin, investigate  # noqa: E402
from roteiro.wiring import SystemClock  # noqa: E402

__all__ = ["Score", "filled_with", "found_in", "measure"]

SEEDS, PER_ORGAN = range(1, 6), 400
_Places = list[tuple[str, frozenset[str]]]  # an organ, and contracts of it
START, END = "2024-01-01", "2026-12-31"


class Score(NamedTuple):
    """Of one rule: anomalies planted and found again, findings made and those of them that were planted."""

    planted: int
    found: int
    findings: int
    true: int

    @property
    def recall(self) -> float:
        """Return the share of what was planted that was found."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what was found that was planted."""
        return self.true / self.findings if self.findings else 1.0


def filled_with(made: Made, ledger: Ledger) -> int:
    """Import made contracts from files, as an operator would; return how many lines were bad."""
    bad: list[object] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in as_files(made, "202601")]
        for path, content in zip(paths, as_files(made, "202601").values(), strict=True):
            path.write_bytes(content)
        import_contracts(open_tables(paths), ledger, SystemClock(), bad.append, lambda _: None)
    return len(bad)


def found_in(ledger: Ledger) -> dict[str, list[Finding]]:
    """Return the findings of every organ over all its contracts."""
    return {
        organ: list(investigate(begin(organ, START, END, ledger), ledger, lambda: False).findings) for organ in ORGANS
    }


def measure(made: Made, found: dict[str, list[Finding]]) -> dict[str, Score]:
    """Return each rule's score: a finding is of a planted anomaly if the two share a contract."""
    return {rule.value: _score(rule.value, made, found) for rule in Rule}


def _score(rule: str, made: Made, found: dict[str, list[Finding]]) -> Score:
    planted: _Places = [(one.organ, one.contracts) for one in made.planted if one.rule == rule]
    findings: _Places = [
        (organ, frozenset(one.contracts)) for organ, some in found.items() for one in some if one.rule == rule
    ]
    return Score(len(planted), _shared(planted, findings), len(findings), _shared(findings, planted))


def _shared(ones: _Places, others: _Places) -> int:
    return sum(any(organ == of and ids & them for of, them in others) for organ, ids in ones)


def _summed(scores: Iterable[dict[str, Score]]) -> dict[str, Score]:
    known = list(scores)
    return {rule: Score(*map(sum, zip(*(one[rule] for one in known), strict=True))) for rule in known[0]}


def main() -> None:
    """Measure, print and write."""
    scores, clean, speed, contracts = [], Counter[str](), [], 0
    for seed in SEEDS:
        with closing(SqliteStore(":memory:")) as store:
            made = make(seed, PER_ORGAN)
            begun = time.perf_counter()
            filled_with(made, store.ledger())
            read = time.perf_counter()
            scores.append(measure(made, found_in(store.ledger())))
            speed.append((len(made.contracts), read - begun, time.perf_counter() - read))
        with closing(SqliteStore(":memory:")) as store:
            made = make(seed, PER_ORGAN, clean=True)
            filled_with(made, store.ledger())
            clean.update(str(one.rule) for some in found_in(store.ledger()).values() for one in some)
            contracts += len(made.contracts)
        print(f"seed {seed} of {len(SEEDS)}", file=sys.stderr)
    _tell(_summed(scores), clean, contracts, speed)


def _tell(scores: dict[str, Score], clean: Counter[str], contracts: int, speed: list[tuple[int, float, float]]) -> None:
    print("| rule | planted | found | recall | findings | precision | in clean data |\n|---|---|---|---|---|---|---|")
    for rule, one in scores.items():
        shares = f"{one.recall:.3f} | {one.findings} | {one.precision:.3f}"
        print(f"| {rule} | {one.planted} | {one.found} | {shares} | {clean[rule]} |")
    count = sum(one[0] for one in speed)
    figures = {
        "contracts_clean": contracts,
        "clean_per_1000": round(sum(clean.values()) * 1000 / contracts, 2),
        "import_contracts_per_s": round(count / sum(one[1] for one in speed)),
        "investigate_ms_per_1000": round(sum(one[2] for one in speed) * 1e6 / count, 1),
    }
    print(f"\n{json.dumps(figures)}")
    rules = {rule: one._asdict() | {"clean": clean[rule]} for rule, one in scores.items()}
    now = datetime.now(UTC)
    path = HERE / "results" / f"anomalies-{now:%Y-%m-%d}.json"
    document = {"at": now.isoformat(timespec="seconds"), "seeds": list(SEEDS), "per_organ": PER_ORGAN}
    path.write_text(json.dumps(document | {"rules": rules} | figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
