"""The packs' own test messages: found, and nothing started that a pack does not handle."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from tests.harness import STAFF

PACKS = Path(__file__).resolve().parents[2] / "packs"
ENOUGH = 0.97  # of the messages that a script handles
STRANGERS = 0.02  # of the messages that none handles may start one; the aim is none


@pytest.fixture
def ranked(client: FlaskClient) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every message of the insurance pack with the answer of the ranking route."""
    rows = yaml.safe_load((PACKS / "seguros" / "messages.yaml").read_text("utf-8"))
    answers = [client.post("/api/v1/match/rank", json={"message": row["text"]}, headers=STAFF) for row in rows]
    return [(row, answer.json or {}) for row, answer in zip(rows, answers, strict=True)]


def test_nearly_every_message_finds_its_script_first(ranked: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    own = [(row, answer) for row, answer in ranked if row["script"]]
    lost = [row["text"] for row, answer in own if [c["script_id"] for c in answer["candidates"]][:1] != [row["script"]]]

    assert len(own) >= 150
    assert len(lost) <= len(own) * (1 - ENOUGH), lost


def test_hardly_any_message_of_somebody_else_starts_a_script(
    ranked: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    strangers = [(row["text"], answer["decision"]) for row, answer in ranked if row["script"] is None]
    started = [text for text, decision in strangers if decision == "match"]

    assert len(strangers) >= 100
    assert len(started) <= len(strangers) * STRANGERS, started
