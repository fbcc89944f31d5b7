"""A drafted answer: from the script, or from a model within its budget; nothing is sent and nothing is stored."""

import json
from typing import Any

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.desk.desking import Act
from roteiro.domain.ids import ConversationId
from roteiro.domain.script import Script
from roteiro.errors import ModelUnavailable, SessionNotFound, StoreUnavailable
from roteiro.models.scripted import ScriptedModel
from roteiro.ports import Model, Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.budgets import Budgets
from roteiro.usecases.customer import say
from roteiro.usecases.desk import Attendant, Desk, Order, act
from roteiro.usecases.suggesting import Suggestion, suggest
from roteiro.usecases.turns import Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice, a_written_script
from tests.harness import TestClock
from tests.talking import AllAtOnce

CONVERSATION = ConversationId("c0ffee00-0000-4000-8000-000000000003")
FRANCHISE = "É a sua parte no conserto."


class Talker(AllAtOnce):
    """A remote model that says what it is told to."""

    is_remote = True
    is_resting = False

    def __init__(self, text: str = "A franquia é a sua parte no conserto.") -> None:
        self.text = text
        self.prompts: list[Prompt] = []

    def answer(self, prompt: Prompt) -> Wording:
        self.prompts.append(prompt)
        if not self.text:
            raise ModelUnavailable("nothing", reason="timeout")
        return Wording(self.text, "talker", 70, 9)


def a_claim(**changes: Any) -> Script:
    slots = {"quando": {"type": "date", "label": "Data", "prompt": "Que dia foi?"}}
    first = {"message": "Quando foi o acidente?", "collect": ["quando"]}
    knowledge = [{"q": "O que é franquia?", "a": FRANCHISE}]
    return a_written_script(first, "Registrei.", slots=slots, knowledge=knowledge, **changes)


class House:
    """A customer in the middle of a script, whom an attendant reads."""

    def __init__(self, *said: str, script: Script | None = None, model: Model | None = None, **caps: int) -> None:
        class Clock(TestClock):
            pass

        self.store = SqliteStore(":memory:")
        self.desk = Desk(self.store, self.store, Clock())
        self.catalogue = a_catalogue(script or a_claim(), choice=a_choice(Decision.MATCH, 101))
        self.speaker = Speaker(model or ScriptedModel(), Budgets(self.store, **caps))
        for text in said:
            words = Words(CONVERSATION, "seguros", text, may_open=True)
            say(words, store=self.store, catalogue=self.catalogue, clock=self.desk.clock)

    def suggest(self) -> Suggestion:
        ana = Attendant("ana", "Ana", "attendant")
        return suggest(CONVERSATION, ana, self.desk, self.catalogue, self.speaker)

    def spent(self) -> int:
        return self.store.next_number("model-tokens:seguros:2026-11-20", 0)


def test_a_question_is_answered_from_the_scripts_knowledge() -> None:
    house = House("bati o carro", "o que é franquia?")

    assert house.suggest() == Suggestion(f"{FRANCHISE}\n\nQue dia foi?", "script")


def test_what_is_no_question_of_the_script_gets_the_step_that_is_due() -> None:
    assert House("bati o carro", "hmm").suggest() == Suggestion("Quando foi o acidente?", "script")


def test_without_a_script_the_draft_is_what_is_said_to_such_a_demand() -> None:
    house = House()
    house.catalogue.choice = Choice(Decision.OUT_OF_SCOPE)
    words = Words(CONVERSATION, "seguros", "quero um empréstimo", may_open=True)
    say(words, store=house.store, catalogue=house.catalogue, clock=house.desk.clock)

    drafted = house.suggest()

    assert ("Sinistro Automotivo, Cancelamento ou Reclamação" in drafted.message, drafted.source) == (True, "script")


def test_nothing_is_said_and_nothing_stored_but_who_read_it() -> None:
    house = House("bati o carro", "o que é franquia?", model=Talker())
    before = house.store.load(CONVERSATION, 100)

    house.suggest()
    house.suggest()

    assert house.store.load(CONVERSATION, 100) == before
    assert [entry["action"] for entry in house.store.scan("audit:seguros:")] == ["conversation.read"]


def test_a_model_words_the_draft_and_the_days_budget_pays() -> None:
    talker = Talker()
    house = House("bati o carro", "o que é franquia?", model=talker, per_day=100_000)

    assert house.suggest() == Suggestion(f"{talker.text}\n\nQue dia foi?", "model")
    assert house.spent() == 79


@pytest.mark.parametrize("text", ["", "Veja www.golpe.example", "São 5.000 reais."])
def test_a_model_that_fails_or_talks_nonsense_leaves_the_scripts_draft(text: str) -> None:
    house = House("bati o carro", "o que é franquia?", model=Talker(text), per_day=100_000)

    assert house.suggest().source == "script"
    assert house.spent() > 0


@pytest.mark.parametrize("caps", [{"per_day": 100}, {"per_conversation": 100}])
def test_over_budget_no_model_is_asked(caps: dict[str, Any]) -> None:
    talker = Talker()

    assert House("bati o carro", "o que é franquia?", model=talker, **caps).suggest().source == "script"
    assert talker.prompts == []


def test_where_the_law_protects_the_demand_no_model_is_asked() -> None:
    talker = Talker()
    script = a_claim(legal={"protected": "cancel"})

    assert House("bati o carro", "o que é franquia?", script=script, model=talker).suggest().source == "script"
    assert talker.prompts == []


def test_a_prompt_holds_no_note_and_no_personal_data() -> None:
    talker = Talker()
    house = House("bati o carro, CPF 529.982.247-25", "o que é franquia?", model=talker)
    noted = Order(lambda state, _: Act("note", state, None, {"note": "parece fraude"}))
    act(CONVERSATION, Attendant("ana", "Ana", "attendant"), noted, house.desk)

    house.suggest()

    told = json.dumps(talker.prompts[0].messages, ensure_ascii=False)
    assert "529" not in told
    assert "parece fraude" not in told
    assert "o que é franquia?" in told


def test_an_unknown_conversation_has_no_draft() -> None:
    with pytest.raises(SessionNotFound):
        House().suggest()


def test_what_cannot_be_audited_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    talker = Talker()
    house = House("bati o carro", "o que é franquia?", model=talker)

    def unwritable(*_: object) -> bool:
        raise StoreUnavailable

    monkeypatch.setattr(house.store, "create", unwritable)
    with pytest.raises(StoreUnavailable):
        house.suggest()

    assert talker.prompts == []
