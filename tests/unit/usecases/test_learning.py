"""What conversations teach: labels read from events, examples proposed with their effect, nothing added."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, Event, Question, State, Status
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.learning import Label, LabelKind, labels_of, propose, stored_labels
from roteiro.usecases.published import Kept
from roteiro.usecases.publishing import Admin, Plan, change
from tests.factories import NOON, a_document, a_state, an_event

WHICH = Question(Asking.WHICH, (ScriptId(101), ScriptId(102)))


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing waits here")


def conversation(*turns: tuple[str, Decision, State], name: str = "c-1") -> list[Event]:
    return [
        an_event(seq, text, state, conversation=ConversationId(name), decision=decision, pack="loja", at=NOON)
        for seq, (text, decision, state) in enumerate(turns)
    ]


def running(script: int = 101, **changes: Any) -> State:
    return a_state(script=ScriptId(script), version=1, step=1, steps=2, **changes)


def test_the_answer_to_our_question_labels_the_words_that_made_us_ask() -> None:
    events = conversation(
        ("meu carro e minha casa", Decision.CLARIFY, a_state(asked=WHICH)), ("o primeiro", Decision.MATCH, running())
    )

    assert list(labels_of(events)) == [Label("loja", ScriptId(101), "meu carro e minha casa", LabelKind.CHOSEN)]


def test_a_script_walked_to_its_end_labels_the_words_that_started_it() -> None:
    events = conversation(
        ("bati o carro", Decision.MATCH, running()),
        ("ok", Decision.WALK, running(status=Status.ENDED)),
        ("obrigado", Decision.SMALLTALK, running(status=Status.ENDED)),
    )

    assert list(labels_of(events)) == [Label("loja", ScriptId(101), "bati o carro", LabelKind.COMPLETED)]


@pytest.mark.parametrize(
    "turns",
    [
        [("bati o carro", Decision.MATCH, running()), ("e o outro", Decision.WALK, running())],
        [("pizza", Decision.OUT_OF_SCOPE, a_state())],
        [("a ou b", Decision.CLARIFY, a_state(asked=WHICH)), ("pizza", Decision.OUT_OF_SCOPE, a_state())],
    ],
    ids=["left in the middle", "out of scope", "question not answered"],
)
def test_what_nobody_confirmed_is_no_label(turns: Sequence[tuple[str, Decision, State]]) -> None:
    assert list(labels_of(conversation(*turns))) == []


def test_labels_of_every_stored_conversation_are_read_and_not_mixed() -> None:
    store = SqliteStore(":memory:")
    for name, script in (("conversa-1", 101), ("conversa-2", 102)):
        for event in conversation(
            (f"quero {name}", Decision.MATCH, running(script)),
            ("ok", Decision.WALK, running(script, status=Status.ENDED)),
            name=name,
        ):
            store.append(event)

    assert [(label.script, label.text) for label in stored_labels(store)] == [
        (101, "quero conversa-1"),
        (102, "quero conversa-2"),
    ]


@pytest.fixture(scope="module")
def shop() -> tuple[SqliteStore, Kept]:
    """A catalogue of two small scripts."""
    store, kept = SqliteStore(":memory:"), Kept()
    examples = {
        101: ["bati o carro", "colidi na rua", "acidente com meu carro", "amassaram meu carro", "bateram em mim"],
        102: ["quero seguro da casa", "proteger meu apartamento", "seguro residencial", "cotação da casa", "meu lar"],
    }
    documents = {
        ScriptId(number): a_document(
            problem={"id": number, "description": f"Assunto {number}: x"}, match={"examples": examples[number]}
        )
        for number in examples
    }
    change("loja", Admin(store, kept, Clock(), "tests"), Plan(documents))
    return store, kept


def label(text: str, script: int = 101, pack: str = "loja") -> Label:
    return Label(pack, ScriptId(script), text, LabelKind.CHOSEN)


def test_a_proposal_tells_the_new_examples_and_their_cross_validated_effect(shop: tuple[SqliteStore, Kept]) -> None:
    (one,) = propose([label("enfiei o carro no poste")], "loja", *shop)

    assert (one.script, one.title, one.examples) == (101, "Assunto 101", ("enfiei o carro no poste",))
    assert all(0 <= share <= 1 for share in (one.before, one.after, one.own_before, one.own_after))
    assert one.as_json()["examples"] == ("enfiei o carro no poste",)


@pytest.mark.parametrize(
    "useless",
    [
        label("Bati o carro!"),
        label("👍"),
        label("meu CPF é 529.982.247-25"),
        label("a" * 301),
        label("outra coisa", pack="outra"),
        label("de um roteiro que saiu", script=999),
    ],
    ids=["known", "empty", "personal data", "too long", "another pack", "not published"],
)
def test_what_teaches_nothing_or_may_not_be_kept_is_not_proposed(
    shop: tuple[SqliteStore, Kept], useless: Label
) -> None:
    assert propose([useless], "loja", *shop) == []


def test_the_same_words_are_proposed_once(shop: tuple[SqliteStore, Kept]) -> None:
    (one,) = propose([label("enfiei o carro no poste"), label("Enfiei o carro no poste.")], "loja", *shop)

    assert len(one.examples) == 1


def test_nothing_is_added_to_the_catalogue(shop: tuple[SqliteStore, Kept]) -> None:
    store, kept = shop
    before = store.get("catalogue:loja")

    propose([label("enfiei o carro no poste")], "loja", store, kept)

    assert store.get("catalogue:loja") == before
