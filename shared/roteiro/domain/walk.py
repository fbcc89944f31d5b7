"""One step along a script: pure, the same with and without a model."""

from dataclasses import replace

from roteiro.domain.conversation import State, Status
from roteiro.domain.script import Script

__all__ = ["Script", "advance", "begin", "resume"]


def begin(state: State, script: Script) -> tuple[State, str]:
    """Return the state at the script's first step, pinned to its version, and that step's text."""
    running = replace(state, script=script.id, version=script.version, steps=len(script.steps), asked=None)
    return _deliver(running, script, 1)


def advance(state: State, script: Script) -> tuple[State, str]:
    """Return the state one step on and that step's text: in a script without slots each message is one step."""
    return _deliver(state, script, state.step + 1)


def resume(state: State, script: Script, step: int) -> tuple[State, str]:
    """Return the state at the step where a script was left, and that step's text again."""
    running = replace(state, script=script.id, version=script.version, steps=len(script.steps), asked=None)
    return _deliver(running, script, step)


def _deliver(state: State, script: Script, number: int) -> tuple[State, str]:
    is_last = number >= len(script.steps)
    status = Status.ENDED if is_last else Status.BOT
    return replace(state, step=number, status=status), script.step(number).message
