import re
from datetime import date

import pytest

from roteiro.domain.ids import ConversationId
from roteiro.domain.protocol import access_key, is_strong, issue, mark_id, opens, plain

SECRET, OTHER = b"k" * 32, b"o" * 32
NUMBERS = [issue(date(2026, 11, 21), draw) for draw in range(200)]


def test_keys_are_ten_legible_characters_and_differ_from_number_to_number() -> None:
    keys = {access_key(SECRET, number) for number in NUMBERS}

    assert len(keys) == len(NUMBERS)
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", key) for key in keys)


@pytest.mark.parametrize("number", NUMBERS[:20])
def test_a_key_opens_its_own_number_alone(number: str) -> None:
    key = access_key(SECRET, number)

    assert [other for other in NUMBERS if opens(key, SECRET, other)] == [number]
    assert not opens(key, OTHER, number)


@pytest.mark.parametrize(
    "rewrite",
    [str.lower, lambda key: key.replace("-", ""), lambda key: key.replace("-", " "), lambda key: f"  {key} "],
)
def test_a_key_may_be_written_down_in_other_ways(rewrite: object) -> None:
    assert callable(rewrite)
    assert opens(rewrite(access_key(SECRET, NUMBERS[0])), SECRET, NUMBERS[0])


def test_letters_that_people_take_for_digits_are_digits() -> None:
    number = next(one for one in NUMBERS if {"1", "0"} <= set(access_key(SECRET, one)))
    key = access_key(SECRET, number)

    for written in (key.replace("1", "I"), key.replace("1", "l"), key.replace("0", "O"), key.replace("0", "o")):
        assert opens(written, SECRET, number)


@pytest.mark.parametrize("given", ["", "-", "ABCDE", "ABCDE-FGHJK", "A" * 500, "ção", "U" * 10])
def test_anything_else_opens_nothing(given: str) -> None:
    assert not opens(given, SECRET, NUMBERS[0])


def test_one_wrong_character_opens_nothing() -> None:
    key = access_key(SECRET, NUMBERS[0]).replace("-", "")

    for place in range(10):
        wrong = "Z" if key[place] != "Z" else "Y"
        assert not opens(key[:place] + wrong + key[place + 1 :], SECRET, NUMBERS[0])


@pytest.mark.parametrize(
    ("conversation", "strong"),
    [
        ("0b6f1c7e-2a35-4f7c-9d51-3e8a4b2c6d10", True),
        ("019a9c1e-7b1c-7cc1-8d2e-aaaaaaaaaaaa", True),
        ("550e8400-e29b-41d4-a716-446655440000", False),
        ("0B6F1C7E-2A35-4F7C-9D51-3E8A4B2C6D10", True),
        ("session_1763661600000_k3j9x2a", False),
        ("session-1763661600000", False),
        ("u-0123456789abcdef0123456789abcdef", False),
        ("00000000-0000-0000-0000-000000000000", False),
        ("", False),
    ],
)
def test_only_an_id_that_nobody_can_guess_is_strong(conversation: str, *, strong: bool) -> None:
    assert is_strong(ConversationId(conversation)) is strong


def test_a_number_is_found_by_its_mark_however_it_is_quoted() -> None:
    assert mark_id(plain("20261121-4839201-75")) == mark_id("20261121483920175") == "~p:20261121483920175"
