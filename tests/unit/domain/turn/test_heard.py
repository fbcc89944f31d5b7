"""One message in its place: read once for all house rules, anew in another place."""

from typing import Any

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Candidate
from roteiro.domain.ids import ScriptId
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.heard import Heard
from roteiro.domain.walking.filling import Reading, read
from tests.factories import OCCASION, a_catalogue, a_state, a_written_script

STORY = a_written_script(
    {"message": "O que aconteceu?", "collect": ["story"]},
    "Registrado.",
    slots={"story": {"type": "text", "label": "Relato"}},
    knowledge=[{"q": "o que é franquia?", "a": "Franquia é a sua parte do conserto."}],
)
SAME = Choice(Decision.MATCH, (Candidate(ScriptId(101), "Sinistro", 1.0),), tier=0)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that were read for values, as often as they were."""
    seen = list[str]()

    def noted(state: Any, script: Any, words: str, *others: Any) -> Reading:
        seen.append(words)
        return read(state, script, words, *others)

    monkeypatch.setattr("roteiro.domain.turn.heard.read", noted)
    return seen


def test_words_that_three_rules_look_at_are_read_for_values_once(readings: list[str]) -> None:
    catalogue = a_catalogue(STORY, choice=SAME)

    verdict = decide(a_state(STORY), "o que é franquia?", OCCASION, catalogue)

    assert (readings, verdict.choice.decision) == (["o que é franquia?"], Decision.ANSWER)


def test_an_answer_and_a_correction_come_from_the_same_reading(readings: list[str]) -> None:
    told = Heard(a_state(STORY), "bati o carro", OCCASION, a_catalogue(STORY))

    found = [told.reading.filled, told.reading_of_changes.filled]

    assert (found, readings) == ([("story",), ("story",)], ["bati o carro"])


def test_the_same_words_are_read_anew_where_they_meet_another_state(readings: list[str]) -> None:
    told = Heard(a_state(STORY), "bati o carro", OCCASION, a_catalogue(STORY))

    elsewhere = told.meeting(told.reading.state)

    assert (elsewhere.reading.filled, len(readings)) == ((), 2)


def test_nothing_runs_where_no_script_was_begun() -> None:
    told = Heard(a_state(), "oi", OCCASION, a_catalogue(STORY))

    with pytest.raises(LookupError, match="no script is running"):
        _ = told.script
