"""More than one demand: two in one message, or another one in the middle of a script. Pure word work and the matcher.

The first is served; the other is remembered in `State.later` and offered when the script has ended.
"""

import re

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Later
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.wishes import is_courtesy

__all__ = ["GOODBYE", "GREETING", "THANKS", "is_courteous", "matched", "other_demand", "two_demands"]

GREETING, THANKS, GOODBYE = "greeting", "thanks", "goodbye"  # intents of scripts that answer a mere courtesy

_FEWEST_WORDS = 3  # a shorter text in mid-script is an answer to the step; chosen with the pack's conversations
_FEWEST_FOR_A_RIGHT = 2  # words; "quero cancelar" is a demand wherever it is said
_FEWEST_IN_PART = 2  # words; the joint takes the verb away: "quero mudar meu endereço" leaves "mudar meu endereço"
_MOST_PARTS = 3  # parts of a message that are ranked apart; a fourth costs time and is no demand in practice
_JOINTS = re.compile(
    r"[.;!?\n]+|,? (?:e|mas|além disso|alem disso|aproveitando|aproveita|and|also|además|ademas|y)"
    r" (?:também|tambem|ainda|queria|quero|preciso|gostaria|i want|i need|quiero|necesito)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"(?:eu |i )?(?:nao|nem|nunca|not|don t|do not|no)\b")


def two_demands(message: str, catalogue: Catalogue) -> tuple[Choice, Later] | None:
    """Return the choice for the first demand of a message, and the second: two of its parts alone would start two.

    A part that begins with a negation is no demand: "não quero cancelar, mas quero mudar o endereço" has one.
    """
    parts = _parts(message)
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    published = dict(catalogue.topics())
    wanted: dict[ScriptId, Choice] = {}
    for part in parts:
        if choice := _demand(part, catalogue):
            wanted.setdefault(choice.best, choice)
    first, second = [*(script for script in wanted if script in published), None, None][:2]
    return (wanted[first], Later(second)) if first is not None and second is not None else None


def _demand(part: str, catalogue: Catalogue) -> Choice | None:
    """Return the choice that a part alone would start; "bom dia" is none, though a pack may have a script for it."""
    if len(part.split()) < _FEWEST_IN_PART or is_courtesy(part):
        return None
    choice = catalogue.glance(part)
    if choice.decision is not Decision.MATCH or _DENIAL.match(fold(part)):
        return None
    return None if is_courteous(choice, catalogue) else choice


def is_courteous(choice: Choice, catalogue: Catalogue) -> bool:
    """Say whether a choice only answers a courtesy, as that of "boa tarde, somos do sindicato" may."""
    is_known = choice.best in dict(catalogue.topics())
    return is_known and catalogue.script(choice.best).intent in (GREETING, THANKS, GOODBYE)


def _parts(message: str) -> list[str]:
    stripped = (part.strip(" ,") for part in _JOINTS.split(message))
    return [part for part in stripped if part]


def matched(heard: Heard, besides: ScriptId | None = None) -> ScriptId | None:
    """Return the script that a glance would start; what was archived since is no demand that can be served.

    `besides`: this one is none either.
    """
    if heard.choice.decision is not Decision.MATCH:
        return None
    first = heard.choice.best
    return first if first != besides and first in heard.published else None


def other_demand(heard: Heard) -> Choice | None:
    """Return the matcher's choice when a message in mid-script clearly asks for another script; else None.

    Short answers are none. The catalogue is glanced at, so that a walking turn reads nothing more.
    """
    words = len(heard.words.split())
    other = matched(heard, besides=heard.state.script) if words >= _FEWEST_FOR_A_RIGHT else None
    if other is None:
        return None
    return heard.choice if words >= _FEWEST_WORDS or heard.catalogue.script(other).protected else None
