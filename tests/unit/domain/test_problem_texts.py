import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roteiro.domain.texts import LOCALES
from roteiro.domain.texts.problems_en import PROBLEMS as ENGLISH
from roteiro.domain.texts.problems_es import PROBLEMS as SPANISH
from roteiro.domain.texts.problems_pt_br import PROBLEMS as PORTUGUESE
from roteiro.domain.values import problems
from roteiro.domain.values.parsing import KINDS, Choice, Entity, Hints, Problem, parse
from roteiro.domain.values.problems import problem_text

TODAY = date(2026, 11, 20)
FINDERS = Path(problems.__file__).parent
CODES = sorted(
    {code for path in FINDERS.glob("*.py") for code in re.findall(r'Problem\("(\w+)"', path.read_text("utf-8"))}
)
RETURNED = {"no_such_day", "ambiguous", "incomplete"}  # by the rules of days, as bare codes


def placeholders(template: str) -> list[str]:
    return sorted(re.findall(r"\{.*?\}", template))


def test_the_codes_that_finders_give_are_those_that_have_texts() -> None:
    known = {key.partition(".")[0] for key in PORTUGUESE if key.partition(".")[0] not in KINDS}

    assert known == {*CODES, *RETURNED}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_problem_of_every_kind_is_told_in_every_language(kind: str, locale: str) -> None:
    told = [problem_text(kind, Problem(code), "Rótulo", locale) for code in (*CODES, *RETURNED)]

    assert all(sentence[-1] in ".?" and sentence[0].isupper() for sentence in (one.lstrip("¿") for one in told))


@pytest.mark.parametrize("texts", [ENGLISH, SPANISH], ids=["en", "es"])
def test_the_languages_have_the_same_problems_and_facts(texts: dict[str, str]) -> None:
    differing = [key for key in PORTUGUESE if placeholders(PORTUGUESE[key]) != placeholders(texts.get(key, ""))]

    assert set(texts) == set(PORTUGUESE)
    assert differing == []
    assert [key for key, words in texts.items() if words == PORTUGUESE[key]] == []


@pytest.mark.parametrize(
    ("kind", "text", "hints", "sentence"),
    [
        ("cpf", "5299822472", {}, "O CPF tem 11 dígitos; recebi 10. Confira e envie de novo."),
        ("cpf", "529.982.247-26", {}, "Esse CPF não confere: há algum dígito errado."),
        ("cpf_or_cnpj", "5299822472", {}, "O CPF tem 11 dígitos e o CNPJ, 14; recebi 10."),
        ("phone_br", "11 9876", {}, "Telefone com DDD tem 10 ou 11 dígitos; recebi 6."),
        ("phone_br", "98765-4321", {}, "Faltou o DDD."),
        ("cep", "123456", {}, "O CEP tem 8 dígitos; recebi 6."),
        ("date", "31/02/2026", {}, "Essa data não existe no calendário."),
        ("date", "amanhã", {"maximum": "today"}, "A data não pode ser depois de 20/11/2026."),
        ("date", "ontem", {"minimum": "today"}, "A data não pode ser antes de 20/11/2026."),
        (
            "date",
            "01/01/2020",
            {"minimum": "2026-01-01", "maximum": "today"},
            "A data deve ficar entre 01/01/2026 e 20/11/2026.",
        ),
        ("date", "semana passada", {}, "Preciso do dia exato, e só de um."),
        ("integer", "9", {"minimum": "1", "maximum": "5"}, "O valor deve ficar entre 1 e 5. Envie de novo: Rótulo."),
        ("integer", "3,5", {}, "Preciso de um número inteiro, sem vírgula: Rótulo."),
        ("money_brl", "R$ 10", {"minimum": "50.5"}, "O menor valor possível é R$ 50,50."),
        ("money_brl", "-5 reais", {}, "O valor não pode ser negativo."),
        ("text", "abc", {"minimum": "5"}, "A resposta ficou curta: escreva ao menos 5 caracteres."),
        ("text", "não sei", {}, "Preciso dessa informação para seguir: Rótulo. Se precisar procurar, eu espero."),
        ("choice", "barco", {"choices": (Choice("c", "Carro"), Choice("m", "Moto"))}, "Escolha Carro ou Moto."),
        ("choice", "barco", {"choices": tuple(Choice(c, f"Plano {c}") for c in "abcdefg")}, "o nome ou o número"),
        (
            "entity",
            "desenvolvimento",
            {"entities": (Entity("1", "Desenvolvimento Agrário"), Entity("2", "Desenvolvimento Social"))},
            "Você quis dizer Desenvolvimento Agrário ou Desenvolvimento Social?",
        ),
        ("entity", "xyz", {"entities": (Entity("1", "Saúde"),)}, "Confira a escrita e envie de novo: Rótulo."),
    ],
)
def test_a_sentence_says_what_is_wrong_and_how_to_mend_it(
    kind: str, text: str, hints: dict[str, Any], sentence: str
) -> None:
    found = parse(kind, text, Hints(TODAY)._replace(**hints))

    assert isinstance(found, Problem)
    assert sentence in problem_text(kind, found, "Rótulo", "pt-BR")


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en", "can’t be after 20 Nov 2026"), ("es", "posterior al 20/11/2026"), ("fr", "depois de")],
)
def test_limits_are_written_as_the_language_writes_them(locale: str, sentence: str) -> None:
    problem = Problem("out_of_range", (("maximum", "2026-11-20"),))

    assert sentence in problem_text("date", problem, "Data", locale)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_sentence_has_a_hole_left_or_repeats_the_answer(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311 - test data, repeatable
    hints = Hints(TODAY, choices=(Choice("a", "Carro"),), entities=(Entity("1", "Saúde"),), minimum=None)
    answers = ["".join(chance.choices("0123456789./-@xyzw ", k=chance.randrange(4, 20))) for _ in range(300)]

    found = [(said, parse(kind, said, hints)) for said in answers]

    for said, problem in found:
        sentence = problem_text(kind, problem, "Rótulo", "pt-BR") if isinstance(problem, Problem) else ""
        assert "{" not in sentence
        assert said.strip() not in sentence or not sentence or len(said.strip()) < 4
