"""Vectors in eight bits, side by side in whole numbers, and as bytes."""

from collections.abc import Callable
from random import Random

import pytest

from roteiro.matching.lanes import Lanes, quantise
from roteiro.matching.rows import pack_rows, unpack_rows


def some_vectors(count: int, length: int = 24) -> list[list[float]]:
    chance = Random(3)  # noqa: S311 - made-up vectors, not secrets
    return [[chance.uniform(-1, 1) for _ in range(length)] for _ in range(count)]


@pytest.mark.parametrize("count", [1, 2, 7, 100])
def test_products_are_those_of_the_vectors_within_the_rounding_of_eight_bits(count: int) -> None:
    vectors = some_vectors(count)
    lanes = Lanes([quantise(vector) for vector in vectors])

    found = lanes.products(quantise(vectors[0]))

    exact = [sum(a * b for a, b in zip(vectors[0], other, strict=True)) for other in vectors]
    assert found == pytest.approx(exact, abs=0.06)


def test_no_sum_runs_into_its_neighbour_even_when_all_numbers_are_the_largest() -> None:
    lanes = Lanes([quantise([sign] * 3072) for sign in (1.0, -1.0, 1.0)])

    assert lanes.products(quantise([-1.0] * 3072)) == pytest.approx([-3072.0, 3072.0, -3072.0])


def test_a_vector_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        Lanes([quantise([1.0, 2.0])]).products(quantise([1.0]))


def test_a_vector_of_zeros_has_no_product_with_anything() -> None:
    lanes = Lanes([quantise([0.0, 0.0]), quantise([1.0, 0.0])])

    assert lanes.products(quantise([0.0, 0.0])) == [0.0, 0.0]


def test_no_vectors_give_no_products() -> None:
    assert Lanes([]).products(quantise([])) == []


def test_facts_and_vectors_come_back_as_they_were_packed() -> None:
    rows = [quantise(vector) for vector in some_vectors(5)]

    facts, found = unpack_rows(pack_rows({"weight": 0.4}, rows))

    assert facts["weight"] == 0.4
    assert found == rows


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [quantise(vector) for vector in some_vectors(5)]

    assert pack_rows({"b": 1, "a": 2}, rows) == pack_rows({"a": 2, "b": 1}, rows)


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:9], lambda b: b"x" + b, lambda b: b[:-1] + b"\0"])
def test_damaged_bytes_are_refused(damage: Callable[[bytes], bytes]) -> None:
    packed = pack_rows({"weight": 0.4}, [quantise([0.5, -1.0])])

    with pytest.raises(ValueError, match="vectors"):
        unpack_rows(damage(packed))
