"""How words beside an amount compare with it, in three languages: "acima de", "igual ou superior a", "or more"."""

import re
from typing import NamedTuple

__all__ = ["Comparison", "compared", "joins"]

_LOOK = 56  # characters before an amount that can hold a comparison: "not greater than or equal to the total of"
# Words after which every number is an amount; those of `_WEAK` are said of periods and places too.
_STRONG = {
    "more": "acima|mais|maior|maiores|superior|superiores",
    "least": "a partir|pelo menos|ao menos|no minimo",
    "less": "abaixo|menos|menor|menores|inferior|inferiores",
    "most": "no maximo",
    "between": "entre",
}
_WEAK = {
    "more": (
        "over|above|more|greater|larger|higher|exceed(?:s|ing)?|mas|mayor|mayores|por encima|superan?|superam|"
        "pass[ae]m?|ultrapass[ae]m?|excedem?"
    ),
    "least": "at least|from|starting|minimum|minimo|al menos|por lo menos|como minimo|desde|as of",
    "less": "under|below|less|lower|smaller|por debajo|aquem",
    "most": "ate|up to|at most|maximum|maximo|hasta|como maximo|a lo sumo|until",
    "between": "between",
    "equal": "igual|iguais|equal|iguales",
}
_SIGNS = {">": ("gt", True), ">=": ("gt", False), "<": ("lt", True), "<=": ("lt", False)}
_KINDS = tuple(
    (kind, is_weak, re.compile(names))
    for is_weak, words in ((False, _STRONG), (True, _WEAK))
    for kind, names in words.items()
)
_WORD = "|".join([*_STRONG.values(), *_WEAK.values()])
_ON = "(?: (?:de|do|dos|da|das|del|que|a|ao|os|at|of|than|to|the|los|la|valor|total))*"
_NOT = (
    r"(?P<no>\b(?:nao|no(?! minimo| maximo)|not|nada|nunca|never)"
    r"(?: (?:se|seja|sejam|for|forem|e|sao|is|are|be|sea|sean|vao|va))? )?"
)
_BEFORE = re.compile(rf"{_NOT}\b(?P<said>{_WORD}){_ON}(?: (?:ou|o|or) (?P<too>{_WORD}){_ON})?$")
_SIGN = re.compile(r"(?P<sign>[<>]=?)$")
_NO_OTHER = r"(?! ?(?:de|do|dos|da|than|que|r\$|[0-9]))"
_UP = r"mais|mas|more|above|over|acima|maior(?:es)?|superior(?:es)?|higher|greater|up"
_DOWN = r"menos|less|below|under|abaixo|menor(?:es)?|inferior(?:es)?|lower"
_AFTER = tuple(
    (op, re.compile(pattern))
    for op, pattern in (
        ("gt", rf" (?:(?:ou|o|or) (?:{_UP})|(?:e|and|y) (?:above|over|up|acima)|(?:pa?ra|p/) cima)\b{_NO_OTHER}"),
        ("gt", r"\+(?![0-9])| (?:hacia arriba|en adelante|em diante|upwards?|onwards?)\b"),
        ("lt", rf" (?:(?:ou|o|or) (?:{_DOWN})|(?:e|and|y) (?:below|under|abaixo)|(?:pa?ra|p/) baixo)\b{_NO_OTHER}"),
        ("lt", r" (?:hacia abajo|downwards?)\b"),
    )
)
_JOIN = re.compile(r"\b(?:e|and|y|a|to) (?:os |the |r\$ ?|brl ?)*$")


class Comparison(NamedTuple):
    """How an amount compares: gt, lt, eq or between; whether itself it lies outside; whether words make it money."""

    op: str = "eq"
    is_strict: bool = False
    is_sure: bool = False


def compared(levelled: str, start: int, end: int) -> Comparison:
    """Return how the words before or after the amount at these places of a levelled text compare with it."""
    before = levelled[max(0, start - _LOOK) : start].rstrip()
    before = before.removesuffix("r$").removesuffix("brl").rstrip()
    if sign := _SIGN.search(before):
        op, is_strict = _SIGNS[sign["sign"]]
        return Comparison(op, is_strict)
    found = _BEFORE.search(before)
    said = _said(found) if found else Comparison()
    if said.op != "eq":
        return said
    return next((Comparison(op) for op, pattern in _AFTER if pattern.match(levelled, end)), said)


def joins(levelled: str, start: int) -> bool:
    """Say whether the words before an amount join it to another one: "entre 1 e 2 milhões"."""
    return _JOIN.search(levelled[max(0, start - _LOOK) : start]) is not None


def _said(found: re.Match[str]) -> Comparison:
    kinds = [_kind(word) for word in (found["said"], found["too"]) if word]
    names = [name for name, _ in kinds if name != "equal"]
    if not names or {"more", "less"} <= set(names):  # "mais ou menos"
        return Comparison()
    if names[0] == "between":
        return Comparison("between", is_sure=not kinds[0][1])
    is_more = (names[0] in ("more", "least")) is not bool(found["no"])
    is_strict = names[0] in ("more", "less") and len(names) == len(kinds) and not found["no"]
    return Comparison("gt" if is_more else "lt", is_strict, is_sure=any(not is_weak for _, is_weak in kinds))


def _kind(word: str) -> tuple[str, bool]:
    return next((kind, is_weak) for kind, is_weak, names in _KINDS if names.fullmatch(word))
