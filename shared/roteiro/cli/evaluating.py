"""The command that measures the matcher on messages it has not seen: roteiro evaluate."""

import argparse
import csv
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.saying import say
from roteiro.errors import InvalidRequest, InvalidSetting
from roteiro.settings import read_settings
from roteiro.wiring import open_house

__all__ = ["add_commands"]


def add_commands(commands: Commands) -> None:
    """Add evaluate to the command line."""
    evaluate = commands.add_parser("evaluate", help="measure the matcher on messages it has not seen")
    evaluate.add_argument("train", type=Path, help="CSV with the header script,text; an empty text declares a script")
    evaluate.add_argument("test", type=Path, help="CSV with the header script,text; an empty script is out of scope")
    evaluate.add_argument("--titles", action="store_true", help="each label is its script's title")
    evaluate.add_argument("--tier", type=int, choices=(1, 2), default=1, help="2 asks ROTEIRO_EMBEDDING_MODEL too")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate.add_argument(
        "--predictions", type=Path, help="write script,text,predicted,confidence,decision to this file"
    )
    evaluate.set_defaults(command=_evaluate)


def _evaluate(asked: argparse.Namespace) -> None:
    from roteiro.matching.evaluating import evaluate

    train, test = _rows(asked.train), _rows(asked.test)
    bar = ProgressBar("fit")
    teach = _second_tier(bar) if asked.tier > 1 else None
    found = evaluate(train, test, titles=asked.titles, now=time.perf_counter, progress=bar, teach=teach)
    if asked.predictions:
        _write_predictions(asked.predictions, found["predictions"])
    figures = {name: value for name, value in found.items() if name != "predictions"}
    if asked.json:
        say(json.dumps(figures, indent=1))
    else:
        say("\n".join(f"{name:20} {_figure(value)}" for name, value in figures.items()))


def _second_tier(bar: ProgressBar) -> Any:
    from roteiro.usecases.vectors import second_look

    embedder = open_house("cli", read_settings()).embedder
    if embedder is None:
        raise InvalidSetting("ROTEIRO_EMBEDDING_MODEL is not set: --tier 2 needs it.")
    return lambda index, entries: second_look(index, entries, embedder, bar)


def _rows(path: Path) -> list[tuple[str, str]]:
    """Read script,text rows; raises InvalidRequest naming the file and the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not {"script", "text"} <= set(reader.fieldnames or ()):
                raise InvalidRequest(f"{path}: the first line must be script,text")
            return [((row["script"] or "").strip(), row["text"] or "") for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidRequest(f"{path} cannot be read as CSV in UTF-8: {error}") from error


def _write_predictions(path: Path, predictions: Sequence[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["script", "text", "predicted", "confidence", "decision"])
        for one in predictions:
            writer.writerow([one.script, _cell(one.text), one.predicted, f"{one.confidence:.4f}", one.decision])


def _cell(text: str) -> str:
    """Return a customer's text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _figure(value: object) -> str:
    return "-" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
