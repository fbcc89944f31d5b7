"""Writes the synthetic sample of packs/transparencia: made-up contracts, the same at every run.

Run `python infra/write_sample.py`; a test compares what lies in the pack with what this would write.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.made_contracts import as_files, make  # noqa: E402 - found by the line above

__all__ = ["FOLDER", "sample"]

FOLDER = ROOT / "packs" / "transparencia" / "data"
SEED, PER_ORGAN = 2026, 50
PREFIX = "amostra-sintetica"


def sample() -> dict[str, bytes]:
    """Return the files of the sample by name."""
    return as_files(make(SEED, PER_ORGAN), PREFIX)


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in sample().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
