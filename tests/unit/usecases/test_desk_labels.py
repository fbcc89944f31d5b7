"""What the desk teaches: a script that an attendant chose or kept labels the words that the customer came with."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roteiro import cli
from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, Candidate, Event, Kind, Question, State, Status, head_of
from roteiro.domain.ids import ScriptId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.learning import Label, LabelKind, labels_of
from roteiro.usecases.replaying import FirstMessage, first_messages
from tests.factories import a_state, an_event

THOUGHT = (Candidate(ScriptId(101), "Sinistro", 0.61, ("carro",)), Candidate(ScriptId(105), "Cancelamento", 0.2))
WORDS = "não quero mais o carro segurado"


def running(script: int = 101, **changes: Any) -> State:
    return a_state(script=ScriptId(script), version=1, step=1, steps=2, **changes)


def said(text: str, decision: Decision, state: State, **changes: Any) -> Event:
    return an_event(0, text, state, decision=decision, candidates=THOUGHT, **changes)


def did(action: str, state: State, **detail: Any) -> Event:
    return an_event(0, None, state, kind=Kind.DESK, by="ana", action=action, detail=detail)


MATCHED = said(WORDS, Decision.MATCH, running())
ASKED_FOR_A_PERSON = said("quero um atendente", Decision.HANDOFF, running(status=Status.WAITING))
CHOSE_105 = did("script", running(105), **{"from": 101, "to": 105})
KEPT = did("handback", running())
RESOLVED = did("close", running(status=Status.CLOSED), outcome="resolved")
COMPLETED = said("ok", Decision.WALK, running(status=Status.ENDED))


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(str(tmp_path / "labels.db"))


@pytest.mark.parametrize(
    ("events", "script", "kind"),
    [
        ([MATCHED, ASKED_FOR_A_PERSON, CHOSE_105], 105, LabelKind.CORRECTED),
        ([MATCHED, CHOSE_105, did("handback", running(105))], 105, LabelKind.CORRECTED),
        ([MATCHED, CHOSE_105, did("script", running(106), to=106)], 106, LabelKind.CORRECTED),
        ([MATCHED, COMPLETED, CHOSE_105], 105, LabelKind.CORRECTED),
        ([MATCHED, did("takeover", running()), KEPT], 101, LabelKind.CONFIRMED),
        ([MATCHED, did("takeover", running()), RESOLVED], 101, LabelKind.CONFIRMED),
        ([MATCHED, did("script", running(), to=101)], 101, LabelKind.CONFIRMED),
        ([MATCHED, COMPLETED, KEPT], 101, LabelKind.CONFIRMED),
        ([said(WORDS, Decision.OUT_OF_SCOPE, a_state()), CHOSE_105], 105, LabelKind.CORRECTED),
    ],
    ids=["another", "and handed back", "twice", "after the end", "handed back", "resolved", "again", "both", "none"],
)
def test_what_an_attendant_decided_is_one_label_with_its_evidence(
    events: Sequence[Event], script: int, kind: LabelKind
) -> None:
    assert list(labels_of(events)) == [Label("seguros", ScriptId(script), WORDS, kind, THOUGHT)]


@pytest.mark.parametrize(
    "events",
    [
        [MATCHED, did("takeover", running())],
        [MATCHED, did("close", running(status=Status.CLOSED), outcome="pending")],
        [MATCHED, did("note", running()), did("step", running())],
        [ASKED_FOR_A_PERSON, CHOSE_105],
        [said(WORDS, Decision.OUT_OF_SCOPE, a_state()), did("close", a_state(), outcome="resolved")],
        [said("sim", Decision.MATCH, running()), KEPT],
    ],
    ids=["only taken", "pending", "only noted", "no demand", "no script", "a yes"],
)
def test_what_decides_nothing_about_the_script_is_no_label(events: Sequence[Event]) -> None:
    assert list(labels_of(events)) == []


def test_an_attendant_knows_better_than_the_customers_choice_between_two() -> None:
    which = Question(Asking.WHICH, (ScriptId(101), ScriptId(105)))
    asked = said(WORDS, Decision.CLARIFY, a_state(asked=which))

    (label,) = labels_of([asked, said("o primeiro", Decision.MATCH, running()), CHOSE_105])

    assert (label.text, label.script, label.kind) == (WORDS, 105, LabelKind.CORRECTED)


def test_a_question_inside_the_script_is_no_new_demand() -> None:
    value = said("foi ontem", Decision.CLARIFY, running(asked=Question(Asking.VALUE, slot="dia")))

    assert [label.text for label in labels_of([MATCHED, value, RESOLVED])] == [WORDS]


def test_each_demand_of_a_conversation_has_its_own_label() -> None:
    second = said("quero a segunda via", Decision.MATCH, running(102))

    labels = list(labels_of([MATCHED, CHOSE_105, second, did("handback", running(102))]))

    assert [(one.text, one.script) for one in labels] == [(WORDS, 105), ("quero a segunda via", 102)]


def test_a_label_is_listed_without_personal_data_and_with_what_the_matcher_thought() -> None:
    told = Label("seguros", ScriptId(105), "CPF 529.982.247-25", LabelKind.CORRECTED, THOUGHT[:1]).as_json()

    assert "529" not in told["text"]
    assert (told["script"], told["kind"]) == (105, "corrected")
    assert told["candidates"] == [{"script": 101, "confidence": 0.61, "evidence": ["carro"]}]


def test_the_publish_gate_replays_what_an_attendant_corrected(store: SqliteStore) -> None:
    for seq, event in enumerate((MATCHED, ASKED_FOR_A_PERSON, CHOSE_105)):
        store.append(replace(event, seq=seq, write_id=f"w-{seq}"), (), head_of(event))

    assert first_messages("seguros", store) == [FirstMessage(WORDS, ScriptId(105))]


def test_labels_are_listed_on_the_command_line(
    store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{tmp_path / 'labels.db'}")
    for seq, event in enumerate((MATCHED, CHOSE_105)):
        store.append(replace(event, seq=seq, write_id=f"w-{seq}"))

    assert cli.main(["learn", "seguros", "--labels"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert cli.main(["learn", "outro", "--labels"]) == 0

    assert (told["script"], told["kind"], told["text"]) == (105, "corrected", WORDS)
    assert capsys.readouterr().out == ""
