import random
import re
import warnings
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from roteiro.domain.faults import OwnFault
from roteiro.domain.patterns import vetted

MOST_STEPS = 30_000  # for texts of 24 characters: far above what a linear pattern takes, far below 2 ** 24


def fault_of(pattern: str) -> OwnFault:
    with pytest.raises(OwnFault) as caught:
        vetted(pattern)
    return caught.value


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("[0-9]{6,12}", "123456", "12345"),
        ("^[0-9]{6}$", "123456", "1234567"),
        ("[A-Z]{2,3}-?[0-9]{6,12}(/[0-9]{1,2})?", "SP-123456/1", "S123456"),
        (r"\d+-\d+", "12-3", "12-"),
        (r"AP\.(?:[0-9]{4}|[A-Z]{2}[0-9]{2})", "AP.AB12", "APxAB12"),
        (r"([A-Z]{2}\d{3})+", "AB123CD456", "AB123C"),
        (r"(\d{3}\.)*\d{3}", "123.456", "123.45"),
        (r"\w+(?: \w+)*", "um dois tres", "um  dois"),
        ("[A-Za-zÀ-ú ]{2,40}", "São João", "João 2"),
        (r"[\w.]+@[\w.]+\.[\w.]+", "ana@exemplo.com.br", "ana@exemplo"),
        ("[^ ]{3}", "a-b", "a b"),
        ("a??b*?", "abb", "aab"),
        ("a|b|", "", "ab"),
        (r"R\$ [0-9]{1,3}", "R$ 10", "R 10"),
        ("^a|b$", "b", "ab"),
        ("", "", "a"),
    ],
)
def test_a_plain_pattern_is_accepted_and_means_the_whole_text(pattern: str, fits: str, does_not: str) -> None:
    compiled = vetted(pattern)

    assert compiled.fullmatch(fits)
    assert not compiled.fullmatch(does_not)


def test_digits_are_ascii_as_in_re2() -> None:
    assert not vetted(r"\d{3}").fullmatch("１２３")


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)b",
        "(?!a)b",
        "(?<=a)b",
        "(?<!a)b",
        r"(a)\1",
        "(?P<x>a)",
        "(?P=x)",
        "(?i)a",
        "(?>a)",
        "(?#x)a",
        r"\bpalavra\b",
        r"\p{L}",
        r"\x41",
        r"\Z",
        "a^b",
        "a$b",
    ],
)
def test_what_re2_or_a_full_match_does_not_know_is_named(pattern: str) -> None:
    fault = fault_of(pattern)

    assert fault.code == "pattern_part"
    assert dict(fault.facts)["found"] in pattern


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a", "a)", "[a", "a]", "[]", "[z-a]", "*a", "a**", "a*+", "a{3}{4}", "a{,3}", "a{5,2}", "a{2000}", "a{"),
        *("{3}", "[[a]]", "[a--b]", "[a||b]", "[a&&b]", "a\n[", "a\\", "(" * 11 + "a" + ")" * 11),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_without_a_warning(pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert fault_of(pattern).code == "pattern_unreadable"


def test_a_pattern_has_a_longest_length() -> None:
    assert fault_of("a" * 201).code == "too_long"
    assert vetted("a" * 200)


# Known from advisories and papers on regular expressions that take exponential or quadratic time.
@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*",
        "(a|a)*",
        "(a|aa)+",
        "(a|a?)+",
        "(a?)+",
        "(|a)*",
        "([a-zA-Z]+)*",
        "(.*a){20}",
        "(.*a){1,3}",
        ".*.*",
        ".*.*=.*",
        r"\d+\d+",
        r"\s*[a-z ]*\s*x",
        "(x+x+)+y",
        r"([a-z0-9]+\.?)+x",
        r"(\w+\s?)+",
        r"(\d+|[a-z0-9]+)+",
        r"(([a-z])+\.)?[a-z]+[a-z]+[a-z]+",
        "(a{0,100}){1,100}",
        "((a?){50}){50}",
        "(aa?){500}",
        "(a{1,9}){1,9}b",
        ".{0,100}.{0,100}x",
        "(?:a|b|ab)*c",
        "(a+b?)*",
    ],
)
def test_a_pattern_known_to_be_slow_is_refused(pattern: str) -> None:
    assert fault_of(pattern).code == "pattern_slow"


Node = tuple[Any, ...]  # ("char", letters) | ("row", nodes) | ("fork", nodes) | ("loop", node, low, high or None)


def a_tree(chance: random.Random, depth: int) -> Node:
    kind = chance.choice(["char", "char", "row", "row", "fork", "loop", "loop"] if depth else ["char"])
    if kind == "char":
        return ("char", chance.choice(["a", "b", "ab"]))
    if kind == "loop":
        low, high = chance.choice([(0, None), (1, None), (0, 1), (1, 3), (2, 2), (0, 4), (3, 9)])
        return ("loop", a_tree(chance, depth - 1), low, high)
    return (kind, [a_tree(chance, depth - 1) for _ in range(chance.randrange(1, 4))])


def written(node: Node) -> str:
    match node:
        case ("char", letters):
            return f"[{letters}]"
        case ("row", parts):
            return "".join(map(written, parts))
        case ("fork", parts):
            return f"(?:{'|'.join(map(written, parts))})"
    _, part, low, high = node
    return f"(?:{written(part)}){{{low},{'' if high is None else high}}}"


class TooManyStepsError(Exception):
    pass


class Backtracking:
    """A matcher that tries everything in order, as Python's engine does, and counts what it tries."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = 0

    def ends(self, node: Node, at: int) -> Iterator[int]:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyStepsError
        match node:
            case ("char", letters):
                yield from [at + 1] if at < len(self.text) and self.text[at] in letters else []
            case ("row", parts):
                yield from self.row(parts, at)
            case ("fork", parts):
                for part in parts:
                    yield from self.ends(part, at)
            case ("loop", part, low, high):
                yield from self.loop(part, low, high, at)

    def row(self, parts: list[Node], at: int) -> Iterator[int]:
        if not parts:
            yield at
            return
        for end in self.ends(parts[0], at):
            yield from self.row(parts[1:], end)

    def loop(self, part: Node, low: int, high: int | None, at: int) -> Iterator[int]:
        if high is None or high > 0:
            for end in self.ends(part, at):
                if end > at or low > 0:
                    yield from self.loop(part, max(low - 1, 0), None if high is None else high - 1, end)
        if low == 0:
            yield at


EVIL = ["a" * 24, "a" * 23 + "!", "ab" * 12, "ab" * 11 + "a!", "b" * 20 + "a!", "aab" * 8, "abb" * 7 + "!"]


def takes_too_long(tree: Node) -> bool:
    for text in EVIL:
        engine = Backtracking(text)
        try:
            list(engine.ends(tree, 0))  # never content, as an engine that must reach an end it cannot reach
        except TooManyStepsError:
            return True
    return False


def test_no_random_pattern_that_passes_makes_an_engine_try_without_end() -> None:
    chance = random.Random(2)  # noqa: S311 - test data, repeatable
    passed = refused = 0

    for _ in range(2_000):
        tree = a_tree(chance, 3)
        try:
            vetted(written(tree))
        except OwnFault:
            refused += refused < 3 and takes_too_long(tree)
        else:
            passed += 1
            assert not takes_too_long(tree), written(tree)

    assert passed > 500
    assert refused == 3


def test_no_random_text_raises_anything_but_a_fault() -> None:
    chance = random.Random(3)  # noqa: S311 - test data, repeatable
    signs = ["a", "b", "0", ".", "*", "+", "?", "{2}", "{0}", "{1,3}", "{", "}", "(", "(?:", ")", "[", "]", "^", "-"]
    signs += ["|", "$", "\\", "\\d", "\\.", ",", "[ab]", "[^a]", "&", "~", " ", "\0", "é", "\ud800"]
    patterns = ["".join(chance.choices(signs, k=chance.randrange(10))) for _ in range(10_000)]
    passed = 0

    for pattern in patterns:
        try:
            passed += isinstance(vetted(pattern), re.Pattern)
        except OwnFault:
            continue

    assert passed > 1_000


def test_a_pattern_that_passes_matches_what_python_matches() -> None:
    texts = ["".join(letters) for size in range(5) for letters in product("ab", repeat=size)]
    pattern = "(?:a[ab]|b)+"

    assert [bool(vetted(pattern).fullmatch(t)) for t in texts] == [bool(re.fullmatch(pattern, t)) for t in texts]
