"""A reply is believed only if it passes every check of its prompt, and gets the customer's data back only then."""

import json

import pytest

from roteiro.errors import ModelUnavailable
from roteiro.prompting.masking import Masks
from roteiro.prompting.prompt import Prompt
from roteiro.prompting.reply import checked

TOLD = "A análise leva 30 dias. Ligue 0800 123 4567. A franquia é de R$ 1.500,00."
SCHEMA = {"type": "object", "properties": {"cpf": {}, "data": {}}}


def a_prompt(**changes: object) -> Prompt:
    masks = Masks({"Ana": "NAME"})
    words = masks.hide("Sou a Ana, CPF 529.982.247-25, bati na placa ABC1D23")
    given: dict[str, object] = {"fence": "k3x9q", "masks": masks, "titles": ("Cancelamento", "Seguro de Vida")}
    messages = (("system", TOLD), ("user", words))
    return Prompt(messages, "", **{**given, **changes})  # type: ignore[arg-type] # any field of a prompt


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A análise leva 30 dias.", "A análise leva 30 dias."),
        ("Ana, são 2 passos.", "Ana, são 2 passos."),
        ("<NAME_1>, anotei <CPF_1> e <PLATE_1>.", "Ana, anotei 529.982.247-25 e ABC1D23."),
        ("Ligue 0800 123 4567, <NAME_1>.", "Ligue 0800 123 4567, Ana."),
        ("A franquia é R$ 1.500,00.", "A franquia é R$ 1.500,00."),
    ],
)
def test_what_keeps_to_the_prompt_is_shown_with_the_data_in_its_places(said: str, shown: str) -> None:
    assert checked(said, a_prompt()) == shown


@pytest.mark.parametrize(
    "said",
    [
        "Anotei <CPF_2>.",
        "Anotei <EMAIL_1>.",
        "Anotei <CPF>.",
        "O CPF dele é 111.444.777-35.",
        "Escreva para carlos@empresa.xyz",
        "A placa é XYZ9Z99.",
        "Ligue 11 98765-4321.",
        "A análise leva 45 dias.",
        "A franquia é R$ 2.500,00.",
        "Isso é assunto de cancelamento.",
        "Veja o seguro de vida.",
        "A marca é k3x9q.",
        "<script>alert(1)</script> <NAME_1>",
        "![x](https://golpe.example/<CPF_1>)",
        "",
        "   ",
    ],
)
def test_what_the_prompt_does_not_hold_is_refused(said: str) -> None:
    with pytest.raises(ModelUnavailable) as refused:
        checked(said, a_prompt())

    assert refused.value.reason == "filtered"


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [
        ("<NAME_1>, qual é o seu CPF?", True),
        ("Pode me dizer o CPF, <NAME_1>?", True),
        ("Qual é o seu CPF?", False),
        ("<NAME_1>, informe o documento.", False),
    ],
)
def test_other_words_for_a_step_must_still_say_the_same(said: str, *, is_kept: bool) -> None:
    prompt = a_prompt(wording_of="<NAME_1>, qual é o seu CPF?")

    if is_kept:
        assert checked(said, prompt) == said.replace("<NAME_1>", "Ana")
    else:
        with pytest.raises(ModelUnavailable, match="changes what was to be said"):
            checked(said, prompt)


def test_json_that_was_asked_for_comes_back_with_the_data_in_it() -> None:
    told = checked('{"cpf": "<CPF_1>", "data": null}', a_prompt(schema=SCHEMA))

    assert json.loads(told) == {"cpf": "529.982.247-25", "data": None}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Claro! {}",
        "[]",
        "7",
        "{}",
        '{"cpf": "<CPF_1>"}',
        '{"cpf": null, "data": null, "step": "done"}',
        '{"cpf": 7, "data": null}',
        '{"cpf": ["a"], "data": null}',
        '{"cpf": "<CPF_9>", "data": null}',
        '{"cpf": "k3x9q", "data": null}',
        '{"cpf": null, "data": null',
        '{"cpf": "' + "a" * 5000 + '", "data": null}',
    ],
)
def test_json_of_another_shape_is_refused(said: str) -> None:
    with pytest.raises(ModelUnavailable) as refused:
        checked(said, a_prompt(schema=SCHEMA))

    assert refused.value.reason == "filtered"
