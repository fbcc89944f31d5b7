import unicodedata

import pytest

from roteiro.domain.message import LONGEST_MESSAGE, LONGEST_NAME, clean, fold
from roteiro.errors import InvalidRequest


@pytest.mark.parametrize(
    "typed",
    [
        "5",
        "a",
        "👍",
        "👨‍👩‍👧",
        "contrato=123/2024",
        "D'Ávila & Cia",
        '<script>alert("oi")</script>',
        "primeira linha\nsegunda\tcoluna",
        "{topics} {} %s",
        "$ne",
        "مرحبا",
    ],
)
def test_a_message_is_kept_exactly_as_typed(typed: str) -> None:
    assert clean(typed).encode() == typed.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  oi  ", "oi"),
        ("\n\toi\r\n", "oi"),
        ("linha\r\noutra", "linha\noutra"),
        ("A\u0301gua", "Água"),
        ("a\u0001\u0301gua", "água"),
        ("o\u202ei", "oi"),
        ("\u2066oi\u2069", "oi"),
        ("o\x07i\x7f", "oi"),
        ("o\x9bi", "oi"),
    ],
)
def test_a_message_is_trimmed_composed_and_free_of_invisible_controls(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("typed", ["A\u0301gua", "a\u0001\u0301", "e\u202e\u0301 \u0301", "ﬁm", "x\u0007\n "])
def test_a_cleaned_message_stays_the_same_when_cleaned_again(typed: str) -> None:
    kept = clean(typed)

    assert clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize("letter", ["a", "ç", "好", "🚗", "e\u0301"])
def test_a_message_of_1000_characters_is_kept_and_of_1001_refused(letter: str) -> None:
    assert len(clean(letter * LONGEST_MESSAGE)) == LONGEST_MESSAGE

    with pytest.raises(InvalidRequest) as refused:
        clean(letter * (LONGEST_MESSAGE + 1))

    assert (refused.value.code, refused.value.facts) == ("message_too_long", {"limit": 1000})


def test_blanks_around_a_message_do_not_count_towards_its_length() -> None:
    assert clean(" " * 500 + "a" * LONGEST_MESSAGE + " " * 500) == "a" * LONGEST_MESSAGE


def test_a_message_of_1000_characters_never_takes_more_than_4000_bytes() -> None:
    assert len(clean("🚗" * LONGEST_MESSAGE).encode()) == 4000


def test_a_name_is_shorter_than_a_message() -> None:
    assert clean("é" * LONGEST_NAME, LONGEST_NAME) == "é" * 120

    with pytest.raises(InvalidRequest) as refused:
        clean("é" * 121, LONGEST_NAME)

    assert refused.value.facts == {"limit": 120}


@pytest.mark.parametrize("typed", ["", " ", "\n\t\r\n", "\u00a0\u2003", "\x01\x02", "\u202e", "\u200d", "\u200b\ufeff"])
def test_a_message_that_shows_nothing_is_blank(typed: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        clean(typed)

    assert refused.value.code == "blank"


@pytest.mark.parametrize("typed", ["oi\x00", "\x00", "\ud800", "oi \udfff tchau", "\ud83d sem par"])
def test_nul_and_lone_surrogates_are_refused(typed: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        clean(typed)

    assert refused.value.code == "bad_characters"


def test_a_refusal_never_repeats_the_customers_words() -> None:
    with pytest.raises(InvalidRequest) as refused:
        clean("meu segredo \x00")

    assert "segredo" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Não, OBRIGADO!!", "nao obrigado"),
        ("  várias   palavras ", "varias palavras"),
        ("D'Ávila & Cia", "d avila cia"),
        ("CORAÇÃO", "coracao"),
        ("a\u0301", "a"),
        ("１２３", "123"),
        ("Straße", "strasse"),
        ("¿Qué?", "que"),
        ("👍", ""),
        ("...", ""),
        ("BR-101", "br 101"),
    ],
)
def test_folding_leaves_only_lower_case_words_without_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded
