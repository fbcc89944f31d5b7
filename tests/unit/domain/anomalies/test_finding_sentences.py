"""Findings as people read them: an indication with its figures, in three languages, and never an accusation."""

import re

import pytest

from roteiro.domain.anomalies.finding import Finding, Rule, Severity, finding_from, finding_to, note, sentence
from roteiro.domain.texts import LOCALES, texts_of

FIGURES: dict[str, int | str] = {
    "contracts": 3,
    "supplier": "Padaria {price}",
    "item": "cafe em po",
    "price": 123_456,
    "median": 1_000,
    "times": 250,
    "peers": 12,
    "share": 4_150,
    "value": 500_000_099,
    "total": 10**9,
    "hhi": 2_600,
    "year": "2025",
    "ceiling": 5_990_602,
    "days": 4,
    "base": 100_000,
    "final": 160_000,
    "reference": 2_500,
}
FORBIDDEN = re.compile(r"fraud|crim|corrup|ilegal|illegal|\blei\b|\bart\.|decreto|\blaw\b|\bley\b", re.IGNORECASE)
INDICATION = {"pt-BR": "Indício", "en": "Indication", "es": "Indicio"}


def a_finding(rule: Rule) -> Finding:
    return Finding(rule, Severity.MEDIUM, ("250005-1",), 100, FIGURES)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rule", list(Rule))
def test_a_finding_is_an_indication_with_all_its_figures(rule: Rule, locale: str) -> None:
    said = sentence(a_finding(rule), locale)

    assert said.startswith(INDICATION[locale])
    assert "{" not in said.replace("Padaria {price}", "")


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_about_findings_accuses_anybody_or_names_a_law(locale: str) -> None:
    texts = [words for key, words in texts_of(locale).items() if key.startswith("finding.")]

    assert len(texts) == len(Rule) + 1
    assert not [words for words in texts if FORBIDDEN.search(words)]


@pytest.mark.parametrize(("locale", "words"), [("pt-BR", "por ser reforma"), ("en", "a renovation"), ("es", "reforma")])
def test_the_reference_of_a_reform_says_that_it_is_one(locale: str, words: str) -> None:
    grown = Finding(Rule.GROWTH, Severity.MEDIUM, ("250005-1",), 100, {**FIGURES, "reference": 5_000})

    assert words in sentence(grown, locale)
    assert words not in sentence(a_finding(Rule.GROWTH), locale)


@pytest.mark.parametrize(("locale", "word"), [("pt-BR", "não é prova"), ("en", "no proof"), ("es", "no es prueba")])
def test_the_note_says_that_an_indication_is_no_proof(locale: str, word: str) -> None:
    assert word in note(locale)


@pytest.mark.parametrize(
    ("rule", "locale", "part"),
    [
        (Rule.PRICE, "pt-BR", "R$ 1.234,56 cada, 2,5 vezes"),
        (Rule.PRICE, "en", "R$ 1,234.56 each, 2.5 times"),
        (Rule.GROWTH, "pt-BR", "de R$ 1.000,00 para R$ 1.600,00, alta de 41,5 %"),
        (Rule.SPLIT, "es", "(R$ 59.906,02)"),
        (Rule.CONCENTRATION, "en", "41.5 %"),
        (Rule.CONCENTRATION, "pt-BR", "é 2.600, numa escala até 10.000."),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(rule: Rule, locale: str, part: str) -> None:
    assert part in sentence(a_finding(rule), locale)


@pytest.mark.parametrize(
    ("locale", "days", "words"),
    [
        ("pt-BR", 0, "assinados no mesmo dia."),
        ("pt-BR", 1, "assinados num intervalo de 1 dia."),
        ("en", 0, "signed on the same day."),
        ("es", 9, "firmados en un plazo de 9 días."),
    ],
)
def test_contracts_of_one_day_are_not_told_as_apart_by_no_days(locale: str, days: int, words: str) -> None:
    alike = Finding(Rule.DUPLICATE, Severity.MEDIUM, ("250005-1",), 100, {**FIGURES, "days": days})

    assert sentence(alike, locale).endswith(words)


@pytest.mark.parametrize("rule", list(Rule))
def test_a_finding_outlives_a_document(rule: Rule) -> None:
    assert finding_from(finding_to(a_finding(rule))) == a_finding(rule)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_was_put_on_record_with_a_cpf_is_told_without_it(locale: str) -> None:
    kept = Finding(Rule.CONCENTRATION, Severity.LOW, (), 1, {**FIGURES, "supplier": "JOSE DA SILVA 52998224725"})

    said = sentence(finding_from(finding_to(kept)), locale)

    assert "JOSE DA SILVA ***.982.247-**" in said
    assert "52998224725" not in said


def test_findings_are_ranked_by_severity_and_then_by_money() -> None:
    low, dear = (Finding(Rule.RUSH, Severity.LOW, (), cents, {}) for cents in (1, 10**9))
    high = Finding(Rule.RUSH, Severity.HIGH, (), 0, {})

    assert sorted([dear, high, low], key=lambda one: one.rank) == [low, dear, high]
