"""A small shop with published scripts, past customers and a publish gate, all in memory."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.models.scripted import ScriptedModel
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.customer import say
from roteiro.usecases.gate import GateTools, run_gate
from roteiro.usecases.published import Kept, PublishedCatalogue
from roteiro.usecases.publishing import Admin, Changed, Plan, change
from roteiro.usecases.report import Check, Report
from roteiro.usecases.stage import Stage
from roteiro.usecases.turns import Words
from roteiro.usecases.wording import Speaker
from tests.factories import NOON

__all__ = ["BILL", "CHIP", "TOW", "VERBS", "Clock", "World", "a_topic", "check_of"]

BILL, TOW, CHIP = 1, 2, 3
SUBJECTS = ("boleto", "guincho", "chip", "exame", "vidro", "cupom", "hotel", "mala")
VERBS = ("cancelar", "pedir", "mudar", "achar", "trocar", "consultar", "receber", "perder", "marcar", "ver")


class Clock:
    """A clock that a second passes on whenever somebody looks at it."""

    time = NOON

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing waits here")


def a_topic(number: int, examples: Sequence[str] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a script of two steps about its own subject; without examples, ten that share their verbs with others."""
    subject = SUBJECTS[(number - 1) % len(SUBJECTS)]
    own = [f"quero {verb} meu {subject}" for verb in VERBS]
    return {
        "problem": {"id": number, "description": f"{subject.title()}: tudo sobre {subject}."},
        "script": [{"step": 1, "message": f"Vamos ver o seu {subject}."}, {"step": 2, "message": "Pronto."}],
        "match": {"examples": own if examples is None else list(examples)},
    } | changes


def check_of(report: Report, name: str) -> Check:
    """Return one check of a report."""
    return next(check for check in report.checks if check.name == name)


class World:
    """A store in memory, scripts published in the pack `loja`, and what customers said there."""

    def __init__(self, *documents: Mapping[str, Any]) -> None:
        self.store = SqliteStore(":memory:")
        self.admin = Admin(self.store, Kept(), Clock(), "ana")
        self.stage = Stage(Speaker(ScriptedModel()), lambda: closing(SqliteStore(":memory:")))
        self.clock = Clock()
        if documents:
            self.publish(*documents)

    def publish(self, *documents: Mapping[str, Any]) -> Changed:
        return change("loja", self.admin, Plan({ScriptId(one["problem"]["id"]): one for one in documents}))

    def catalogue(self) -> PublishedCatalogue:
        return PublishedCatalogue("loja", self.store, self.admin.kept)

    def gate(self, *documents: Mapping[str, Any], leaving: Sequence[int] = (), **tools: Any) -> Report:
        changed = {ScriptId(one["problem"]["id"]): one for one in documents}
        given = GateTools(self.store, self.stage, **{"lint": lambda *_: [], **tools})
        return run_gate("loja", changed, self.admin, given, leaving=[ScriptId(script) for script in leaving])

    def past(self, name: str, *messages: str) -> None:
        """Have a customer say something; the second message walks a two-step script to its end."""
        for text in messages:
            words = Words(ConversationId(f"c-{name}"), "loja", text, may_open=True)
            say(words, store=self.store, catalogue=self.catalogue(), clock=self.clock)
