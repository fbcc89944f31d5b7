import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roteiro.domain.values.parsing import KINDS, Choice, Entity, Hints, Problem, Value, parse

TODAY = date(2026, 11, 20)  # a Friday
TABLES = Path(__file__).parents[2] / "data" / "values"


def hints_of(written: dict[str, Any]) -> Hints:
    known = dict(written)
    if "pattern" in known:
        known["pattern"] = re.compile(known["pattern"])
    if "choices" in known:
        known["choices"] = tuple(Choice(value, label, tuple(aliases)) for value, label, aliases in known["choices"])
    if "entities" in known:
        known["entities"] = tuple(
            Entity(i, name, tuple(aliases), needs) for i, name, aliases, needs in known["entities"]
        )
    return Hints(TODAY, **known)


def rows() -> Iterator[tuple[str, str, Hints, object]]:
    for path in sorted(TABLES.glob("*.json")):
        for table in json.loads(path.read_text("utf-8")):
            for text, expected, *more in table["rows"]:
                yield table["kind"], text, hints_of(table.get("hints", {}) | (more[0] if more else {})), expected


ROWS = list(rows())


@pytest.mark.parametrize(("kind", "text", "hints", "expected"), ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_a_phrase_gives_the_value_or_the_problem_of_its_row(
    kind: str, text: str, hints: Hints, expected: object
) -> None:
    found = parse(kind, text, hints)

    assert (f"!{found.code}" if isinstance(found, Problem) else found.stored) == expected
    assert isinstance(found, Problem) or 0 <= found.start < found.end <= len(text)


def test_there_are_hundreds_of_phrasings_of_every_kind() -> None:
    assert len(ROWS) >= 300
    assert {row[0] for row in ROWS} == KINDS


def test_a_value_alone_in_its_text_is_the_whole_text() -> None:
    found = parse("date", "é 12/03/2024, tá?", Hints(TODAY))

    assert isinstance(found, Value)
    assert "é 12/03/2024, tá?"[found.start : found.end] == "12/03/2024"
