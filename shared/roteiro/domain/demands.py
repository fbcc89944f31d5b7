"""More than one demand: two in one message, or another one in the middle of a script. Pure word work and the matcher.

The first is served; the other is remembered in `State.later` and offered when the script has ended.
"""

import re

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Later, State
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import fold

__all__ = ["other_demand", "second_demand"]

_FEWEST_WORDS = 3  # a shorter text in mid-script is an answer to the step; chosen with the pack's conversations
_MOST_PARTS = 3  # parts of a message that are ranked apart; a fourth costs time and is no demand in practice
_JOINTS = re.compile(
    r"[.;!?\n]+|,? (?:e|mas|além disso|alem disso|aproveitando|aproveita|and|also|además|ademas|y)"
    r" (?:também|tambem|ainda|queria|quero|preciso|gostaria|i want|i need|quiero|necesito)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:o que|que|qual|quais|quando|quanto|quantos|quantas|onde|como|por que|porque|quem|posso|pode|da pra|da para|"
    r"tem|cobre|what|which|when|where|how|why|who|can|does|do|is|cuando|donde|cuanto|cual|puedo|se eu)\b"
)


def second_demand(message: str, first: ScriptId, catalogue: Catalogue) -> Later | None:
    """Return the other script that a message asks for besides `first`: a part of it that alone would start one."""
    parts = [part.strip() for part in _JOINTS.split(message) if part and part.strip()]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    choices = [catalogue.rank(part) for part in parts if len(part.split()) >= _FEWEST_WORDS]
    wanted = [choice.candidates[0].script for choice in choices if choice.decision is Decision.MATCH]
    other = next((script for script in wanted if script != first), None)
    return Later(other) if other is not None and first in wanted else None


def other_demand(state: State, message: str, catalogue: Catalogue) -> Choice | None:
    """Return the matcher's choice when a message in mid-script clearly asks for another script; else None.

    Short answers and questions are never one. The catalogue is glanced at, so that a walking turn reads nothing more.
    """
    if len(message.split()) < _FEWEST_WORDS or message.rstrip().endswith("?") or _QUESTION.match(fold(message)):
        return None
    choice = catalogue.glance(message)
    is_other = choice.decision is Decision.MATCH and choice.candidates[0].script != state.script
    return choice if is_other else None
