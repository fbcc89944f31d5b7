"""What goes on with an answer that was given: "e a defesa?", "agora para 2024", "quanto gastaram?", a correction."""

import re
from dataclasses import replace

from roteiro.domain.acting import BY_WORDS
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.contracts.asked import asked_in
from roteiro.domain.conversation import State
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.turn.demands import matched, other_demand
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.knowing import known, only_answers
from roteiro.domain.turn.starting import lasting, start
from roteiro.domain.turn.stepping import corrected, told_again
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.values.periods import year_told
from roteiro.domain.walking.cues import corrects
from roteiro.domain.walking.filling import LASTING, Reading, read, with_values
from roteiro.domain.walking.laddering import sentence_for

__all__ = ["about_what_ended", "goes_on", "gone_on"]

_FIRST = frozenset("e and y agora now ahora mas so entao tira tirar troca trocar muda mudar sem tambem".split())
_VALUE_ALONE = 2  # words; "na saúde", "em 2025"
_MOST = 5  # words of a question about what was just answered; a longer one says by itself what it is about
_SAME = re.compile(
    r"(?:e )?(?:quanto|qnto|qto|how much|cuanto)(?: (?:e que|foi que|eles|elas|did they|foi|foram))?"
    r" (?:gast(?:ou|aram|o)|contrat(?:ou|aram|ado)|pag(?:ou|aram|o)|compr(?:ou|aram)|cust(?:ou|aram)|spend|spent)\b"
)


def goes_on(words: str) -> bool:
    """Say whether words with a new value go on with what was answered: "e no MEC?", or the value alone.

    >>> goes_on("agora para 2024"), goes_on("quero investigar a saúde")
    (True, False)
    """
    said = fold(words).split()
    return 0 < len(said) <= _VALUE_ALONE or (bool(said) and said[0] in _FIRST)


def gone_on(heard: Heard) -> Verdict | None:
    """Do the last demand again if words go on with it and change nothing there, or if something else came after it.

    None where they do not, or where they change a value of the script that has just ended: that is a correction.
    """
    is_short = len(heard.words.split()) <= _MOST
    asks_same = (is_short and _SAME.match(fold(heard.words)) is not None) or _asks_on(heard)
    if heard.state.script is None or not (asks_same or goes_on(heard.words)):
        return None
    is_here = bool(lasting(heard.state, heard.script))
    return (_here if is_here else _there)(heard, asks_same=asks_same)


def _asks_on(heard: Heard) -> bool:
    """Say whether words ask something more of what was looked up by words: "e os fornecedores?", "contrato 7/2025"."""
    if heard.state.script is None or not any(step.action in BY_WORDS for step in heard.script.steps):
        return False
    asked = asked_in(heard.words)
    return (asked is not None and asked.names_one) or matched(heard) == heard.script.id


def _here(heard: Heard, *, asks_same: bool) -> Verdict | None:
    """Go on with the script that has just ended."""
    state = heard.state
    reading = _reading(heard, heard.script)
    said = {name: reading.state.slots[name] for name in reading.filled}
    if any(name in state.slots and state.slots[name] != value for name, value in said.items()):
        return None
    if said or (asks_same and not reading.tried):
        return told_again(heard, with_values(state, {**state.slots, **said}, heard.occasion))
    name = next(iter(reading.tried), "")
    if not name:
        return None
    wrong = sentence_for(heard.script, name, reading.tried[name], 1, state.locale)
    return Verdict(state, wrong, Choice(Decision.WALK))


def _there(heard: Heard, *, asks_same: bool) -> Verdict | None:
    """Go on with the demand before that one."""
    last = heard.state.last
    if last is None or last.script not in heard.published:
        return None
    then = replace(heard, occasion=replace(heard.occasion, year=year_told(last.slots.values())))
    reading = _reading(then, heard.catalogue.script(last.script))
    if not (asks_same or reading.filled or reading.tried):
        return None
    return start(then, last.script, Choice(Decision.WALK), kept=last.slots)


def _reading(heard: Heard, script: Script) -> Reading:
    """Read words as if nothing had been told before; values of other kinds say nothing of what goes on."""
    blank = State(protocol=heard.state.protocol, locale=heard.locale)
    reading = read(blank, script, heard.words, heard.occasion, asked=())
    return reading._replace(filled=tuple(name for name in reading.filled if script.slots[name].kind in LASTING))


def about_what_ended(heard: Heard) -> Verdict | None:
    """Answer a correction of a script that has ended, or a question that it knows the answer to."""
    if heard.state.script is None:
        return None
    script, words, reading = heard.script, heard.words, heard.reading
    if reading.changed:
        is_more = corrects(words) or goes_on(words) or not other_demand(heard)
        return corrected(heard, reading) if is_more else None
    own = None if only_answers(script) or matched(heard, besides=script.id) else known(script, words, heard.locale)
    return Verdict(heard.state, own.answer, Choice(Decision.ANSWER)) if own else None
