"""The publish gate beside 1,000 past conversations and 150 scripts. Prints a Markdown table, writes dated JSON.

Run `python benchmarks/gate.py [FOLDER]`. Scripts are made up in Portuguese; where FOLDER (or ROTEIRO_BENCH_DATA) holds
CLINC150, its 150 intents are measured too. Every figure is of one process on one core.
"""

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.models.scripted import ScriptedModel
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.candidate import Candidate, make_candidate
from roteiro.usecases.confusion import confusion
from roteiro.usecases.customer import say
from roteiro.usecases.gate import GateTools, run_gate
from roteiro.usecases.published import Kept, PublishedCatalogue
from roteiro.usecases.publishing import Admin, Plan, change
from roteiro.usecases.replaying import MOST_REPLAYED, first_messages, replay
from roteiro.usecases.stage import Stage
from roteiro.usecases.turns import Words
from roteiro.usecases.wording import Speaker

HERE = Path(__file__).parent
PACK = "loja"
EXAMPLES = 10
VERBS = (
    "cancelar", "pedir", "mudar", "consultar", "trocar", "pagar", "receber", "emprestar", "marcar", "renovar",
    "devolver", "vender", "alugar", "consertar", "assinar",
)  # fmt: skip
THINGS = ("boleto", "cartão", "carro", "exame", "celular", "hotel", "curso", "remédio", "ingresso", "contrato")
TAUGHT = (
    "quero {} meu {}", "preciso {} o {}", "como faço para {} um {}?", "dá para {} o {} hoje?", "gostaria de {} esse {}",
    "me ajuda a {} o {}", "não consigo {} meu {}", "onde posso {} um {}?", "é possível {} o {} pelo site?",
    "quanto custa {} um {}?",
)  # fmt: skip
SAID = (
    "oi, queria {} o meu {} por favor", "tem como {} {}?", "moça, preciso {} aquele {} logo",
    "vcs podem {} meu {} amanhã?", "ainda n consegui {} o {}", "me explica como {} um {}",
    "posso {} o {} com outra pessoa?",
)  # fmt: skip

_T = TypeVar("_T")


class Task(NamedTuple):
    """Examples by title, and what past customers said."""

    name: str
    examples: Mapping[str, Sequence[str]]
    messages: Sequence[str]


class Clock:
    """A clock that goes on by itself."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 20, tzinfo=UTC)

    def now(self) -> datetime:
        """Return a time one second after the last."""
        self._now += timedelta(seconds=1)
        return self._now

    def sleep(self, seconds: float) -> None:
        """Wait for nobody."""


def made_up() -> Task:
    """150 scripts of Portuguese sentences that share their words."""
    topics = list(product(VERBS, THINGS))
    examples = {f"{verb} {thing}": [form.format(verb, thing) for form in TAUGHT] for verb, thing in topics}
    messages = [form.format(*topic) for form in SAID for topic in topics]
    return Task("Portuguese, made up", examples, messages[:MOST_REPLAYED])


def clinc(folder: Path) -> Task:
    """The 150 intents of CLINC150, ten examples each."""
    train, test = (_rows(folder / f"clinc150_{name}.csv") for name in ("10shot", "test_with_oos"))
    examples: dict[str, list[str]] = {}
    for script, text in train:
        examples.setdefault(script.replace("_", " "), []).append(text)
    return Task("CLINC150 10-shot", examples, [text for _, text in test[:: len(test) // MOST_REPLAYED]][:MOST_REPLAYED])


def _rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [(line["script"], line["text"]) for line in csv.DictReader(lines)]


def documents(task: Task) -> dict[ScriptId, dict[str, Any]]:
    """One two-step script for each title."""
    steps = [{"step": 1, "message": "Vamos ver isso."}, {"step": 2, "message": "Pronto."}]
    return {
        ScriptId(number): {
            "problem": {"id": number, "description": title},
            "script": steps,
            "match": {"examples": list(dict.fromkeys(examples))[:EXAMPLES]},
        }
        for number, (title, examples) in enumerate(task.examples.items(), 1)
    }


def measure(task: Task, place: Path) -> dict[str, dict[str, float | str]]:
    """Publish, let 1,000 customers walk a script to its end, then check three changes."""
    store = SqliteStore(str(place))
    admin = Admin(store, Kept(), Clock(), "bench")  # type: ignore[arg-type] # a clock all the same
    scripts = documents(task)
    change(PACK, admin, Plan(scripts))
    catalogue = PublishedCatalogue(PACK, store, admin.kept)
    for number, message in enumerate(task.messages):
        for text in (message, "ok"):
            words = Words(ConversationId(f"c-{number:06d}"), PACK, text, may_open=True)
            say(words, store=store, catalogue=catalogue, clock=Clock())
    stage = Stage(Speaker(ScriptedModel()), lambda: closing(SqliteStore(":memory:")))
    found = {name: checked(changed, admin, GateTools(store, stage)) for name, changed in changes(scripts).items()}
    store.close()
    return found


def changes(scripts: Mapping[ScriptId, dict[str, Any]]) -> dict[str, dict[ScriptId, dict[str, Any]]]:
    """A change of wording, two new examples, and a script that copies another's."""
    first, second = scripts[ScriptId(1)], scripts[ScriptId(2)]
    reworded = first | {"script": [{"step": 1, "message": "Vamos ver isso agora."}, *first["script"][1:]]}
    examples = [*first["match"]["examples"], "isto é novo por aqui", "outra frase que ninguém disse"]
    thief = second | {"problem": {"id": 9999, "description": second["problem"]["description"]}}
    thief = thief | {"match": {"examples": [f"{text}!!" for text in second["match"]["examples"]]}}
    return {
        "wording": {ScriptId(1): reworded},
        "two examples": {ScriptId(1): first | {"match": {"examples": examples}}},
        "a copy": {ScriptId(9999): thief},
    }


def checked(changed: Mapping[ScriptId, Mapping[str, Any]], admin: Admin, tools: GateTools) -> dict[str, float | str]:
    """One gate run as a whole, and its parts again one by one."""
    report = run_gate(PACK, changed, admin, tools)
    candidate: Candidate = make_candidate(PACK, changed, (), admin)
    lint_s, _ = timed(lambda: tools.lint(changed, candidate.before))
    read_s, messages = timed(lambda: first_messages(PACK, tools.store))
    replay_s, _ = timed(lambda: replay(messages, candidate))
    confusion_s, _ = timed(lambda: confusion(candidate, changed.keys()))
    return {
        "passed": "yes" if report.passed else "no: " + ", ".join(c.name for c in report.checks if not c.passed),
        "gate_s": report.took_ms / 1000,
        "fit_s": candidate.fit_s,
        "lint_s": lint_s,
        "read_s": read_s,
        "replay_s": replay_s,
        "confusion_s": confusion_s,
        "replayed": len(messages),
        "confirmed": sum(message.label is not None for message in messages),
        "rerouted": len(report.rerouted),
    }


def timed(work: Callable[[], _T]) -> tuple[float, _T]:
    """Seconds and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def table(results: Mapping[str, Mapping[str, Mapping[str, float | str]]]) -> str:
    """One Markdown table per task."""
    lines: list[str] = []
    for task, rows in results.items():
        names = list(next(iter(rows.values())))
        lines += ["", f"### {task}", "", "| change | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
        lines += [f"| {name} | " + " | ".join(map(shown, figures.values())) + " |" for name, figures in rows.items()]
    return "\n".join(lines)


def shown(figure: float | str) -> str:
    """A figure as the table shows it."""
    return f"{figure:.2f}" if isinstance(figure, float) else str(figure)


def main() -> None:
    """Measure every task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=os.environ.get("ROTEIRO_BENCH_DATA"))
    arguments = parser.parse_args()
    tasks = [made_up()]
    if arguments.data:
        tasks.append(clinc(Path(arguments.data)))
    else:
        print("!!! ROTEIRO_BENCH_DATA is not set: CLINC150 is NOT measured !!!", file=sys.stderr)
    results = {}
    for task in tasks:
        print(f"{task.name}: {len(task.examples)} scripts, {len(task.messages)} messages", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            results[task.name] = measure(task, Path(folder) / "gate.db")
    print(table(results))
    now = datetime.now(UTC)
    place = HERE / "results" / f"gate-{now:%Y-%m-%d}.json"
    place.write_text(json.dumps({"measured_at": now.isoformat(), "results": results}, indent=1) + "\n", "utf-8")
    print(f"written: {place.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
