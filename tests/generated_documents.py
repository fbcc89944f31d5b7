"""Script documents that nobody would write and the schema accepts: for properties of what must hold for every one."""

from typing import Any

from hypothesis import strategies as st

from roteiro.domain.message import fold

# Every character but those that are no text: NUL and halves of pairs. Braces are names where a script has slots.
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0{}")
# What formats stumble over: formulas, quotes, separators, words that YAML takes for something else.
_TRICKS = st.sampled_from(
    (
        *("=1+1", "'=x", "''-", "+55", "- a", "@a", "\ta", "a|b", "a\\|b\\", "\r\n", "a;b,c", '"', "'", "\x85b"),
        *("sim", "no", "off", "null", "~", "012", "1_000", "1e5", "1.0", "2026-11-20", "12:30"),
        *("&a", "*a", "<<", "# a", "a: b", "---"),
    )
)
TEXTS = (_TRICKS | st.text(_CHARACTERS, min_size=1, max_size=40)).filter(lambda text: bool(text.strip()))
_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in "confirmed channel business_hours attempts protocol customer_name record_id locale summary"
)
_KINDS = st.sampled_from("text long_text bool integer cpf email date money_brl plate".split())


def _apart(texts: list[str]) -> list[str]:
    """Return texts of which no two say the same."""
    return list({fold(text) or text: text for text in texts}.values())


_LISTS: st.SearchStrategy[list[str]] = st.lists(TEXTS, max_size=6).map(_apart)


@st.composite
def _steps(draw: st.DrawFn, slots: list[str], *, is_plain: bool) -> list[dict[str, Any]]:
    """Draw steps that a walk comes through: a branch leads forward, and without an else the next step follows."""
    count = draw(st.integers(1, 4))
    made = []
    for number in range(1, count + 1):
        step: dict[str, Any] = {"step": number, "message": draw(TEXTS)}
        if draw(st.booleans()) and slots:
            step["collect"] = draw(st.lists(st.sampled_from(slots), min_size=1, max_size=3, unique=True))
        if draw(st.booleans()):
            branch = {"when": "channel == 'web'", "goto": draw(st.integers(number, count))}
            step["next"] = draw(st.sampled_from([number + 1 if number < count else "END", [branch]]))
        if not is_plain and draw(st.booleans()):
            step |= {"guidelines": draw(st.lists(TEXTS, max_size=2)), "llm": "off", "id": f"passo_{number}"}
        made.append(step)
    return made


@st.composite
def documents(draw: st.DrawFn, *, is_plain: bool = False) -> dict[str, Any]:
    """Draw a script that the schema accepts; a plain one has only keys that a CSV holds."""
    number = draw(st.integers(1, 999_999_999))
    problem: dict[str, Any] = {"id": number if is_plain else draw(st.sampled_from([number, str(number)]))}
    problem |= {"description": draw(TEXTS)}
    if draw(st.booleans()):
        problem["title"] = draw(TEXTS)
    slots: list[str] = [] if is_plain else draw(st.lists(_NAMES, max_size=3, unique=True))
    document: dict[str, Any] = {"problem": problem, "script": draw(_steps(slots, is_plain=is_plain))}
    if slots:
        document["slots"] = {name: {"type": draw(_KINDS), "required": draw(st.booleans())} for name in slots}
    if examples := draw(_LISTS):
        document["match"] = {"examples": examples}
    return document if is_plain else document | draw(_extras(len(document["script"])))


@st.composite
def _extras(draw: st.DrawFn, count: int) -> dict[str, Any]:
    extras = {
        "steps": count,
        "slug": "um-slug",
        "guidelines": [{"when": draw(TEXTS), "then": draw(TEXTS)}],
        "knowledge": [{"q": draw(TEXTS), "a": draw(TEXTS)}],
        "completion": {"message": draw(TEXTS), "csat": draw(st.booleans())},
        "translations": {"en": {"script.1.message": draw(TEXTS)}},
        "tests": [{"name": "um", "turns": [{"say": draw(TEXTS), "expect": {"step": 1, "final": False}}]}],
        "meta": {"tags": draw(st.lists(TEXTS, max_size=3))},
    }
    kept = draw(st.sets(st.sampled_from(sorted(extras))))
    return {name: extras[name] for name in sorted(kept)}
