from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roteiro.domain.values.documents import is_cnpj, is_cpf, shown
from roteiro.domain.values.parsing import Hints, Problem, Value, parse

ASKED = Hints(date(2026, 11, 20))
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def completed(base: str, longest_weight: int) -> str:
    """Append two check digits, computed in another way than the product: weights 2, 3… from the right, times ten."""
    for _ in range(2):
        weights = (2 + n % (longest_weight - 1) for n in range(len(base)))
        total = sum((ord(c) - 48) * weight for c, weight in zip(reversed(base), weights, strict=True))
        base += str(total * 10 % 11 % 10)
    return base


def cpf_of(base: str) -> str:
    return completed(base, 11)


def cnpj_of(base: str) -> str:
    return completed(base, 9)


def not_all_equal(base: str) -> bool:
    return len(set(base)) > 1


def without_zero(document: str) -> bool:
    """Say whether no check digit is 0: two remainders share the 0, so the scheme itself misses some errors there."""
    return "0" not in document[-2:]


CPFS = st.text("0123456789", min_size=9, max_size=9).filter(not_all_equal).map(cpf_of)
NUMERIC = st.text("0123456789", min_size=12, max_size=12).filter(not_all_equal).map(cnpj_of)
CNPJS = NUMERIC | st.text(SIGNS, min_size=12, max_size=12).filter(not_all_equal).map(cnpj_of)


@given(CPFS)
@settings(max_examples=100, deadline=None)
def test_every_valid_cpf_is_taken_plain_and_as_people_write_it(cpf: str) -> None:
    found = [parse("cpf", text, ASKED) for text in (cpf, shown(cpf), f"é {shown(cpf)}, tá?")]

    assert [isinstance(one, Value) and one.stored for one in found] == [cpf] * 3


@given(CPFS.filter(without_zero), st.integers(0, 10), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_every_single_wrong_digit_of_a_cpf_is_refused(cpf: str, place: int, shift: int) -> None:
    wrong = cpf[:place] + str((int(cpf[place]) + shift) % 10) + cpf[place + 1 :]

    assert not is_cpf(wrong)
    assert isinstance(parse("cpf", wrong, ASKED), Problem)


@given(CPFS.filter(without_zero), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_swapped_neighbours_of_a_cpf_are_refused(cpf: str, place: int) -> None:
    swapped = cpf[:place] + cpf[place + 1] + cpf[place] + cpf[place + 2 :]

    assert swapped == cpf or not is_cpf(swapped)


@given(CNPJS)
@settings(max_examples=100, deadline=None)
def test_every_valid_cnpj_is_taken_in_any_case_and_as_people_write_it(cnpj: str) -> None:
    found = [parse("cnpj", text, ASKED) for text in (cnpj, cnpj.lower(), shown(cnpj), f"o CNPJ é {shown(cnpj)}.")]

    assert [isinstance(one, Value) and one.stored for one in found] == [cnpj] * 4


@given(NUMERIC.filter(without_zero), st.integers(0, 13), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_every_single_wrong_digit_of_a_cnpj_is_refused(cnpj: str, place: int, shift: int) -> None:
    wrong = cnpj[:place] + str((int(cnpj[place]) + shift) % 10) + cnpj[place + 1 :]

    assert not is_cnpj(wrong)


@given(NUMERIC.filter(without_zero), st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_swapped_neighbours_of_a_cnpj_are_refused(cnpj: str, place: int) -> None:
    swapped = cnpj[:place] + cnpj[place + 1] + cnpj[place] + cnpj[place + 2 :]

    assert swapped == cnpj or not is_cnpj(swapped)


@pytest.mark.parametrize("digit", "0123456789")
def test_a_document_of_one_repeated_digit_is_refused(digit: str) -> None:
    assert not is_cpf(digit * 11)
    assert not is_cnpj(digit * 14)


@pytest.mark.parametrize("text", ["", "abc", "5299822472", "529982247255", "５２９９８２２４７２６"])
def test_what_has_not_eleven_right_digits_is_no_cpf(text: str) -> None:
    assert not is_cpf(text)
