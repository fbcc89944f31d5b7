"""Another demand while a script asks for what the next one takes along: it is served at once (decision 0035)."""

import re

from roteiro.domain.contracts.asked import asked_in
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.turn.demands import is_courteous, matched
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.looking import by_name_looked_up, is_looked_up, one_looked_up
from roteiro.domain.turn.passages import best_passage
from roteiro.domain.turn.ready import begun_or_aside
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import is_courtesy, is_no, is_yes
from roteiro.domain.values.texts import is_unknown
from roteiro.domain.walking.cues import corrects, declines, is_question, wants_something
from roteiro.domain.walking.filling import LASTING, Reading

__all__ = ["denies", "loses_nothing", "taken_up"]

_DENIAL = re.compile(r"(?:eu )?nao (?:sei|tenho|lembro|possuo|uso|achei|encontrei|estou com|me lembro)\b")
_OF = re.compile(r"\s(?:d[aeo]s?|of|del|no|na|em|en|in)\s+(?:(?:la|el|os|the)\s+)?$", re.IGNORECASE)
_FIRST_OF = re.compile(r"\s(?:d[aeo]s?|of|del)\s.*", re.IGNORECASE | re.DOTALL)
_MERE = frozenset(
    "quero queria gostaria preciso ver mostra mostre mostrar me pode ser por favor entao o a os as um uma isso de da "
    "do das dos em no na i want would like to see show please the of in for quiero quisiera necesito muestre el la "
    "los las".split()
)


def taken_up(heard: Heard, reading: Reading) -> Verdict | None:
    """Serve another demand in the middle of a script that loses nothing by it; what only tells is told aside.

    An answer to the script's question names a value and often resembles another demand: of such words those that are no
    value must make the demand.
    """
    if not loses_nothing(heard.script) or _only_answers(heard):
        return None
    if told := one_looked_up(heard) or by_name_looked_up(heard):
        return told
    other = matched(heard, besides=heard.script.id)
    if other is None or is_courteous(heard.choice, heard.catalogue) or _is_told_of(heard, reading, other):
        return None
    return begun_or_aside(heard, other) if _is_meant(heard, reading) else None


def loses_nothing(script: Script) -> bool:
    """Say whether all that a script needs is of kinds that the next one takes along: entries of lists and periods."""
    asked = {script.slots[name].kind for step in script.steps for name in step.collect if script.slots[name].required}
    return bool(asked) and asked <= LASTING


def denies(words: str) -> bool:
    """Say whether words say that there is no answer: they hold no demand, whatever they resemble."""
    return is_unknown(words) or declines(words) or _DENIAL.match(fold(words)) is not None


def _only_answers(heard: Heard) -> bool:
    """Say whether words answer or correct by themselves, or take something back."""
    words = heard.words
    return is_yes(words) or is_no(words) or is_courtesy(words) or corrects(words) or denies(words)


def _is_told_of(heard: Heard, reading: Reading, other: ScriptId) -> bool:
    """Say whether the script, of which nothing is known yet, answers a question itself: another would ask the same."""
    is_begun = bool(heard.state.slots) or bool(reading.filled) or bool(reading.changed)
    is_asking = len(heard.catalogue.script(other).steps) > 1
    is_asked = is_asking and not is_begun and is_question(heard.words)
    return is_asked and best_passage(heard.script, heard.words, heard.locale) is not None


def _is_meant(heard: Heard, reading: Reading) -> bool:
    """Say whether it is what words say beside their values that makes them another demand.

    "saúde em 2025" alone resembles the script that is asked for most; what differs from that is said by the rest.
    """
    best = heard.choice.best
    if is_looked_up(heard.catalogue.script(best)) and asked_in(heard.words):
        return True
    if not (reading.filled or reading.changed):
        return _starts(heard, _FIRST_OF.sub("", heard.words) if reading.problems else heard.words, reading)
    alone = heard.catalogue.glance(" ".join(heard.words[start:end] for start, end in reading.spans))
    if not alone.candidates or alone.best != best:
        return True
    before = heard.words[: min(start for start, _ in reading.spans)] if reading.spans else ""
    is_noun = _OF.search(before) is not None and not wants_something(heard.words)
    return not is_noun and _starts(heard, heard.words, reading)


def _starts(heard: Heard, words: str, reading: Reading) -> bool:
    """Say whether words without their values start what the whole message does.

    "quero ver" asks nothing yet, nor do words of the running script, such as "contratos" of a look-up of contracts.
    """
    for start, end in reading.spans:
        words = words[:start] + " " * (end - start) + words[end:]
    script = heard.script
    own = " ".join([script.title, script.titled(heard.locale), *(step.message for step in script.steps)])
    if not set(fold(words).split()) - {*fold(own).split(), *_MERE}:
        return False
    choice = heard.catalogue.glance(words)
    return choice.decision == heard.choice.decision and choice.best == heard.choice.best
