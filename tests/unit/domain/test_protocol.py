import random
from datetime import date

import pytest

from roteiro.domain.protocol import RANDOM_NUMBERS, is_protocol, issue, shown

DAY = date(2026, 11, 21)
DRAWS = [0, 1, 9, 97, 4839201, RANDOM_NUMBERS - 1, *random.Random(7).sample(range(RANDOM_NUMBERS), 14)]  # noqa: S311 - seeded test data


@pytest.mark.parametrize("draw", DRAWS)
def test_every_issued_number_is_a_protocol_of_17_digits_that_begins_with_its_day(draw: int) -> None:
    number = issue(DAY, draw)

    assert is_protocol(number)
    assert len(number) == 17
    assert number.startswith("20261121")
    assert int(number[8:15]) == draw


@pytest.mark.parametrize("draw", DRAWS)
def test_a_number_with_one_wrong_digit_is_never_a_protocol(draw: int) -> None:
    number = issue(DAY, draw)
    wrong = [
        number[:at] + digit + number[at + 1 :] for at in range(17) for digit in "0123456789" if digit != number[at]
    ]

    assert len(wrong) == 17 * 9
    assert not any(map(is_protocol, wrong))


@pytest.mark.parametrize("draw", DRAWS)
def test_a_number_with_two_neighbours_swapped_is_never_a_protocol(draw: int) -> None:
    number = issue(DAY, draw)
    swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(16)} - {number}

    assert swapped
    assert not any(map(is_protocol, swapped))


def test_numbers_of_one_day_and_of_two_days_differ() -> None:
    numbers = {issue(day, draw) for day in (DAY, date(2026, 11, 22)) for draw in range(300)}

    assert len(numbers) == 600


@pytest.mark.parametrize(
    "quoted", ["20261121483920175", "20261121-4839201-75", "2026.1121 4839201 75", " 20261121-4839201-75\n"]
)
def test_a_protocol_is_recognised_with_and_without_separators(quoted: str) -> None:
    assert is_protocol(quoted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "2026112148392017",
        "202611214839201750",
        "20261121/4839201/75",
        "２０２６１１２１４８３９２０１７５",
        "-",
        "1",
    ],
)
def test_other_texts_are_no_protocol(text: str) -> None:
    assert not is_protocol(text)


@pytest.mark.parametrize("draw", [0, 4839201, 9999999])
def test_a_protocol_is_shown_in_three_groups_and_read_back(draw: int) -> None:
    number = issue(DAY, draw)

    read = shown(number)

    assert [len(group) for group in read.split("-")] == [8, 7, 2]
    assert is_protocol(read)
