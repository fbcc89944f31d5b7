"""What lint says of the texts that customers read: their length, questions nobody listens to, laws, translations."""

import re
from collections.abc import Iterator

from roteiro.domain.authoring.checking import ScriptDocument
from roteiro.domain.authoring.lint_rules.finding import Finding, error, warning
from roteiro.domain.authoring.schema.slots import Slot

__all__ = ["look_at_texts", "texts_to_customers"]

_LONGEST_MESSAGE = 400  # characters that people read in a chat (specified)
# Laws are named only where somebody compared the words with the official text; nothing marks that in a script yet.
_LAW = re.compile(r"\b(?:Decreto|Lei|LGPD)\b|\b[Aa]rt\.")


def look_at_texts(script: ScriptDocument) -> Iterator[Finding]:
    """Yield long messages, questions without a slot for the answer, laws by name, translations that stop half way."""
    for place, step in enumerate(script.script):
        if len(step.message) > _LONGEST_MESSAGE:
            yield warning("long_message", "script", place, "message", length=len(step.message), limit=_LONGEST_MESSAGE)
        if "?" in step.message and not step.collect and step.kind != "confirm":
            yield warning("question_without_collect", "script", place, "message")
    for path, text in texts_to_customers(script):
        if found := _LAW.search(text):
            yield error("law_named", path, found=found[0])
    yield from _untranslated(script)


def texts_to_customers(script: ScriptDocument) -> Iterator[tuple[str, str]]:
    """Yield every text that a customer may read, with its path."""
    for place, step in enumerate(script.script):
        yield f"script.{place}.message", step.message
    for name, slot in script.slots.items():
        if slot.prompt:
            yield f"slots.{name}.prompt", slot.prompt
        yield from ((f"slots.{name}.reprompts.{place}", text) for place, text in enumerate(slot.reprompts))
    for place, passage in enumerate(script.knowledge):
        yield f"knowledge.{place}.a", passage.a
    if script.completion.message:
        yield "completion.message", script.completion.message
    if script.handoff.offline_message:
        yield "handoff.offline_message", script.handoff.offline_message


def _untranslated(script: ScriptDocument) -> Iterator[Finding]:
    """Yield, for each language that was begun, the texts it lacks, by the paths that translations have."""
    wanted = list(_translatable(script))
    for locale, texts in script.translations.items():
        for path in wanted:
            if path not in texts:
                yield warning("missing_translation", "translations", locale, text=path, language=locale)


def _translatable(script: ScriptDocument) -> Iterator[str]:
    yield "problem.title"
    yield from (f"script.{step.step}.message" for step in script.script)
    for name, slot in script.slots.items():
        yield from (f"slots.{name}.{part}" for part in _parts_of(slot))
    yield from (f"knowledge.{place}.a" for place, _ in enumerate(script.knowledge))
    if script.completion.message:
        yield "completion.message"
    if script.handoff.offline_message:
        yield "handoff.offline_message"


def _parts_of(slot: Slot) -> Iterator[str]:
    yield from (part for part in ("label", "prompt") if getattr(slot, part))
    yield from (f"reprompts.{place}" for place, _ in enumerate(slot.reprompts))
    yield from (f"choices.{place}" for place, _ in enumerate(slot.choices))
