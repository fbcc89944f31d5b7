"""A published script as a conversation walks it: frozen, read from a stored document that was checked before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.domain.texts import DEFAULT_LOCALE
from roteiro.domain.values.masking import SENSITIVE
from roteiro.domain.values.value import Choice, Entity

__all__ = [
    "END",
    "HANDOFF",
    "Branch",
    "Completion",
    "Handoff",
    "Record",
    "Script",
    "Slot",
    "Step",
    "compile_script",
    "is_verbatim",
    "title_of",
    "titles_of",
]

END, HANDOFF = "END", "HANDOFF"  # where `next` may lead besides a step

_SEED_KEYS, _SEED_STEP = {"steps", "problem", "script", "pack"}, {"step", "message"}
_Translations = Mapping[str, Mapping[str, str]]  # locale -> path -> text
_LONGEST_TITLE = 80  # characters before the first colon of a description that are still a title


@dataclass(frozen=True, slots=True)
class Branch:
    """Where to go, a step's number or END or HANDOFF, if a condition holds; an empty condition always does."""

    goto: int | str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the script says; `number` counts from 1."""

    number: int
    message: str
    guidelines: tuple[str, ...] = ()
    collect: tuple[str, ...] = ()  # names of the slots that the answer to this step fills
    kind: str = "say"  # say, ask, confirm, action
    need: str = "all"  # which slots of `collect` it waits for: all, or any one
    skip_if_filled: bool = False
    when: str = ""
    next: tuple[Branch, ...] = ()
    auto_advance: bool = False
    is_skipped: bool = False  # by a person, in one conversation
    llm: str = ""  # off, rephrase, assist; empty: as the pack says
    choices: tuple[str, ...] = ()  # quick replies
    action: str = ""  # create_record, lookup:<name>; empty: none
    agent: str = ""  # who signs this step; empty: the script's


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing the script collects; `kind` is one of `values.parsing.KINDS`."""

    kind: str
    label: str
    prompt: str = ""
    required: bool = False
    many: bool = False
    is_sensitive: bool = False
    is_health: bool = False
    pattern: re.Pattern[str] | None = None
    choices: tuple[Choice, ...] = ()
    listed_in: str = ""  # the pack's list whose entries `entities` are
    entities: tuple[Entity, ...] = ()
    minimum: str | None = None
    maximum: str | None = None
    reprompts: tuple[str, ...] = ()
    max_attempts: int = 3
    on_max_attempts: str = "handoff"  # handoff, skip, end
    reuse: bool = True
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """How the number of what a script's end puts on record is made: INV-2026-001."""

    prefix: str
    year: bool = True


@dataclass(frozen=True, slots=True)
class Completion:
    """What happens at the end of a script."""

    message: str | None = None  # said to whoever writes on after it
    resolution: str = "resolved"  # resolved, pending_human, informational
    csat: bool = False
    hook: Mapping[str, Any] | None = None  # whom to tell: `{url, secret_ref, send, timeout_s, retries, on_failure}`
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """When a person takes over, beyond the customer's own wish."""

    keywords: frozenset[str] = frozenset()  # folded
    when: tuple[str, ...] = ()
    after_failed_turns: int | None = None
    queue: str = "padrao"
    offline_message: str = ""  # said with a hand-off while nobody is there, in place of the pack's words


@dataclass(frozen=True)
class Script:
    """One immutable version of a script."""

    id: ScriptId
    version: int
    title: str
    description: str
    steps: tuple[Step, ...]
    completion: Completion = Completion()
    handoff: Handoff = Handoff()
    guidelines: tuple[tuple[str, str], ...] = ()  # (when, then)
    knowledge: tuple[tuple[str, str], ...] = ()  # (question, answer)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    protected: str = ""  # "cancel" or "complaint": entered from any script without asking
    dispute: str = ""  # "charge": a disputed charge is suspended at once
    intent: str = ""
    agent: str = ""  # who signs its replies; empty: as the pack routes the intent
    suggested_actions: tuple[str, ...] = ()
    translations: _Translations = field(default_factory=dict)
    locale: str = DEFAULT_LOCALE  # that the script itself is written in
    is_verbatim: bool = False  # written as the first seed's, with no key of ours: its texts are said to the letter

    def step(self, number: int) -> Step:
        """Return step `number`, counted from 1."""
        return self.steps[number - 1]

    def say(self, path: str, locale: str, original: str) -> str:
        """Return a text of the script in a language: its translation, else the original."""
        return self.translations.get(locale, {}).get(path, original)

    def titled(self, locale: str) -> str:
        """Return the title in a language."""
        return self.say("problem.title", locale, self.title)

    def message(self, number: int, locale: str) -> str:
        """Return a step's text in a language."""
        return self.say(f"script.{number}.message", locale, self.step(number).message)

    def label(self, name: str, locale: str) -> str:
        """Return a slot's name as people read it."""
        return self.say(f"slots.{name}.label", locale, self.slots[name].label)

    def prompt(self, name: str, locale: str) -> str:
        """Return the question for a slot alone; empty if it has none of its own."""
        return self.say(f"slots.{name}.prompt", locale, self.slots[name].prompt)

    def asked_in(self, locale: str) -> tuple[tuple[str, str], ...]:
        """Return the knowledge under its questions and those that people ask in a language."""
        if locale not in self.translations:
            return self.knowledge
        asked = enumerate(self.knowledge)
        return tuple((f"{q}? {self.say(f'knowledge.{place}.q', locale, '')}", answer) for place, (q, answer) in asked)

    def choice_labels(self, name: str, locale: str) -> dict[str, str]:
        """Return the options of a slot as people read them, by value."""
        options = enumerate(self.slots[name].choices)
        return {one.value: self.say(f"slots.{name}.choices.{place}", locale, one.label) for place, one in options}

    @cached_property
    def lists(self) -> frozenset[str]:
        """Return the names of the pack's lists that its slots need."""
        return frozenset(slot.listed_in for slot in self.slots.values() if slot.listed_in)

    def with_lists(self, lists: Mapping[str, tuple[Entity, ...]]) -> "Script":
        """Return the script with a pack's lists in the slots that need them; an unknown list is empty."""
        filled = {
            name: replace(slot, entities=lists.get(slot.listed_in, ())) if slot.listed_in else slot
            for name, slot in self.slots.items()
        }
        return replace(self, slots=filled)

    @cached_property
    def is_plain(self) -> bool:
        """Say whether the script waits for nothing, as the first seed's: each message is one step."""
        asked = {name for step in self.steps for name in step.collect}
        waits = any(self.slots[name].required for name in asked)
        return not waits and all(step.kind not in ("confirm", "action") for step in self.steps)


def title_of(document: Mapping[str, Any]) -> str:
    """Return a script's title: its own, else what stands before the first colon of the description."""
    problem = document["problem"]
    before, colon, _ = problem["description"].partition(":")
    short = before.strip() if colon and len(before) <= _LONGEST_TITLE else problem["description"]
    return str(problem.get("title") or short)[:_LONGEST_TITLE].strip()


def titles_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return how lists name a script: `{"title": "Troca"}`, with `"titles": {"en": "Exchange"}` where translated."""
    texts = document.get("translations", {}).items()
    translated = {locale: said["problem.title"] for locale, said in texts if "problem.title" in said}
    return {"title": title_of(document)} | ({"titles": translated} if translated else {})


def is_verbatim(document: Mapping[str, Any]) -> bool:
    """Say whether a document has no key beyond the first seed's: braces in its texts are braces."""
    return set(document) <= _SEED_KEYS and all(set(step) <= _SEED_STEP for step in document["script"])


def compile_script(document: Mapping[str, Any], version: int) -> Script:
    """Return a checked document as the frozen script that conversations walk."""
    translations = document.get("translations", {})
    slots = {name: _slot(name, slot, translations) for name, slot in document.get("slots", {}).items()}
    legal = document.get("legal") or {}
    return Script(
        id=ScriptId(int(document["problem"]["id"])),
        version=version,
        title=title_of(document),
        description=document["problem"]["description"],
        steps=_steps(document["script"], slots),
        slots=slots,
        completion=_completion(document.get("completion", {})),
        handoff=_handoff(document.get("handoff", {})),
        guidelines=tuple((rule["when"], rule["then"]) for rule in document.get("guidelines", ())),
        protected=_word(legal, "protected"),
        dispute=_word(legal, "dispute"),
        intent=_word(document, "intent"),
        agent=_word(document, "agent"),
        suggested_actions=tuple(document.get("suggested_actions", ())),
        knowledge=tuple((passage["q"], passage["a"]) for passage in document.get("knowledge", ())),
        translations=translations,
        locale=(document.get("meta") or {}).get("locale") or DEFAULT_LOCALE,
        is_verbatim=is_verbatim(document),
    )


def _word(given: Mapping[str, Any], key: str) -> str:
    """Return a text that may be missing or null."""
    return given.get(key) or ""


def _steps(given: list[Mapping[str, Any]], slots: Mapping[str, Slot]) -> tuple[Step, ...]:
    numbers: dict[object, int | str] = {step["id"]: step["step"] for step in given if step.get("id")}
    return tuple(_step(step, slots, numbers) for step in given)


def _step(step: Mapping[str, Any], slots: Mapping[str, Slot], numbers: Mapping[object, int | str]) -> Step:
    collect = tuple(step.get("collect", ()))
    waits = any(slots[name].required for name in collect)
    skips = step.get("skip_if_filled")
    return Step(
        number=step["step"],
        message=step["message"],
        guidelines=tuple(step.get("guidelines", ())),
        collect=collect,
        kind=step.get("kind") or ("ask" if collect else "say"),
        need=step.get("need", "all"),
        skip_if_filled=waits if skips is None else skips,
        when=step.get("when") or "",
        next=_branches(step.get("next"), numbers),
        auto_advance=step.get("auto_advance", False),
        llm=_word(step, "llm"),
        choices=tuple(step.get("choices", ())),
        action=_word(step, "action"),
        agent=_word(step, "agent"),
    )


def _branches(given: Any, numbers: Mapping[object, int | str]) -> tuple[Branch, ...]:
    if given is None:
        return ()
    branches = given if isinstance(given, list) else [{"goto": given}]
    return tuple(Branch(numbers.get(one["goto"], one["goto"]), one.get("when") or "") for one in branches)


def _slot(name: str, slot: Mapping[str, Any], translations: _Translations) -> Slot:
    kind, sensitive, pattern = slot.get("type", "text"), slot.get("sensitive"), slot.get("pattern")
    options = ({"value": o, "label": o} if isinstance(o, str) else o for o in slot.get("choices", ()))
    return Slot(
        kind=kind,
        label=slot.get("label") or name,
        prompt=_word(slot, "prompt"),
        required=slot.get("required", True),
        many=slot.get("many", False),
        is_sensitive=kind in SENSITIVE if sensitive is None else bool(sensitive),
        is_health=sensitive == "health",
        pattern=re.compile(pattern, re.ASCII) if pattern else None,
        choices=tuple(_option(o, f"slots.{name}.choices.{place}", translations) for place, o in enumerate(options)),
        listed_in=_word(slot, "list").removesuffix(".yaml"),
        minimum=None if slot.get("min") is None else str(slot["min"]),
        maximum=None if slot.get("max") is None else str(slot["max"]),
        reprompts=tuple(slot.get("reprompts", ())),
        max_attempts=slot.get("max_attempts", 3),
        on_max_attempts=slot.get("on_max_attempts", "handoff"),
        reuse=slot.get("reuse", "conversation") != "never",
        confirm=slot.get("confirm", False),
    )


def _option(given: Mapping[str, Any], path: str, translations: _Translations) -> Choice:
    """Return an option; whoever reads its label in another language may answer with that one."""
    translated = (said[path] for said in translations.values() if path in said)
    return Choice(given["value"], given["label"], (*given.get("aliases", ()), *translated))


def _completion(given: Mapping[str, Any]) -> Completion:
    record = given.get("record")
    return Completion(
        given.get("message"),
        given.get("resolution", "resolved"),
        given.get("csat", False),
        given.get("action"),
        Record(record["prefix"], record.get("year", True)) if record else None,
    )


def _handoff(given: Mapping[str, Any]) -> Handoff:
    return Handoff(
        frozenset(fold(word) for word in given.get("keywords", ())),
        tuple(given.get("when", ())),
        given.get("after_failed_turns"),
        given.get("queue", "padrao"),
        given.get("offline_message") or "",
    )
