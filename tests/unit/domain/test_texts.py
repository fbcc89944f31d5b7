import re

import pytest

from roteiro.domain.pack import PACK_TEXTS
from roteiro.domain.texts import DEFAULT_LOCALE, LOCALES, filled, listed, negotiate, text, texts_of
from roteiro.domain.turn.wishes import COMPLAINTS, PEOPLE, queue_wanted

SOURCE = texts_of(DEFAULT_LOCALE)
OTHERS = [locale for locale in LOCALES if locale != DEFAULT_LOCALE]


def placeholders(template: str) -> set[str]:
    """Return the facts that a text speaks of; how often a word bends to one is each language's own."""
    return {hole.partition("|")[0] for hole in re.findall(r"\{(.*?)\}", template)}


@pytest.mark.parametrize("locale", OTHERS)
def test_every_language_has_the_texts_of_portuguese_and_no_others(locale: str) -> None:
    assert set(texts_of(locale)) == set(SOURCE)


@pytest.mark.parametrize("locale", OTHERS)
def test_a_translated_text_has_the_placeholders_of_the_portuguese_one(locale: str) -> None:
    differing = [key for key, words in texts_of(locale).items() if placeholders(words) != placeholders(SOURCE[key])]

    assert differing == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_leaves_the_plural_to_the_reader(locale: str) -> None:
    assert [key for key, words in texts_of(locale).items() if re.search(r"\w\((?:s|es|ns)\)", words)] == []


@pytest.mark.parametrize(
    ("locale", "one", "many"),
    [
        ("pt-BR", "Tente de novo em 1 segundo.", "Tente de novo em 30 segundos."),
        ("en", "Try again in 1 second.", "Try again in 30 seconds."),
        ("es", "Inténtelo de nuevo en 1 segundo.", "Inténtelo de nuevo en 30 segundos."),
    ],
)
def test_a_number_and_its_noun_agree(locale: str, one: str, many: str) -> None:
    said = [text("error.rate_limited", locale, retry_after=seconds) for seconds in (1, 30)]

    assert [words.partition(". ")[2] for words in said] == [one, many]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_empty_or_badly_spaced(locale: str) -> None:
    odd = [key for key, words in texts_of(locale).items() if not words or words != " ".join(words.split())]

    assert odd == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_that_people_read_ends_like_one(locale: str) -> None:
    words = {"or", "yes", "no", "not_informed"}
    labels = ("topic_", "transcript.", "when.", "kind.", "conclusion.", "paper.", "table.", "config.")
    sentences = {k: said for k, said in texts_of(locale).items() if k not in words and not k.startswith(labels)}

    assert [key for key, said in sentences.items() if said[-1] not in ".?!"] == []


@pytest.mark.parametrize("locale", OTHERS)
def test_no_sentence_was_left_untranslated(locale: str) -> None:
    # "Página", "contratos", "objeto" and "compra dividida" are Spanish too
    same = {"paper.page", "table.compared_contracts", "table.object", "table.rule_split"}
    assert [key for key, words in texts_of(locale).items() if words == SOURCE[key] and key not in same] == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", ["out_of_scope", "no_scripts", "no_answer", "error.conversation_full"])
def test_the_word_that_a_text_tells_customers_to_write_brings_a_person(locale: str, key: str) -> None:
    advised = re.findall("“(.*?)”", texts_of(locale)[key])

    assert advised
    assert {queue_wanted(word) for word in advised} == {PEOPLE}


@pytest.mark.parametrize("locale", LOCALES)
def test_answering_with_the_offered_topic_complaint_is_a_complaint(locale: str) -> None:
    assert queue_wanted(text("topic_complaint", locale)) == COMPLAINTS


@pytest.mark.parametrize("locale", LOCALES)
def test_the_engine_has_every_text_that_a_pack_may_leave_out(locale: str) -> None:
    assert set(texts_of(locale)) >= PACK_TEXTS


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        (None, "pt-BR"),
        ("", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("pt", "pt-BR"),
        ("en-US,en;q=0.9", "en"),
        ("ES-ar", "es"),
        ("fr, en-GB;q=0.8, pt;q=0.5", "en"),
        ("pt;q=0.5, es;q=0.9", "es"),
        ("de, fr", "pt-BR"),
        ("fr; q=1, es; q=0.5", "es"),
        ("en; q=0.4, es; q=0.5", "es"),
        ("en;q=0", "pt-BR"),
        ("en;q=0, es;q=0.1", "es"),
        ("en;q=abc, es;q=0.1", "es"),
        ("*", "pt-BR"),
        (",,;q=,-", "pt-BR"),
        ("en;q=nan", "pt-BR"),
        ("fr," * 30 + "en", "pt-BR"),
    ],
)
def test_the_language_is_the_readers_first_wish_that_exists(accepted: str | None, locale: str) -> None:
    assert negotiate(accepted) == locale


@pytest.mark.parametrize(
    ("names", "locale", "sentence"),
    [
        (["A"], "pt-BR", "A"),
        (["A", "B"], "pt-BR", "A ou B"),
        (["A", "B", "C"], "pt-BR", "A, B ou C"),
        (["A", "B", "C"], "en", "A, B or C"),
        (["A", "B"], "es", "A o B"),
    ],
)
def test_names_are_listed_as_people_list_them(names: list[str], locale: str, sentence: str) -> None:
    assert listed(names, locale) == sentence


@pytest.mark.parametrize(
    ("template", "facts", "words"),
    [
        ("é {a}?", {"a": 1}, "é 1?"),
        ("{a} e {a}", {"a": "x"}, "x e x"),
        ("{a} {b}", {"a": "{b}", "b": "{a}"}, "{b} {a}"),
        ("{a} {outro}", {"a": "x"}, "x {outro}"),
        ("{} {0.x} {a!r}", {"a": "x"}, "{} {0.x} {a!r}"),
        ("{a}", {"a": r"\1 \g<0>"}, r"\1 \g<0>"),
    ],
)
def test_placeholders_are_filled_and_all_other_braces_are_text(
    template: str, facts: dict[str, object], words: str
) -> None:
    assert filled(template, facts) == words


def test_an_unknown_language_reads_portuguese() -> None:
    assert text("or", "fr") == "ou"


def test_a_text_that_no_language_has_is_a_bug() -> None:
    with pytest.raises(KeyError):
        text("no_such_text", "en")
