"""What goes on with an answer that was given: "e a defesa?", "agora para 2024", "quanto gastaram?", a correction."""

import re
from dataclasses import replace

from roteiro.domain.acting import BY_WORDS
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.contracts.asked import asked_in
from roteiro.domain.contracts.pointing import points_back
from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.turn.demands import matched, other_demand
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.knowing import known, only_answers
from roteiro.domain.turn.starting import lasting, start, start_again
from roteiro.domain.turn.stepping import corrected, told_again
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.values.letters import level
from roteiro.domain.values.others import is_everybody
from roteiro.domain.values.periods import year_told
from roteiro.domain.walking.cues import corrects
from roteiro.domain.walking.filling import LASTING, Reading, read, with_values

__all__ = ["about_what_ended", "goes_on", "gone_on"]

_FIRST = frozenset("e and y agora now ahora mas so entao tira tirar troca trocar muda mudar sem tambem".split())
_VALUE_ALONE = 2  # words; "na saúde", "em 2025"
_MOST = 5  # words of a question about what was just answered; a longer one says by itself what it is about
_OTHERWISE = re.compile(  # "agora quero investigar a defesa": no other value is wanted but another demand
    r"\b(?:quero|queria|vou|vamos|preciso|gostaria de|want to|quiero|necesito) (?:fazer )?"
    r"(?:uma? )?(?:investig|analis|compar|audit|fiscaliz|apur|analy|anomal)"
)
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
    is_same = _SAME.match(fold(heard.words)) is not None or is_everybody(level(heard.words))
    asks_same = (is_short and is_same) or _asks_on(heard)
    if heard.state.script is None or _is_other(heard) or not (asks_same or goes_on(heard.words)):
        return None
    is_here = bool(lasting(heard.state, heard.script)) or _is_first(heard) or _points_back(heard)
    return (_here if is_here else _there)(heard, asks_same=asks_same)


def _is_other(heard: Heard) -> bool:
    """Say whether words want something else done, by its verb, however they begin."""
    return _OTHERWISE.search(fold(heard.words)) is not None and other_demand(heard) is not None


def _asks_on(heard: Heard) -> bool:
    """Say whether words ask something more of what was looked up by words: "e os fornecedores?", "contrato 7/2025"."""
    if heard.state.script is None or not _is_by_words(heard.script):
        return False
    asked = asked_in(heard.words)
    return (asked is not None and asked.names_one) or matched(heard) == heard.script.id or _points_back(heard)


def _is_by_words(script: Script) -> bool:
    return any(step.action in BY_WORDS for step in script.steps)


def _is_first(heard: Heard) -> bool:
    """Say whether what has ended is all that words can go on with: a look-up of everybody at all times."""
    return heard.state.last is None and _is_by_words(heard.script)


def _points_back(heard: Heard) -> bool:
    """Say whether words mean the one company that was looked up: "e o maior contrato dela?"."""
    return points_back(heard.words) and _is_by_words(heard.script) and bool(_companies(heard.state, heard.script))


def _companies(state: State, script: Script) -> dict[str, SlotValue]:
    return {name: value for name, value in state.slots.items() if value and script.slots[name].kind == "cnpj"}


def _here(heard: Heard, *, asks_same: bool) -> Verdict | None:
    """Go on with the script that has just ended."""
    state = heard.state
    reading = _reading(heard, heard.script)
    if reading.tried:
        return start_again(heard, reading)
    said = {name: reading.state.slots[name] for name in reading.filled}
    if None in said.values():  # everybody is meant
        kept = {name: value for name, value in {**state.slots, **said}.items() if value is not None}
        return told_again(heard, with_values(state, kept, heard.occasion))
    if any(name in state.slots and state.slots[name] != value for name, value in said.items()):
        return None
    if not said and not (asks_same and (_points_back(heard) or lasting(state, heard.script))):
        return None
    one = _companies(reading.state, heard.script)
    return told_again(heard, with_values(state, {**state.slots, **said, **one}, heard.occasion))


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
    reading = read(blank, script, heard.words, heard.occasion, asked=(), begun=True)
    return reading._replace(filled=tuple(name for name in reading.filled if script.slots[name].kind in LASTING))


def about_what_ended(heard: Heard) -> Verdict | None:
    """Answer a correction of a script that has ended, or a question that it knows the answer to."""
    if heard.state.script is None:
        return None
    script, words, reading = heard.script, heard.words, heard.reading
    if reading.changed:
        is_more = corrects(words) or (goes_on(words) and not _is_other(heard)) or not other_demand(heard)
        return _changed(heard, reading) if is_more else None
    own = None if only_answers(script) or matched(heard, besides=script.id) else known(script, words, heard.locale)
    return Verdict(heard.state, own.answer, Choice(Decision.ANSWER)) if own else None


def _changed(heard: Heard, reading: Reading) -> Verdict:
    """Answer a correction; who is named beside the new value, known or not, counts too."""
    anew = _reading(heard, heard.script)
    if anew.tried:
        return start_again(heard, anew)
    known = reading.state.slots
    more = {name: anew.state.slots[name] for name in anew.filled if name not in reading.changed}
    more = {name: value for name, value in more.items() if known.get(name) != value}
    slots = {name: value for name, value in {**known, **more}.items() if value is not None}
    state = with_values(reading.state, slots, heard.occasion)
    changed = (*reading.changed, *(name for name, value in more.items() if value is not None))
    return corrected(heard, reading._replace(state=state, changed=changed))
