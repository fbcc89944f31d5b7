"""Signatures of addresses: one file, one end, our keys."""

import re

import pytest

from roteiro.domain.papers.signed_links import is_signed, signature

KEY, OLD, FOREIGN = b"k" * 32, b"o" * 32, b"f" * 32
UNTIL = 1_795_000_000


def test_a_signature_fits_into_an_address() -> None:
    assert re.fullmatch("[A-Za-z0-9_-]{43}", signature(KEY, "a.pdf", UNTIL))


def test_our_own_signature_is_known_by_the_new_key_and_by_the_old_one() -> None:
    assert is_signed([KEY, OLD], "a.pdf", UNTIL, signature(KEY, "a.pdf", UNTIL))
    assert is_signed([KEY, OLD], "a.pdf", UNTIL, signature(OLD, "a.pdf", UNTIL))


@pytest.mark.parametrize(
    "given",
    [
        signature(FOREIGN, "a.pdf", UNTIL),
        signature(KEY, "b.pdf", UNTIL),
        signature(KEY, "a.pdf", UNTIL + 1),
        signature(KEY, f"a.pdf\n{UNTIL}", UNTIL),
        signature(KEY, "a.pdf", UNTIL)[:-1],
        "",
        "é" * 43,
    ],
)
def test_a_signature_for_something_else_is_none(given: str) -> None:
    assert not is_signed([KEY], "a.pdf", UNTIL, given)


def test_without_a_key_nothing_is_signed() -> None:
    assert not is_signed([], "a.pdf", UNTIL, signature(KEY, "a.pdf", UNTIL))
