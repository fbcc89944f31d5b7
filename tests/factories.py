"""Builders of the things tests speak about: each gives a whole, valid one, and takes what the test is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Candidate, Event, Kind, State
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.pack import Pack
from roteiro.domain.script import Script, Step, compile_script
from roteiro.domain.texts import DEFAULT_LOCALE
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import NotFound

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PROTOCOL = "20261121483920175"
OCCASION = Occasion(date(2026, 11, 20), protocol="20261120000000112", seq=4)  # a Friday


def a_document(**changes: object) -> dict[str, Any]:
    """Return a script document as the first seed writes it: no key beyond its own."""
    return {
        "steps": 2,
        "problem": {"id": 101, "description": "Sinistro Automotivo: O cliente sofreu um acidente."},
        "script": [{"step": 1, "message": "Sinto muito. O que houve?"}, {"step": 2, "message": "Registrado."}],
    } | changes


def a_script(steps: int = 3, script: int = 101, title: str = "Sinistro Automotivo", **changes: Any) -> Script:
    """Return a compiled script whose step n says "<title>, passo n."."""
    made = tuple(Step(number, f"{title}, passo {number}.") for number in range(1, steps + 1))
    return replace(Script(ScriptId(script), 1, title, f"{title}: descrição.", made), **changes)


def a_written_script(
    *messages: str | dict[str, Any], script: int = 101, title: str = "Sinistro Automotivo", **changes: Any
) -> Script:
    """Return a script compiled from a document: a step per message, or per `{message, collect, …}`."""
    steps = [{"step": n, **({"message": m} if isinstance(m, str) else m)} for n, m in enumerate(messages, 1)]
    problem = {"id": script, "description": f"{title}: descrição."}
    document = {"problem": problem, "script": steps} | changes
    check_script(document)
    return compile_script(document, 1)


def a_state(running: Script | None = None, **changes: Any) -> State:
    """Return the state of a new conversation, or of one at the first step of `running`."""
    state = State(protocol=PROTOCOL)
    if running is not None:
        state = replace(state, script=running.id, version=running.version, step=1, steps=len(running.steps))
    return replace(state, **changes)


def an_event(seq: int = 0, text: str | None = "oi", state: State | None = None, **changes: Any) -> Event:
    """Return event `seq` of a conversation, said by its customer and not answered."""
    event = Event(
        conversation=ConversationId("c-000001"),
        pack="seguros",
        seq=seq,
        at=NOON,
        by="customer",
        kind=Kind.TURN,
        state=state or a_state(),
        write_id=f"write-{seq}",
        text=text,
    )
    return replace(event, **changes)


def a_choice(decision: Decision, *scripts: int) -> Choice:
    """Return a matcher's decision over scripts, best first; a question offers all of them."""
    ids = tuple(ScriptId(script) for script in scripts)
    candidates = tuple(Candidate(script, f"roteiro {script}", 0.9) for script in ids)
    return Choice(decision, candidates, ids if decision is Decision.CLARIFY else (), tier=1)


@dataclass
class FakeCatalogue:
    """A catalogue that ranks as it is told, and remembers what it was asked."""

    scripts: Sequence[Script]
    choice: Choice
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ranked: list[str] = field(default_factory=list)
    manners: dict[str, Any] = field(default_factory=dict)  # of the pack: hours, queues, llm, is_sac

    def pack(self) -> Pack:
        return Pack("seguros", "Seguros", self.texts, **self.manners)

    def rank(self, message: str, among: Collection[ScriptId] | None = None) -> Choice:
        self.ranked.append(message)
        return self.choice

    def glance(self, message: str) -> Choice:
        return self.rank(message)

    def topics(self, locale: str = DEFAULT_LOCALE) -> Sequence[tuple[ScriptId, str]]:
        return [(script.id, script.titled(locale)) for script in self.scripts]

    def script(self, script: ScriptId, version: int | None = None) -> Script:
        versions = [one for one in self.scripts if one.id == script and version in (None, one.version)]
        if not versions:
            raise NotFound(f"script {script} is not in this catalogue")
        return versions[0]


def a_catalogue(*scripts: Script, choice: Choice | None = None, **texts: str) -> FakeCatalogue:
    """Return a catalogue of scripts that finds everything out of scope, unless told; `texts` are the pack's own."""
    return FakeCatalogue(scripts, choice or Choice(Decision.OUT_OF_SCOPE), {"pt-BR": texts})
