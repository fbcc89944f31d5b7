import random
from fractions import Fraction

import pytest

from roteiro.domain.values.numbers import read_number, words_of, written
from roteiro.domain.values.spoken import spoken_digits

UNITS = "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis".split()
UNITS += "dezessete dezoito dezenove".split()
TENS = "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split()
HUNDREDS = "- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos".split()


def below_a_thousand(number: int) -> str:
    if number == 100:
        return "cem"
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    names = [HUNDREDS[hundreds]] if hundreds else []
    names += [UNITS[rest]] if 0 < rest < 20 else [TENS[tens]] * (rest > 0) + [UNITS[units]] * (units > 0 and rest >= 20)
    return " e ".join(names) or "zero"


def in_words(number: int) -> str:
    """Say a number the way a Brazilian cheque does."""
    parts = []
    for size, one, many in (
        (10**12, "trilhão", "trilhões"),
        (10**9, "bilhão", "bilhões"),
        (10**6, "milhão", "milhões"),
    ):
        count, number = divmod(number, size)
        if count:
            parts.append(f"{below_a_thousand(count)} {one if count == 1 else many}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append("mil" if thousands == 1 else f"{below_a_thousand(thousands)} mil")
    return " e ".join([*parts, *([below_a_thousand(rest)] if rest or not parts else [])])


def value_of(text: str) -> Fraction | None:
    number = read_number(words_of(text), 0)
    return number.value if number else None


def levelled(text: str) -> str:
    return text.translate(str.maketrans("êã", "ea")).replace("õ", "o")


def test_every_number_below_a_thousand_is_read_from_its_words() -> None:
    assert [value_of(levelled(in_words(number))) for number in range(1000)] == list(range(1000))


def test_numbers_up_to_999_trillion_are_read_from_their_words() -> None:
    chance = random.Random(105)  # noqa: S311 - test data, repeatable
    numbers = [chance.randrange(10 ** chance.randrange(3, 16)) for _ in range(2000)]

    assert [value_of(levelled(in_words(number))) for number in numbers] == numbers


@pytest.mark.parametrize("number", [1000, 1001, 1100, 999_999, 10**6, 10**6 + 1, 10**9, 10**12, 10**15 - 1])
def test_round_numbers_and_their_neighbours_are_read(number: int) -> None:
    assert value_of(levelled(in_words(number))) == number


def test_the_joining_e_may_be_left_out() -> None:
    assert value_of("vinte tres") == 23
    assert value_of("dois mil quinhentos") == 2500


def test_two_numbers_in_a_row_are_not_added() -> None:
    assert value_of("dois tres") == 2
    assert value_of("vinte trinta") == 20


def test_a_half_counts_the_scale_it_stands_by() -> None:
    assert value_of("um e meio milhao") == value_of("um milhao e meio") == 1_500_000
    assert value_of("meio milhao") == 500_000


@pytest.mark.parametrize("literal", ["1.50.0", "1,2,3", "1.5", "1.50,1", "1.5000", "12345,67890", "9" * 30])
def test_a_malformed_literal_is_no_number(literal: str) -> None:
    assert written(literal) is None


def test_a_dot_and_two_digits_at_the_end_are_cents() -> None:
    assert written("1500.00") == 1500
    assert written("1.50") == Fraction(3, 2)


def test_half_a_dozen_means_six_only_where_digits_are_dictated() -> None:
    dictated = list(spoken_digits("meia um dois tres quatro cinco meia sete"))

    assert [run[0] for run in dictated] == ["61234567"]
    assert value_of("meia") is None


def test_few_digits_in_words_are_a_count_and_not_a_dictation() -> None:
    assert list(spoken_digits("um dois tres")) == []


def test_digits_alone_are_not_dictated() -> None:
    assert list(spoken_digits("1 2 3 4 5 6 7 8 9")) == []
