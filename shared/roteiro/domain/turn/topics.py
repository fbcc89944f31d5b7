"""What is said about topics: the question "A or B?", what is handled here, what comes after the end."""

from collections.abc import Sequence

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Later, State
from roteiro.domain.texts import listed, text
from roteiro.domain.walking.inserting import insert_values

__all__ = ["closing_text", "next_text", "switch_text", "title_of_topic", "topics_text"]

_MOST_OFFERED = 3  # topics in one question; chosen, more is a list nobody reads


def topics_text(state: State, choice: Choice, catalogue: Catalogue) -> str:
    """Return the question "A or B?", or what is said to a demand that no script answers."""
    titles = dict(catalogue.topics(state.locale))
    if not titles:
        return text("no_scripts", state.locale)
    if choice.decision is Decision.CLARIFY:
        topics = listed([titles[script] for script in choice.offered[:_MOST_OFFERED]], state.locale)
        return catalogue.pack().say("clarify", state.locale, topics=topics)
    topics = _with_rights(list(titles.values())[:_MOST_OFFERED], state.locale)
    key = "out_of_scope_again" if state.count % 2 else "out_of_scope"  # never the same words twice in a row
    return catalogue.pack().say(key, state.locale, topics=topics)


def switch_text(state: State, later: Later, catalogue: Catalogue) -> str:
    """Return the question whether to leave the running script for another."""
    now = catalogue.script(state.script, state.version).titled(state.locale) if state.script is not None else ""
    return text("switch", state.locale, other=title_of_topic(later, state.locale, catalogue), now=now)


def next_text(state: State, later: Later, catalogue: Catalogue) -> str:
    """Return the question whether to go on with a demand that was remembered."""
    return text("next", state.locale, other=title_of_topic(later, state.locale, catalogue))


def closing_text(state: State, catalogue: Catalogue) -> str:
    """Return what is said after the end: the script's own closing, else the pack's."""
    script = catalogue.script(state.script, state.version) if state.script is not None else None
    if script is None or script.completion.message is None:
        return catalogue.pack().say("closing", state.locale)
    return insert_values(script.say("completion.message", state.locale, script.completion.message), state, script)


def title_of_topic(later: Later, locale: str, catalogue: Catalogue) -> str:
    """Return the title of a demand that waits: of the version it was left in, or of the published script."""
    return catalogue.script(later.script, later.version or None).titled(locale)


def _with_rights(titles: Sequence[str], locale: str) -> str:
    """List topics so that complaint and cancellation are always among them."""
    rights = [text("topic_cancel", locale), text("topic_complaint", locale)]
    return listed([*(t for t in titles if not any(r in t for r in rights)), *rights], locale)
