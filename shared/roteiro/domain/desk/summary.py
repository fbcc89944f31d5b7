"""A conversation in a few true sentences for whoever opens it at the desk: no model, nothing that no event says."""

from datetime import datetime, timedelta

from roteiro.domain.conversation import State, Status
from roteiro.domain.script import Script
from roteiro.domain.texts import text, texts_of
from roteiro.domain.walking.collected import told

__all__ = ["summary"]

_MINUTE = 60
_TWO_HOURS = 120  # minutes from which a wait is told in hours
_TWO_DAYS = 48  # hours from which it is told in days


def summary(state: State, script: Script | None, now: datetime, locale: str, said: str = "") -> str:
    """Return who it is, which script and step, what was told, why a person is needed and how long they wait.

    `locale` is the reader's; sensitive values stay masked. `said`: what they want that no script has taken up, masked.
    """
    sentences = [_who(state, locale), _where(state, script, locale), _told(state, script, locale)]
    if said:
        sentences.append(text("summary.said", locale, words=said))
    if (key := f"summary.reason.{state.reason}") in texts_of(locale):
        sentences.append(text(key, locale))
    if state.status is Status.WAITING and state.waiting_since:
        sentences.append(text("summary.waiting", locale, time=_lasted(now - state.waiting_since)))
    if state.status is Status.HUMAN:
        sentences.append(text("summary.with", locale, who=state.holder or "?"))
    return " ".join(sentences)


def _who(state: State, locale: str) -> str:
    return text("summary.customer", locale, name=state.name) if state.name else text("summary.nameless", locale)


def _where(state: State, script: Script | None, locale: str) -> str:
    if script is None:
        return text("summary.no_script", locale)
    if state.is_final or state.is_done:
        return text("summary.completed", locale, title=script.titled(locale))
    return text("summary.step", locale, title=script.titled(locale), step=state.step, steps=state.steps)


def _told(state: State, script: Script | None, locale: str) -> str:
    known = told(state, script, locale) if script else []
    if not known:
        return text("summary.nothing", locale)
    return text("summary.told", locale, slots="; ".join(f"{label}: {value}" for label, value in known))


def _lasted(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // _MINUTE
    if minutes < _TWO_HOURS:
        return f"{minutes} min"
    hours = minutes // _MINUTE
    return f"{hours} h" if hours < _TWO_DAYS else f"{hours // 24} d"
