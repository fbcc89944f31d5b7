"""A turn that a model words: which turns ask for one, what is stored when, and what is left when it fails."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Event, Kind, Outgoing, Status
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.script import Completion, Script, Slot, Step
from roteiro.errors import ModelUnavailable, SeatTaken, SessionNotFound, TurnInProgress
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.budgets import Budgets
from roteiro.usecases.customer import ask, say
from roteiro.usecases.turns import Answer, Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice
from tests.harness import TestClock
from tests.talking import AllAtOnce

CONVERSATION = ConversationId("c0ffee00-0000-4000-8000-000000000002")
HOOK = {"url": "https://crm.example.com/hook", "secret_ref": "CRM", "send": []}


def a_claim(llm: str = "", **changes: Any) -> Script:
    """Return a script that asks for a date and ends; its steps say what a model may do."""
    steps = (
        Step(1, "Quando foi o acidente?", collect=("quando",), kind="ask", llm=llm),
        Step(2, "Obrigado. Registrei em 24 horas.", llm=llm),
    )
    script = Script(
        changes.pop("id", 101),
        1,
        "Sinistro",
        "Sinistro: o cliente bateu o carro. A franquia vale por evento.",
        steps,
        slots={"quando": Slot("date", "Data", required=True)},
        completion=Completion(hook=HOOK),
        knowledge=(("O que é franquia?", "É a sua parte do conserto."),),
    )
    return replace(script, **changes)


class Talker(AllAtOnce):
    """A model that says what it is told to, and does something while it thinks."""

    is_remote = True

    def __init__(self, text: str = "", meanwhile: Callable[[], object] = lambda: None) -> None:
        self.text = text
        self.meanwhile = meanwhile
        self.prompts: list[Prompt] = []
        self.is_resting = False
        self.tokens = (70, 9)

    def answer(self, prompt: Prompt) -> Wording:
        self.prompts.append(prompt)
        self.meanwhile()
        if not self.text:
            raise ModelUnavailable("nothing", reason="timeout")
        return Wording(self.text, "talker", *self.tokens)


class House:
    """A store, a clock, one script, and what one says to it."""

    def __init__(self, script: Script, talker: Talker, **caps: int) -> None:
        class Clock(TestClock):
            pass

        self.store, self.clock = SqliteStore(":memory:"), Clock()
        self.store.prepare()
        catalogue = a_catalogue(script, choice=a_choice(Decision.MATCH, 101))
        self.ports: dict[str, Any] = {"store": self.store, "clock": self.clock, "catalogue": catalogue}
        self.speaker = Speaker(talker, Budgets(self.store, **caps))

    def say(self, text: str, message_id: str = "") -> Answer:
        words = Words(CONVERSATION, "seguros", text, message_id, may_open=True)
        return say(words, speaker=self.speaker, **self.ports)

    def ask(self, text: str, message_id: str = "") -> Answer:
        words = Words(CONVERSATION, "seguros", text, message_id, may_open=True)
        return ask(words, speaker=self.speaker, **self.ports)

    def events(self) -> list[Event]:
        return self.store.load(CONVERSATION, 100)


@pytest.mark.parametrize(
    ("llm", "rewords", "answers"), [("", 0, 0), ("off", 0, 0), ("rephrase", 1, 0), ("assist", 1, 1)]
)
def test_in_a_chat_the_step_says_what_a_model_may_do(llm: str, rewords: int, answers: int) -> None:
    talker = Talker()
    house = House(a_claim(llm), talker)

    house.say("bati o carro")
    reworded = len(talker.prompts)
    house.say("o que é franquia?")

    assert (reworded, len(talker.prompts) - reworded) == (rewords, answers)


@pytest.mark.parametrize(("llm", "calls"), [("", 1), ("off", 0), ("rephrase", 1), ("assist", 1)])
def test_a_side_question_may_always_ask_a_model_unless_the_step_says_off(llm: str, calls: int) -> None:
    talker = Talker()
    house = House(a_claim(llm), talker)
    house.speaker = Speaker(talker)
    house.say("bati o carro")
    talker.prompts.clear()

    house.ask("o que é franquia?")

    assert len(talker.prompts) == calls


@pytest.mark.parametrize(
    "changes",
    [
        {"protected": "cancel"},
        {"protected": "complaint"},
        {"slots": {"quando": Slot("date", "Data", required=True, is_health=True)}},
    ],
)
def test_the_law_and_health_data_forbid_a_model_whatever_the_step_says(changes: dict[str, Any]) -> None:
    talker = Talker()
    house = House(a_claim("assist", **changes), talker)

    house.say("bati o carro")
    house.ask("o que é franquia?")

    assert talker.prompts == []


def test_a_step_in_other_words_moves_the_walk_with_the_reply_and_not_before() -> None:
    house = House(a_claim("rephrase"), Talker("Quando foi que aconteceu o acidente?"))

    answer = house.say("bati o carro")

    said, reply = house.events()
    assert (said.kind, said.text, said.state.script, said.state.step) == (Kind.SAID, "bati o carro", None, 0)
    assert (reply.kind, reply.reply, reply.state.script, reply.state.step) == (Kind.REPLY, answer.event.reply, 101, 1)
    assert answer.event.reply == "Quando foi que aconteceu o acidente?"
    assert (reply.degraded, reply.model, reply.tokens_in, reply.tokens_out) == ("", "talker", 70, 9)


@pytest.mark.parametrize("text", ["", "Informe a data.", "Quando foi o acidente de 2019?", "Veja www.golpe.example?"])
def test_a_step_that_no_model_worded_well_is_said_as_it_is_written_and_the_walk_is_the_same(text: str) -> None:
    house = House(a_claim("rephrase"), Talker(text))

    answer = house.say("bati o carro")

    assert answer.event.reply == "Quando foi o acidente?"
    assert answer.event.degraded == ("timeout" if not text else "filtered")
    assert (answer.state.script, answer.state.step) == (101, 1)


def test_what_leaves_the_house_leaves_with_the_reply_only() -> None:
    house = House(a_claim("rephrase"), Talker())
    house.say("bati o carro")

    house.say("foi ontem")

    *_, said, reply = house.events()
    assert (said.outbox, said.state.status) == ((), Status.BOT)
    assert [type(one) for one in reply.outbox] == [Outgoing]
    assert reply.state.status is Status.ENDED


def test_the_question_that_a_step_waits_for_follows_the_models_answer() -> None:
    house = House(a_claim(), Talker("É a sua parte no conserto."))
    house.say("bati o carro")

    answer = house.ask("o que é franquia?")

    assert answer.event.reply == "É a sua parte no conserto.\n\nSó falta me dizer: Data."
    assert answer.state.step == 1


@pytest.mark.parametrize(
    ("told", "step", "slots"),
    [
        ('{"quando": "12/03/2026"}', 2, {"quando": "2026-03-12"}),
        ('{"quando": "2026-02-31"}', 1, {}),
        ('{"quando": null}', 1, {}),
        ('{"quando": "12/03/2026", "step": "done"}', 1, {}),
        ("O cliente disse 12/03/2026.", 1, {}),
    ],
)
def test_a_value_that_our_parsers_miss_is_looked_for_and_passes_them_all_the_same(
    told: str, step: int, slots: dict[str, str]
) -> None:
    talker = Talker()
    house = House(a_claim("assist"), talker)
    house.say("bati o carro")
    talker.text = told

    answer = house.say("no feriado da cidade, aquele de março")

    assert talker.prompts[-1].schema is not None
    assert (answer.state.step, dict(answer.state.slots)) == (step, slots)


def test_no_model_looks_for_what_our_parsers_have_read() -> None:
    talker = Talker()
    house = House(a_claim("assist"), talker)
    house.say("bati o carro")

    answer = house.say("foi ontem")

    assert answer.state.step == 2
    assert all(prompt.schema is None for prompt in talker.prompts)


def test_a_resting_model_costs_no_lease_and_no_wait() -> None:
    talker = Talker("Quando foi?")
    talker.is_resting = True
    house = House(a_claim("rephrase"), talker)

    answer = house.say("bati o carro")

    assert (answer.event.kind, answer.event.degraded, len(house.events())) == (Kind.TURN, "breaker", 1)
    assert talker.prompts == []


@pytest.mark.parametrize("caps", [{"per_conversation": 500}, {"per_day": 500}, {"per_month": 500}])
def test_over_budget_the_script_answers_and_says_why(caps: dict[str, int]) -> None:
    talker = Talker("Quando foi?")
    house = House(a_claim("rephrase"), talker, **caps)

    answer = house.say("bati o carro")

    assert (answer.event.kind, answer.event.degraded) == (Kind.TURN, "budget")
    assert talker.prompts == []


@pytest.mark.parametrize(("tokens", "text", "spent"), [((70, 9), "Quando foi o acidente?", 79), ((70, 9), "!", 79)])
def test_the_conversation_and_the_day_are_charged_with_what_the_server_counted(
    tokens: tuple[int, int], text: str, spent: int
) -> None:
    talker = Talker(text)
    talker.tokens = tokens
    house = House(a_claim("rephrase"), talker, per_day=100_000)

    answer = house.say("bati o carro")

    assert answer.state.tokens == spent
    assert house.store.next_number("model-tokens:seguros:2026-11-20", 0) == spent


@pytest.mark.parametrize(("reason", "is_charged"), [("timeout", True), ("breaker", False), ("rate_limited", False)])
def test_a_call_that_failed_is_charged_as_reserved_unless_nothing_was_worded(reason: str, *, is_charged: bool) -> None:
    def fails() -> None:
        raise ModelUnavailable("failed", reason=reason)

    talker = Talker("x", meanwhile=fails)
    house = House(a_claim("rephrase"), talker, per_day=100_000)

    answer = house.say("bati o carro")

    (prompt,) = talker.prompts
    assert answer.event.degraded == reason
    assert answer.state.tokens == (prompt.most_tokens if is_charged else 0)


def test_a_take_over_while_a_step_is_worded_wins_and_the_walk_is_as_if_it_was_never_said() -> None:
    talker = Talker("Quando foi o acidente?")
    house = House(a_claim("rephrase"), talker)
    talker.meanwhile = lambda: house.say("quero falar com um atendente")

    answer = house.say("bati o carro")

    assert answer.state.status is Status.WAITING
    assert "Quando foi o acidente?" not in [event.reply for event in house.events()]


def test_words_said_while_a_step_is_worded_are_counted_and_answered_after_it() -> None:
    talker = Talker("Quando foi o acidente?")
    house = House(a_claim("rephrase"), talker)

    def meanwhile() -> None:
        with pytest.raises(TurnInProgress):
            house.say("foi ontem", "m2")

    talker.meanwhile = meanwhile
    first = house.say("bati o carro", "m1")
    later = house.say("foi ontem", "m2")

    assert (first.state.step, first.state.count) == (1, 2)
    assert (later.state.step, later.event.degraded) == (2, "")
    assert len(talker.prompts) == 1


def test_a_step_whose_wording_died_is_said_by_the_script_once() -> None:
    talker = Talker("Quando foi o acidente?")
    house = House(a_claim("rephrase"), talker)

    def dies() -> None:
        raise KeyboardInterrupt

    talker.meanwhile = dies
    with pytest.raises(KeyboardInterrupt):
        house.say("bati o carro", "m1")
    house.clock.sleep(timedelta(seconds=8).total_seconds())
    answer = house.say("bati o carro", "m1")

    assert (answer.event.reply, answer.event.degraded, answer.state.step) == ("Quando foi o acidente?", "error", 1)
    assert len(talker.prompts) == 1


def test_a_prompt_holds_only_the_masked_words_of_this_conversation_and_this_script() -> None:
    talker = Talker()
    house = House(a_claim("rephrase"), talker)

    house.say("bati o carro, meu CPF é 529.982.247-25")

    said = json.dumps(talker.prompts[0].messages)
    assert "529.982" not in said
    assert "<CPF_1>" in said
    assert "crm.example.com" not in said


def test_a_lost_seat_gives_the_reserved_tokens_back(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(a_claim("rephrase"), Talker("Quando foi o acidente?"), per_day=100_000)
    append, rivals = house.store.append, [SeatTaken("another one was faster")]

    def contested(*given: Any, **more: Any) -> None:
        if rivals:
            raise rivals.pop()
        append(*given, **more)

    monkeypatch.setattr(house.store, "append", contested)
    answer = house.say("bati o carro")

    assert answer.event.degraded == ""
    assert house.store.next_number("model-tokens:seguros:2026-11-20", 0) == answer.state.tokens == 79


def test_a_reply_that_comes_after_the_scripts_is_dropped_and_the_stored_one_is_told() -> None:
    talker = Talker("Quando foi o acidente, então?")
    house = House(a_claim("rephrase"), talker)

    def meanwhile() -> None:
        house.clock.sleep(8)
        house.say("bati o carro", "m1")

    talker.meanwhile = meanwhile
    answer = house.say("bati o carro", "m1")

    assert (answer.replayed, answer.event.reply) == (True, "Quando foi o acidente?")
    assert [event.kind for event in house.events()] == [Kind.SAID, Kind.REPLY]


def test_a_reply_to_a_conversation_that_was_erased_meanwhile_is_lost() -> None:
    talker = Talker("Quando foi o acidente?")
    house = House(a_claim("rephrase"), talker)

    def erased() -> None:
        (said,) = house.events()
        state = replace(said.state, status=Status.ERASED)
        house.store.append(replace(said, seq=1, kind=Kind.ERASED, text=None, client_message_id="", state=state))

    talker.meanwhile = erased

    with pytest.raises(SessionNotFound):
        house.say("bati o carro")


def test_a_turn_that_already_cost_a_vote_asks_no_model_again() -> None:
    talker = Talker("Quando foi o acidente?")
    house = House(a_claim("rephrase"), talker)
    house.ports["catalogue"].choice = replace(a_choice(Decision.MATCH, 101), tier=3)

    house.say("bati o carro")

    assert talker.prompts == []


def test_without_any_script_no_model_is_asked() -> None:
    talker = Talker("Oi!")
    house = House(a_claim("assist"), talker)
    house.ports["catalogue"].choice = a_choice(Decision.OUT_OF_SCOPE)

    house.say("qual é a capital da França?")
    house.ask("qual é a capital da França?")

    assert talker.prompts == []


def test_what_was_said_under_another_script_or_before_the_history_was_cleared_is_in_no_prompt() -> None:
    talker = Talker("Quando foi o acidente?")
    house = House(a_claim("rephrase"), talker)
    house.say("bati o carro")
    (_, reply) = house.events()
    other = replace(reply.state, script=ScriptId(102), answered=2)
    house.store.append(replace(reply, seq=2, text="tenho asma", kind=Kind.TURN, state=other, covers=2, reply="Anotei."))
    state = replace(reply.state, answered=3)
    house.store.append(replace(reply, seq=3, text="foi tarde", kind=Kind.TURN, state=state, covers=3, reply="Ok."))

    house.ask("o que é franquia?")
    before = json.dumps(talker.prompts[-1].messages)
    cleared = replace(house.events()[-1].state, epoch=house.events()[-1].seq + 1, answered=house.events()[-1].seq + 1)
    seq = house.events()[-1].seq + 1
    house.store.append(replace(reply, seq=seq, text=None, kind=Kind.MARK, state=cleared, covers=None, reply="Olá."))
    house.ask("o que é franquia?")

    assert ("foi tarde" in before, "asma" in before) == (True, False)
    assert "foi tarde" not in json.dumps(talker.prompts[-1].messages)
