"""Writes the synthetic sample of packs/transparencia: made-up contracts, the same at every run.

Run `python infra/write_sample.py`; a test compares what lies in the pack with what this would write.
"""

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.made_contracts import as_files, make, show  # noqa: E402 - found by the line above

__all__ = ["FOLDER", "sample"]

FOLDER = ROOT / "packs" / "transparencia" / "data"
SEED, PER_ORGAN = 2026, 50
SHOWN = (date(2024, 3, 1), date(2025, 5, 1), date(2026, 8, 1))  # months in which every organ has something odd
PREFIX = "amostra-sintetica"


def sample() -> dict[str, bytes]:
    """Return the files of the sample by name."""
    made = make(SEED, PER_ORGAN)
    show(made, SEED, SHOWN)
    return as_files(made, PREFIX)


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in sample().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
