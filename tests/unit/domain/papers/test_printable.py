"""Text for paper: accents right, nothing invisible, nothing that moves its neighbours."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roteiro.domain.papers.printable import clipped, printable


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("D'Ávila & Cia <b>", "D'Ávila & Cia <b>"),
        ("João, Ação", "João, Ação"),
        ("uma\r\nduas\rtrês\u2028quatro\x85cinco", "uma\nduas\ntrês\nquatro\ncinco"),
        ("a\tb", "a b"),
        ("\x00\x07a\x7f\x9fb", "ab"),
        ("\u202eotxet\u202c \u2067x\u2069\u200f", "otxet x"),
        ("meio\ud800caractere", "meiocaractere"),
        ("quebra\u00adda\u200b\ufeff", "quebrada"),
        ("shalom שלום 😀", "shalom שלום 😀"),
        ("👩\u200d👩\ufe0f", "👩👩"),
        ("\uffff\ufdd0", ""),
    ],
)
def test_a_text_is_printed_as_it_reads(given_text: str, printed: str) -> None:
    assert printable(given_text) == printed


def test_an_accent_that_was_typed_apart_joins_its_letter() -> None:
    apart = unicodedata.normalize("NFD", "João, Ação")

    assert printable(apart) == "João, Ação"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_any_text_can_be_printed_and_printing_it_again_changes_nothing(anything: str) -> None:
    printed = printable(anything)

    assert printable(printed) == printed
    printed.encode()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("dez letras", "dez letras"),
        ("onze letras", "onze letra…"),
        ("nove let e", "nove let e"),
        ("oito let  cortado", "oito let…"),
        ("a\nb", "a\nb"),
        ("a\nb\nc", "a\nb…"),
        ("", ""),
    ],
)
def test_a_long_text_is_cut_and_says_so(text: str, kept: str) -> None:
    assert clipped(text, characters=10, lines=2) == kept
