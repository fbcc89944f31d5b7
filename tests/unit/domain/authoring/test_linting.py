"""Lint: every rule finds its slip, and a good script passes all of them."""

from typing import Any

import pytest

from roteiro.domain.authoring.linting import ERROR, WARNING, Finding, Known, lint, lint_all, sentence
from roteiro.domain.texts import LOCALES
from tests.factories import a_document

EXAMPLES = [
    f"quero a carteirinha do meu plano {number}" for number in "um dois tres quatro cinco seis sete oito".split()
]

SPOKEN = ("problem.title", "script.1.message", "script.2.message", "script.3.message")  # what a translation must have


def a_clean(**changes: Any) -> dict[str, Any]:
    """Return a script that lint has nothing to say of."""
    return {
        "problem": {"id": 900, "description": "Carteirinha: O cliente quer a carteirinha."},
        "script": [
            {"step": 1, "message": "Certo, vamos achar seu contrato."},
            {"step": 2, "message": "Qual é a apólice?", "collect": ["apolice"]},
            {"step": 3, "message": "A carteirinha da apólice {apolice} vai por e-mail."},
        ],
        "slots": {"apolice": {"type": "policy_number"}},
        "match": {"examples": EXAMPLES},
    } | changes


def with_step(place: int, **changes: Any) -> dict[str, Any]:
    document = a_clean()
    document["script"][place] |= changes
    return document


def with_slot(**changes: Any) -> dict[str, Any]:
    document = a_clean()
    document["slots"]["apolice"] |= changes
    return document


def of_steps(*more: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return a_clean(
        script=[{"step": number, "message": "Certo."} | step for number, step in enumerate(more, 1)], **changes
    )


def a_cancel(*messages: str, **changes: Any) -> dict[str, Any]:
    """Return a script that the law protects, with these messages before the clean one's."""
    steps = [{"message": message} for message in messages] + [{"collect": ["apolice"]}]
    return of_steps(*steps, legal={"protected": "cancel"}, **changes)


def found(document: Any, **beside: Any) -> list[tuple[str, str, str]]:
    return [(one.level, one.code, one.path) for one in lint(document, **beside)]


def test_a_clean_script_has_no_findings() -> None:
    assert found(a_clean()) == []


ALONE = {
    "a slot that no step collects": (
        a_clean(slots={"apolice": {"type": "policy_number"}, "cor": {"required": False}}),
        (ERROR, "slot_not_collected", "slots.cor"),
    ),
    "a slot that nobody uses": (
        a_clean(slots={"apolice": {"type": "policy_number"}, "placa": {"type": "plate", "required": False}}),
        (WARNING, "unused_slot", "slots.placa"),
    ),
    "a required slot that nobody asks for": (
        a_clean(slots={"apolice": {"type": "policy_number"}, "placa": {"type": "plate"}}),
        (ERROR, "slot_not_collected", "slots.placa"),
    ),
    "an alias of two letters": (
        with_slot(type="choice", choices=["casa", {"value": "c", "label": "carro", "aliases": ["kr"]}]),
        (ERROR, "short_alias", "slots.apolice.choices.1.aliases.0"),
    ),
    "a round without a way out": (
        of_steps({"next": [{"when": "channel == 'web'", "goto": 3}]}, {"next": "END"}, {"next": 3}, slots={}),
        (ERROR, "no_way_out", "script.2.next"),
    ),
    "a law by name": (with_step(0, message="Segundo a Lei 8.078, é seu."), (ERROR, "law_named", "script.0.message")),
    "a law in an answer": (
        a_clean(knowledge=[{"q": "posso?", "a": "Sim, veja o art. 14."}]),
        (ERROR, "law_named", "knowledge.0.a"),
    ),
    "a law where people are away": (
        a_clean(handoff={"offline_message": "Pela LGPD, guardamos pouco."}),
        (ERROR, "law_named", "handoff.offline_message"),
    ),
    "a law in a question": (with_slot(prompt="Pelo Decreto, qual?"), (ERROR, "law_named", "slots.apolice.prompt")),
    "few examples": (a_clean(match={"examples": EXAMPLES[:7]}), (WARNING, "few_examples", "match.examples")),
    "a long message": (with_step(0, message="a" * 401), (WARNING, "long_message", "script.0.message")),
    "a question nobody listens to": (
        with_step(0, message="Tudo bem?"),
        (WARNING, "question_without_collect", "script.0.message"),
    ),
    "a CPF asked at once": (
        of_steps({"collect": ["apolice"]}, slots={"apolice": {"type": "cpf"}}),
        (WARNING, "document_first", "script.0.collect"),
    ),
    "an optional slot in a text": (with_slot(required=False), (WARNING, "may_be_empty", "script.2.message")),
    "a slot that a branch goes around": (
        of_steps(
            {"next": [{"when": "channel == 'web'", "goto": 3}]}, {"collect": ["apolice"]}, {"message": "É {apolice}."}
        ),
        (WARNING, "may_be_empty", "script.2.message"),
    ),
    "a slot of a step that may be passed over": (
        of_steps({"collect": ["apolice"], "when": "channel == 'web'"}, {"message": "É {apolice}."}),
        (WARNING, "may_be_empty", "script.1.message"),
    ),
    "a translation that stops half way": (
        a_clean(translations={"en": {path: "Right." for path in SPOKEN if path != "script.3.message"}}),
        (WARNING, "missing_translation", "translations.en"),
    ),
    "an answer that is not translated": (
        a_clean(
            knowledge=[{"q": "tem custo?", "a": "Não."}],
            translations={"es": dict.fromkeys(SPOKEN, "Sí.")},
        ),
        (WARNING, "missing_translation", "translations.es"),
    ),
    "a CPF in an example": (
        a_clean(match={"examples": [*EXAMPLES, "meu cpf é 529.982.247-25"]}),
        (WARNING, "personal_data", "match.examples.8"),
    ),
    "an e-mail in a negative example": (
        a_clean(match={"examples": EXAMPLES, "negative_examples": ["escreva para ana@exemplo.com.br"]}),
        (WARNING, "personal_data", "match.negative_examples.0"),
    ),
    "an offer in a cancellation": (
        a_cancel("Temos um desconto para você."),
        (ERROR, "promotional", "script.0.message"),
    ),
    "keeping a customer who leaves": (
        a_cancel("Antes de cancelar, pense bem."),
        (ERROR, "promotional", "script.0.message"),
    ),
    "a second confirmation": (
        a_cancel("Para confirmar, escreva confirmo.", "Tem certeza de que quer sair. Escreva sim."),
        (ERROR, "second_confirmation", "script.1.message"),
    ),
    "data that a cancellation does not need": (
        a_cancel(slots={"apolice": {"type": "text"}}),
        (ERROR, "needless_slot", "slots.apolice"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "expected"), ALONE.values(), ids=ALONE.keys())
def test_a_slip_is_found_and_nothing_else_is(document: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert found(document) == [expected]


FINE = {
    "one confirmation": a_cancel("Para confirmar, escreva confirmo."),
    "an offer in a script that no law protects": with_step(0, message="Há um desconto para você."),
    "an optional slot in a cancellation": a_cancel(slots={"apolice": {"type": "text", "required": False}}),
    "a question that confirms": with_step(0, kind="confirm", message="Posso seguir?"),
    "a slot shown only where it is filled": of_steps(
        {"collect": ["apolice"]},
        {"message": "É {apolice}.", "when": "apolice != None"},
        slots={"apolice": {"required": False}},
    ),
    "a slot that both branches ask for": of_steps(
        {"next": [{"when": "channel == 'web'", "goto": 3}]},
        {"collect": ["apolice"], "next": 4},
        {"collect": ["apolice"]},
        {"message": "É {apolice}."},
    ),
    "a slot that customers fill unasked": a_clean(
        slots={"apolice": {"type": "policy_number"}, "placa": {"type": "plate", "required": False}},
        handoff={"when": ["placa == 'ABC1234'"]},
    ),
    "no translation at all": a_clean(translations={}),
    "a whole translation": a_clean(translations={"en": dict.fromkeys(SPOKEN, "Right.")}),
    "a round that a hand-off leaves": of_steps(
        {}, {"next": [{"when": "channel == 'web'", "goto": "HANDOFF"}, {"goto": 1}]}, slots={}
    ),
}  # fmt: skip


@pytest.mark.parametrize("document", FINE.values(), ids=FINE.keys())
def test_what_is_meant_that_way_passes(document: dict[str, Any]) -> None:
    assert found(document) == []


def test_what_the_schema_refuses_is_an_error_and_the_rest_waits() -> None:
    assert found(a_document(steps=9)) == [(ERROR, "steps_differ", "steps")]
    assert found("oi") == [(ERROR, "wrong_type_object", "")]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"problem": {"id": 900, "description": "Outro: a"}}, ("duplicate_id", "problem.id")),
        ({"slug": "carteirinha"}, ("duplicate_slug", "slug")),
        ({"match": {"examples": ["Quero a CARTEIRINHA do meu plano, um!"]}}, ("example_in_two", "match.examples.0")),
        ({"match": {"examples": [text.replace("meu", "seu") for text in EXAMPLES]}}, ("no_negative_example", "match")),
    ],
)
def test_scripts_side_by_side_do_not_get_in_each_others_way(other: dict[str, Any], expected: tuple[str, str]) -> None:
    document = a_clean(slug="carteirinha")

    beside = a_clean(problem={"id": 901, "description": "Outro: b"}, match={}) | other

    assert [one[1:] for one in found(document, others=[beside])] == [expected]


def test_a_script_that_is_broken_gets_in_nobodys_way() -> None:
    assert found(a_clean(), others=[a_clean(steps=7)]) == []


def test_names_are_looked_at_where_it_is_known_what_there_is() -> None:
    hook = {"type": "webhook", "url": "https://crm.example.com/hook", "secret_ref": "CRM"}
    document = a_clean(agent="anita", completion={"action": hook})

    assert found(document) == []
    assert [one[1:] for one in found(document, known=Known(frozenset(), frozenset()))] == [
        ("unknown_agent", "agent"),
        ("unknown_secret", "completion.action.secret_ref"),
    ]
    assert found(document, known=Known(frozenset({"anita"}), frozenset({"CRM"}))) == []


def test_only_what_was_asked_for_is_looked_at() -> None:
    documents = {"a": a_clean(), "b": a_clean(problem={"id": 901, "description": "b"}, match={"examples": ["b"]})}

    assert list(lint_all(documents, only=["b"])) == ["b"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("finding", [expected for _, expected in ALONE.values()], ids=ALONE.keys())
def test_every_finding_is_a_sentence_in_every_language(finding: tuple[str, str, str], locale: str) -> None:
    document = next(document for document, expected in ALONE.values() if expected == finding)

    (one,) = lint(document)

    said = sentence(one.code, one.facts, locale)
    assert said.endswith(".")
    assert "{" not in said


def test_a_fault_of_the_schema_has_its_own_sentence() -> None:
    one = Finding(ERROR, "steps", "missing")

    assert sentence(one.code, one.facts, "pt-BR") == "Este campo é obrigatório."
