"""Patterns that scripts may give a slot: a small part of RE2, and only those that cannot make Python's engine slow.

A backtracking engine is slow where one text can be read in many ways. `vetted` counts the ways a pattern leaves open,
from above, and refuses it when they are more than a text has characters: what passes takes at most that many looks at
each character, whatever the text.
"""

import re
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple, TypeAlias

from roteiro.domain.faults import OwnFault

__all__ = ["LONGEST_PATTERN", "vetted"]

LONGEST_PATTERN = 200  # characters (specs: slots)
_MOST_WAYS = 1000  # ways to read one text: one open repetition that competes with what follows it, and no more
_LONGEST_TEXT = 1000  # characters of a message, hence the ways to end an open repetition early
_DEEPEST = 10  # groups in groups; chosen
_PLAIN = 0x250  # code points that are told apart, Latin with all accents; those beyond count as one
_BEYOND = 1 << _PLAIN
_CHARACTERS = "".join(map(chr, range(_PLAIN)))
_BEYOND_ASCII = re.compile(r"\\[DSW]")
_TOO_MANY = _MOST_WAYS + 1  # counted no further
_SIGNS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_SHOWN = 12  # characters of a pattern that a fault repeats

_TOKEN = re.compile(
    r"(?P<group>\((?:\?:)?(?!\?))|(?P<end>\))|(?P<bar>\|)"
    r"|(?P<loop>(?:[*+?]|\{(?P<low>[0-9]{1,3})(?P<to>,(?P<high>[0-9]{0,3}))?\})\??)"
    r"|(?P<set>\[\^?(?:[^\]\[\\\n]|\\[dswDSW]|\\[^a-zA-Z0-9\s])+\]|\.|\\[dswDSW]|\\[^a-zA-Z0-9\s]|[^\\^$.|?*+()\[\]{}])"
)
_TWICE = re.compile(r"--|&&|~~|\|\|")  # set operations to come, of which Python warns
_UNSAFE = re.compile(r"\\[0-9a-zA-Z]|\(\?[a-zA-Z<=!#]{0,2}|[$^]")


class _Set(NamedTuple):
    """One character out of a set: bit n stands for code point n."""

    bits: int


class _Row(NamedTuple):
    """Parts one after the other."""

    parts: "tuple[_Node, ...]"


class _Fork(NamedTuple):
    """One of several."""

    branches: "tuple[_Node, ...]"


class _Loop(NamedTuple):
    """A part from `low` to `high` times; `high` None: without end."""

    part: "_Node"
    low: int
    high: int | None


class _After(NamedTuple):
    """The characters that may follow a part, and those of them that begin a repetition without end."""

    bits: int
    looping: int


_Node: TypeAlias = _Set | _Row | _Fork | _Loop
_Branches: TypeAlias = list[list[_Node]]


def vetted(pattern: str) -> re.Pattern[str]:
    r"""Return a pattern compiled for `fullmatch`; `\d`, `\w` and `\s` are ASCII, as in RE2.

    Accepted: characters, escaped signs, sets, `.`, `( )`, `(?: )`, `|`, `* + ? {n} {n,} {n,m}` up to 999; a `^` first
    and a `$` last.
    Raises OwnFault: `too_long` (limit), `pattern_part` (found), `pattern_unreadable` (found: the rest from there on),
    `pattern_slow`.

    >>> bool(vetted("[0-9]{6,12}").fullmatch("123456"))
    True
    """
    if len(pattern) > LONGEST_PATTERN:
        raise OwnFault("too_long", limit=LONGEST_PATTERN)
    inner = pattern.removeprefix("^")
    tree = _tree(inner[:-1] if inner.endswith("$") and not inner.endswith(r"\$") else inner)
    if _ways(tree, _After(0, 0)) > _MOST_WAYS:
        raise OwnFault("pattern_slow")
    return re.compile(pattern, re.ASCII)


def _tree(pattern: str) -> _Node:
    groups: list[_Branches] = [[[]]]  # the open ones, the outermost first
    at = 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if not token:
            raise _refusal(pattern[at:])
        if not _TAKE[str(token.lastgroup)](token, groups):
            raise OwnFault("pattern_unreadable", found=pattern[at : at + _SHOWN])
        at = token.end()
    if len(groups) > 1:
        raise OwnFault("pattern_unreadable", found=pattern[:_SHOWN])
    return _joined(groups[0])


def _refusal(rest: str) -> OwnFault:
    known = _UNSAFE.match(rest)
    return OwnFault("pattern_part", found=known[0]) if known else OwnFault("pattern_unreadable", found=rest[:_SHOWN])


def _joined(branches: _Branches) -> _Node:
    return _Fork(tuple(_Row(tuple(parts)) for parts in branches))


def _open(_token: re.Match[str], groups: list[_Branches]) -> bool:
    groups.append([[]])
    return len(groups) <= _DEEPEST


def _close(_token: re.Match[str], groups: list[_Branches]) -> bool:
    group = groups.pop()
    if groups:
        groups[-1][-1].append(_joined(group))
    return bool(groups)


def _branch(_token: re.Match[str], groups: list[_Branches]) -> bool:
    groups[-1].append([])
    return True


def _repeat(token: re.Match[str], groups: list[_Branches]) -> bool:
    parts = groups[-1][-1]
    if not parts or isinstance(parts[-1], _Loop):
        return False
    low, high = _SIGNS.get(token[0][0]) or (int(token["low"]), _high(token))
    parts[-1] = _Loop(parts[-1], low, high)
    return high is None or low <= high


def _high(token: re.Match[str]) -> int | None:
    if token["to"] is None:
        return int(token["low"])
    return int(token["high"]) if token["high"] else None


def _take_set(token: re.Match[str], groups: list[_Branches]) -> bool:
    bits = _bits(token[0])
    groups[-1][-1].append(_Set(bits))
    return bits > 0


_TAKE = {"group": _open, "end": _close, "bar": _branch, "loop": _repeat, "set": _take_set}


@lru_cache(maxsize=256)
def _bits(written: str) -> int:
    """Return the characters that a set stands for; 0 if it stands for none or cannot be read."""
    if written[0] == "[" and _TWICE.search(written):
        return 0
    try:
        compiled = re.compile(written, re.ASCII)
    except re.error:  # a range that goes down
        return 0
    bits = sum(1 << ord(character) for character in compiled.findall(_CHARACTERS))
    beyond = written == "." or written.startswith("[^") or _BEYOND_ASCII.search(written) or max(written) >= chr(_PLAIN)
    return bits | (_BEYOND if beyond else 0)


def _ways(node: _Node, after: _After) -> int:
    """Return in how many ways one text can be read, at most, if `after` follows."""
    match node:
        case _Set():
            return 1
        case _Row():
            ways = 1
            for part in reversed(node.parts):
                ways = min(ways * _ways(part, after), _TOO_MANY)
                after = _before(part, after)
            return ways
        case _Fork():
            each = [_ways(one, after) for one in node.branches]
            apart = _are_apart([_before(one, after).bits for one in node.branches])
            return max(each) if apart else min(sum(each), _TOO_MANY)
        case _Loop():
            return _loop_ways(node, after)


def _loop_ways(loop: _Loop, after: _After) -> int:
    first = _first(loop.part)
    again = after if loop.high == 1 else _After(after.bits | first, after.looping | (first if loop.high is None else 0))
    each = _ways(loop.part, again)
    if _may_be_empty(loop.part):
        return min(each + 1, _TOO_MANY) if loop.high == 1 else _TOO_MANY
    if each == 1 and not first & after.bits:
        return 1  # the next character says whether to go on
    if loop.high is None:
        return _LONGEST_TEXT if each == 1 and not first & after.looping else _TOO_MANY
    return _counted(each, loop.low, loop.high)


def _counted(each: int, low: int, high: int) -> int:
    """Return the ways to read from `low` to `high` repeats of a part that can be read in `each` ways."""
    total, ways = 0, 1
    for count in range(high + 1):
        total += ways if count >= low else 0
        ways = min(ways * each, _TOO_MANY)
    return min(total, _TOO_MANY)


def _before(part: _Node, after: _After) -> _After:
    """Return what follows whatever stands before this part."""
    rest = after if _may_be_empty(part) else _After(0, 0)
    return _After(_first(part) | rest.bits, _first(part, looping=True) | rest.looping)


def _are_apart(sets: list[int]) -> bool:
    seen = 0
    for bits in sets:
        if seen & bits:
            return False
        seen |= bits
    return True


def _first(node: _Node, *, looping: bool = False) -> int:
    """Return the characters that a part may begin with; `looping`: only those that begin a repetition without end."""
    match node:
        case _Set():
            return 0 if looping else node.bits
        case _Loop():
            return _first(node.part, looping=looping and node.high is not None)
        case _Fork():
            return reduce(or_, (_first(one, looping=looping) for one in node.branches))
        case _Row():
            reached = next((n for n, part in enumerate(node.parts) if not _may_be_empty(part)), len(node.parts))
            return reduce(or_, (_first(part, looping=looping) for part in node.parts[: reached + 1]), 0)


def _may_be_empty(node: _Node) -> bool:
    match node:
        case _Set():
            return False
        case _Loop():
            return node.low == 0 or _may_be_empty(node.part)
        case _Fork():
            return any(map(_may_be_empty, node.branches))
        case _Row():
            return all(map(_may_be_empty, node.parts))
