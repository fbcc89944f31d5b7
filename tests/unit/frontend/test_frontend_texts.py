"""The chat's sentences: the same keys and placeholders in every language, none missing, none unused."""

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[3] / "frontend"
LINE = re.compile(r'  (\w+): "((?:[^"\\]|\\.)+)",')
LANGUAGES = ["pt-BR", "en", "es"]
SPELT_ALIKE = {"copied"}  # "Protocolo copiado." is Portuguese and Spanish


def texts(lang: str) -> dict[str, str]:
    """Return key to sentence; any line that is not one of both is a fault of the file."""
    first, opening, *lines, closing = (FRONTEND / f"common/texts/{lang}.js").read_text(encoding="utf-8").splitlines()
    assert first.startswith("/** ")
    assert (opening, closing) == ("export default {", "};")
    found = [LINE.fullmatch(line) for line in lines]
    assert None not in found
    pairs = [(match[1], match[2]) for match in found if match]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def placeholders(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", sentence))


def code() -> str:
    paths = [*FRONTEND.glob("widget/*.js"), *FRONTEND.glob("common/*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_language_says_everything_that_portuguese_says(lang: str) -> None:
    assert list(texts(lang)) == list(texts("pt-BR"))


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_translation_keeps_the_placeholders(lang: str) -> None:
    source, translated = texts("pt-BR"), texts(lang)

    assert {key: placeholders(translated[key]) for key in source} == {key: placeholders(source[key]) for key in source}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_is_empty_or_padded(lang: str) -> None:
    assert [sentence for sentence in texts(lang).values() if not sentence or sentence != sentence.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_sentences_are_translated(lang: str) -> None:
    source, translated = texts("pt-BR"), texts(lang)

    alike = {key for key in source if source[key].endswith(".") and source[key] == translated[key]}
    assert alike <= SPELT_ALIKE


def test_every_key_that_the_page_uses_has_a_sentence() -> None:
    used = re.findall(r'\bt(?:\(\))?\("(\w+)"|#button\("(\w+)"|\bkey: "(\w+)"', code())

    assert len(used) > 20
    assert {key for keys in used for key in keys if key} <= set(texts("pt-BR"))


def test_every_sentence_is_used() -> None:
    words = set(re.findall(r'"(\w+)"', code()))

    assert [key for key in texts("pt-BR") if key not in words] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_can_be_chosen(lang: str) -> None:
    assert f'import("./texts/{lang}.js")' in code()


def erasing() -> dict[str, dict[str, str]]:
    """Return what is said about erasing, by language and key."""
    said: dict[str, dict[str, str]] = {}
    for line in (FRONTEND / "common/texts/erasing.js").read_text(encoding="utf-8").splitlines():
        if opening := re.fullmatch(r'  "?([\w-]+)"?: \{', line):
            said[opening[1]] = {}
        elif match := LINE.fullmatch(line.removeprefix("  ")):
            said[list(said)[-1]][match[1]] = match[2]
    return said


def test_erasing_is_spoken_of_in_every_language() -> None:
    said = erasing()
    used = set(re.findall(r"words\.(\w+)", (FRONTEND / "widget/eraser.js").read_text(encoding="utf-8")))

    assert list(said) == LANGUAGES
    assert {frozenset(keys) for keys in said.values()} == {frozenset(used)}
    assert [key for key in said["pt-BR"] if len({said[lang][key] for lang in LANGUAGES}) < len(LANGUAGES)] == []
