"""What goes on with an answer that was given: "e a defesa?", "agora para 2024", "quanto gastaram?"."""

import re
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import State
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.turn.starting import running, start
from roteiro.domain.turn.stepping import told_again
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.values.periods import year_told
from roteiro.domain.walking.filling import LASTING, Reading, read, with_values
from roteiro.domain.walking.laddering import sentence_for
from roteiro.domain.walking.walk import Occasion

__all__ = ["goes_on", "gone_on"]

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


def gone_on(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Do the last demand again if words go on with it and change nothing there, or if something else came after it.

    None where they do not, or where they change a value of the script that has just ended: that is a correction.
    """
    asks_same = len(words.split()) <= _MOST and _SAME.match(fold(words)) is not None
    if state.script is None or not (asks_same or goes_on(words)):
        return None
    script = running(state, catalogue)
    if lasting(state, script):
        return _here(state, script, words, occasion, catalogue, asks_same=asks_same)
    last = state.last
    if last is None or last.script not in dict(catalogue.topics()):
        return None
    occasion = replace(occasion, year=year_told(last.slots.values()))
    reading = _reading(state, catalogue.script(last.script), words, occasion)
    if not (asks_same or reading.filled or reading.tried):
        return None
    return start(state, last.script, Choice(Decision.WALK), words, occasion, catalogue, kept=last.slots)


def lasting(state: State, script: Script) -> bool:
    """Say whether a script holds what later words may go on with: an entry of a list, or a period, that it asks for."""
    asked = {name for step in script.steps for name in step.collect}
    return any(script.slots[name].kind in LASTING and state.slots.get(name) for name in asked)


def _here(
    state: State, script: Script, words: str, occasion: Occasion, catalogue: Catalogue, *, asks_same: bool
) -> Verdict | None:
    reading = _reading(state, script, words, occasion)
    said = reading.state.slots
    if any(name in state.slots and state.slots[name] != said[name] for name in reading.filled):
        return None
    if reading.filled or asks_same:
        new = {name: said[name] for name in reading.filled}
        return told_again(with_values(state, {**state.slots, **new}, occasion), script, occasion, catalogue)
    name = next(iter(reading.tried), "")
    if not name:
        return None
    return Verdict(state, sentence_for(script, name, reading.tried[name], 1, state.locale), Choice(Decision.WALK))


def _reading(state: State, script: Script, words: str, occasion: Occasion) -> Reading:
    """Read words as if nothing had been told before; values of other kinds say nothing of what goes on."""
    blank = State(protocol=state.protocol, locale=state.locale)
    reading = read(blank, script, words, occasion, asked=())
    return reading._replace(filled=tuple(name for name in reading.filled if script.slots[name].kind in LASTING))
