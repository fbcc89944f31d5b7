import pytest

from roteiro.domain.script import compile_script, title_of
from tests.factories import a_document


@pytest.mark.parametrize(
    ("description", "own", "title"),
    [
        ("Sinistro Automotivo: O cliente sofreu", None, "Sinistro Automotivo"),
        ("Sem dois pontos", None, "Sem dois pontos"),
        ("Um: dois: três", None, "Um"),
        ("  Espaços : x", None, "Espaços"),
        ("Sinistro: x", "Bati o carro", "Bati o carro"),
        ("a" * 80 + ": x", None, "a" * 80),
        ("a" * 81 + ": x", None, "a" * 80),
        ("palavra " * 30, None, ("palavra " * 10).strip()),
    ],
)
def test_the_title_is_its_own_or_what_stands_before_the_first_colon(
    description: str, own: str | None, title: str
) -> None:
    problem = {"id": 1, "description": description} | ({"title": own} if own else {})

    assert title_of(a_document(problem=problem)) == title


def test_a_seed_document_compiles_with_everything_optional_absent() -> None:
    script = compile_script(a_document(), version=3)

    assert (script.id, script.version, script.title) == (101, 3, "Sinistro Automotivo")
    assert [(step.number, step.message) for step in script.steps] == [
        (1, "Sinto muito. O que houve?"),
        (2, "Registrado."),
    ]
    assert (script.completion.message, script.guidelines, script.knowledge) == (None, (), ())


def test_a_rich_document_compiles_with_its_guidelines_knowledge_and_closing() -> None:
    document = a_document(
        problem={"id": "105", "description": "x"},
        script=[{"step": 1, "message": "Oi", "guidelines": ["acolha"]}],
        guidelines=[{"when": "relata feridos", "then": "oriente 192"}],
        knowledge=[{"q": "tem multa?", "a": "Depende."}],
        completion={"message": "Até logo."},
    )

    script = compile_script(document, version=1)

    assert script.id == 105
    assert script.step(1).guidelines == ("acolha",)
    assert script.guidelines == (("relata feridos", "oriente 192"),)
    assert script.knowledge == (("tem multa?", "Depende."),)
    assert script.completion.message == "Até logo."


def test_steps_are_counted_from_one() -> None:
    script = compile_script(a_document(), version=1)

    assert [script.step(number).number for number in (1, 2)] == [1, 2]
