"""`roteiro test --record`: a real conversation becomes a test file without anybody's data, and plays as it went."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from roteiro import cli
from roteiro.domain.authoring.rehearsal import read_rehearsal
from roteiro.domain.desk import desking
from roteiro.domain.ids import ConversationId
from roteiro.models.scripted import ScriptedModel
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import ask, open_conversation, say
from roteiro.usecases.desk import Attendant, Desk, Doing, Order, act
from roteiro.usecases.published import Kept, PublishedCatalogue
from roteiro.usecases.rehearsing import play
from roteiro.usecases.stage import Stage
from roteiro.usecases.turns import Words
from roteiro.usecases.wording import Speaker
from tests.harness import TestClock

CONVERSATION = ConversationId("real")
BIA = Attendant("bia", "Bia", "attendant")
SPEAKER = Speaker(ScriptedModel())


class Life:
    """A conversation as it happens, in the store of the settings."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.clock = type("Clock", (TestClock,), {})()
        self.catalogue = PublishedCatalogue("seguros", store, Kept())
        self.ports: dict[str, Any] = {"store": store, "catalogue": self.catalogue, "clock": self.clock}

    def greets(self, name: str) -> None:
        open_conversation(Words(CONVERSATION, "seguros", name), **self.ports)

    def says(self, *texts: str) -> None:
        for text in texts:
            say(Words(CONVERSATION, "seguros", text, may_open=True), **self.ports)

    def asks(self, text: str) -> None:
        ask(Words(CONVERSATION, "seguros", text), speaker=SPEAKER, **self.ports)

    def does(self, doing: Doing) -> None:
        act(CONVERSATION, BIA, Order(doing), Desk(self.store, self.store, self.clock, lambda _: self.catalogue))


@pytest.fixture
def life(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{database}")
    with closing(SqliteStore(str(database))) as store:
        yield Life(store)


@pytest.fixture
def record(capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[int, Any, str]]:
    """Record the conversation; return the code, what was told, and what was said beside it."""

    def run() -> tuple[int, Any, str]:
        code = cli.main(["test", "--record", CONVERSATION])
        out, err = capsys.readouterr()
        return code, yaml.safe_load(out), err

    return run


def test_what_was_recorded_plays_as_it_went(life: Life, record: Callable[[], Any]) -> None:
    life.greets("Maria")
    life.says("Quero um seguro pra minha casa")
    life.asks("Cobre enchente?")
    life.clock.sleep(timedelta(hours=2).total_seconds())
    life.says("é um apartamento", "quero falar com um atendente")

    _, told, _ = record()

    stage = Stage(SPEAKER, lambda: closing(SqliteStore(":memory:")))
    assert play(read_rehearsal(told), life.catalogue, stage).failures == ()
    assert (told["via"], told["pack"], len(told["turns"])) == ("front", "seguros", 5)
    assert told["turns"][1]["ai"] is True
    assert told["turns"][2] == {"clock": "+120m"}
    assert told["turns"][0]["expect"]["script"] == 102


def test_nobodys_data_is_written(life: Life, record: Callable[[], Any]) -> None:
    life.greets("Zuleica")
    life.says("Quero cancelar meu seguro", "apólice 998877", "sou a Zuleica, CPF 529.982.247-25, zu@exemplo.com.br")

    code, told, err = record()

    written = yaml.safe_dump(told, allow_unicode=True)
    assert code == 0
    assert not [secret for secret in ("Zuleica", "998877", "529.982", "zu@exemplo") if secret in written]
    assert "placeholders" in err


def test_what_the_desk_did_is_done_again(life: Life, record: Callable[[], Any]) -> None:
    life.says("Quero cancelar meu seguro")
    life.does(lambda state, _: desking.take_over(state, BIA.id, BIA.name))
    life.does(lambda state, _: desking.reply(state, BIA.id, "Oi, aqui é a Bia."))
    life.does(lambda state, day: desking.hand_back(state, BIA.id, "", None, day, life.catalogue))

    _, told, err = record()

    deeds = [turn["desk"] for turn in told["turns"][1:]]
    assert deeds == [
        {"action": "takeover"},
        {"action": "reply", "message": "Oi, aqui é a Bia."},
        {"action": "handback"},
    ]
    assert (told["via"], err) == ("message", "")
    stage = Stage(SPEAKER, lambda: closing(SqliteStore(":memory:")))
    assert play(read_rehearsal(told), life.catalogue, stage).failures == ()


def test_only_the_newest_epoch_is_told(life: Life, record: Callable[[], Any]) -> None:
    life.says("Quero cancelar meu seguro")
    life.clock.sleep(timedelta(hours=25).total_seconds())
    life.says("Bati o carro ontem")

    _, told, _ = record()

    assert [turn["say"] for turn in told["turns"]] == ["Bati o carro ontem"]


def test_a_conversation_that_there_is_not_cannot_be_recorded(life: Life, record: Callable[[], Any]) -> None:
    assert record()[0] == 1
