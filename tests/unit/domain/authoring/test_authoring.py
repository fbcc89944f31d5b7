import copy
import json
from typing import Any

import pytest

from roteiro.domain.authoring.checking import ScriptDocument, check_script, script_schema
from roteiro.domain.texts import LOCALES, text
from roteiro.errors import Fault, InvalidRequest
from tests.factories import a_document

RICH: dict[str, Any] = {
    "problem": {"id": 105, "description": "Cancelamento: x", "title": "Cancelamento", "category": "contrato"},
    "slug": "cancelamento",
    "pack": "seguros",
    "intent": "cancel",
    "agent": None,
    "legal": {"protected": "cancel", "dispute": None},
    "steps": 4,
    "script": [
        {"step": 1, "id": "inicio", "kind": "say", "message": "Vamos ver o cancelamento.", "auto_advance": True},
        {
            "step": 2,
            "id": "dados",
            "kind": "ask",
            "message": "Qual é o número da apólice?",
            "collect": ["apolice"],
            "need": "all",
            "skip_if_filled": True,
            "when": "channel == 'web' or apolice is None",
            "guidelines": ["não tente reter o cliente"],
            "llm": "off",
            "choices": ["não tenho"],
        },
        {
            "step": 3,
            "kind": "confirm",
            "message": "Confirma o cancelamento da apólice {apolice}?",
            "next": [{"when": "confirmed", "goto": "fim"}, {"goto": "dados"}],
        },
        {"step": 4, "id": "fim", "message": "Pedido registrado. Protocolo {protocol}.\n{summary}"},
    ],
    "slots": {
        "apolice": {
            "type": "policy_number",
            "label": "Apólice",
            "prompt": "Informe o número da apólice",
            "pattern": "[0-9]{6,12}",
            "max_attempts": 3,
            "on_max_attempts": "handoff",
            "purpose": "localizar o contrato",
            "sensitive": True,
            "many": False,
            "reprompts": ["Só dígitos, de 6 a 12.", "Fica no alto da primeira página."],
            "examples": ["123456"],
        },
        "uso": {"type": "choice", "choices": ["passeio", {"value": "t", "label": "trabalho"}], "required": False},
        "valor": {"type": "money_brl", "min": 0, "max": 5000, "required": False, "reuse": "never", "confirm": True},
    },
    "match": {
        "examples": ["quero cancelar meu seguro"],
        "negative_examples": ["não quero cancelar, só mudar o endereço"],
        "keywords": ["cancelar"],
        "min_confidence": 0.5,
        "priority": -10,
        "enabled": False,
    },
    "guidelines": [{"when": "relata feridos", "then": "oriente 192", "criticality": "high"}],
    "knowledge": [{"q": "tem multa?", "a": "Depende."}],
    "completion": {
        "message": "Até logo.",
        "resolution": "resolved",
        "csat": True,
        "record": None,
        "action": {
            "type": "webhook",
            "url": "https://crm.example.com/hook",
            "secret_ref": "CRM",
            "send": ["apolice"],
            "timeout_s": 5,
            "retries": 6,
            "on_failure": "queue",
        },
    },
    "handoff": {
        "keywords": ["fraude"],
        "when": ["attempts > 2"],
        "after_failed_turns": 3,
        "queue": "padrao",
        "summary_slots": ["apolice"],
        "offline_message": "Voltamos às 8h.",
    },
    "suggested_actions": ["start_investigation"],
    "translations": {"en": {"script.1.message": "I see.", "slots.apolice.reprompts.0": "Digits only."}},
    "tests": [{"name": "básico", "turns": [{"say": "quero cancelar", "expect": {"script": 105}}]}],
    "meta": {"locale": "pt-BR", "tags": ["contrato"], "owner": "time-a"},
}


def faults_in(document: object) -> tuple[Fault, ...]:
    with pytest.raises(InvalidRequest) as refused:
        check_script(document)
    return refused.value.faults


def steps(*numbers: object) -> list[dict[str, object]]:
    return [{"step": number, "message": "Oi."} for number in numbers]


def problem(**changes: object) -> dict[str, Any]:
    return a_document(problem={"id": 101, "description": "Sinistro: x"} | changes)


def matching(**given: object) -> dict[str, Any]:
    return a_document(match=given)


@pytest.mark.parametrize("document", [a_document(), RICH], ids=["seed", "rich"])
def test_a_valid_document_is_accepted_and_left_as_it_was_given(document: dict[str, Any]) -> None:
    before = json.dumps(document)

    number = check_script(document)

    assert number == document["problem"]["id"]
    assert json.dumps(document) == before


@pytest.mark.parametrize(
    "document",
    [
        a_document(steps=1, script=steps(1)),
        a_document(steps=100, script=steps(*range(1, 101))),
        problem(description="a" * 2000, title="a" * 80),
        problem(description="a", title="a", category="a"),
        matching(keywords=["a", "b" * 60], min_confidence=1, priority=10),
        matching(examples=["a", "b" * 300], min_confidence=0),
        a_document(meta={"tags": ["x"] * 20}),
        a_document(guidelines=[{"when": "x", "then": "y"}] * 50, knowledge=[{"q": "x", "a": "y"}] * 200),
    ],
)
def test_a_document_at_its_limits_is_accepted(document: dict[str, Any]) -> None:
    assert check_script(document) == 101


def test_a_script_is_matched_unless_it_says_otherwise() -> None:
    match = ScriptDocument.model_validate(a_document()).match

    assert (match.enabled, match.priority, match.min_confidence, match.examples) == (True, 0, 0, [])


def test_a_seed_document_needs_no_count_of_steps() -> None:
    document = a_document()
    del document["steps"]

    assert check_script(document) == 101


@pytest.mark.parametrize(("given", "number"), [(1, 1), (999_999_999, 999_999_999), ("105", 105), ("1", 1)])
def test_the_problems_id_is_a_number_or_its_digits_kept_as_given(given: object, number: int) -> None:
    document = problem(id=given)

    assert check_script(document) == number
    assert document["problem"]["id"] == given


@pytest.mark.parametrize("given", [0, -1, 1_000_000_000, 1.0, "0", "01", "abc", "1\n", "", None, True, [1], {"$ne": 1}])
def test_any_other_id_is_refused_once_at_its_path(given: object) -> None:
    assert faults_in(problem(id=given)) == (Fault("problem.id", "bad_script_id"),)


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (None, "", "wrong_type_object"),
        ([], "", "wrong_type_object"),
        ("texto", "", "wrong_type_object"),
        (a_document(problem=None), "problem", "wrong_type_object"),
        (a_document(problem={"id": 1}), "problem.description", "missing"),
        (problem(description=""), "problem.description", "too_short"),
        (problem(description="a" * 2001), "problem.description", "too_long"),
        (problem(description=" \n "), "problem.description", "blank"),
        (problem(description=["x"]), "problem.description", "wrong_type_text"),
        (problem(title="a" * 81), "problem.title", "too_long"),
        (problem(title=" "), "problem.title", "blank"),
        (problem(category=""), "problem.category", "too_short"),
        (a_document(steps=1), "steps", "steps_differ"),
        (a_document(steps="2"), "steps", "wrong_type_number"),
        (a_document(script=[]), "script", "too_few"),
        (a_document(steps=101, script=steps(*range(1, 102))), "script", "too_many"),
        (a_document(script="passo"), "script", "wrong_type_list"),
        (a_document(script=steps(1, 3)), "script.1.step", "step_out_of_order"),
        (a_document(script=steps(2, 1)), "script.0.step", "step_out_of_order"),
        (a_document(script=steps(1, 1)), "script.1.step", "step_out_of_order"),
        (a_document(script=steps(1, "2")), "script.1.step", "wrong_type_number"),
        (a_document(script=[{"step": 1}]), "script.0.message", "missing"),
        (a_document(script=[{"step": 1, "message": "a" * 2001}]), "script.0.message", "too_long"),
        (a_document(script=[{"step": 1, "message": "\t"}]), "script.0.message", "blank"),
        (a_document(script=[{"step": 1, "message": "a\0"}]), "script.0.message", "bad_characters"),
        (a_document(script=[{"step": 1, "message": "\ud800"}]), "script.0.message", "bad_characters"),
        (a_document(script=[{"step": 1, "message": "a", "guidelines": ["x"] * 11}]), "script.0.guidelines", "too_many"),
        (matching(examples=["a"] * 0 + [""]), "match.examples.0", "too_short"),
        (matching(examples=["a" * 301]), "match.examples.0", "too_long"),
        (matching(examples=[str(n) for n in range(501)]), "match.examples", "too_many"),
        (matching(negative_examples=[str(n) for n in range(201)]), "match.negative_examples", "too_many"),
        (matching(examples=["Olá!", "oi", "OLA"]), "match.examples.2", "example_twice"),
        (matching(negative_examples=["não", "Nao"]), "match.negative_examples.1", "example_twice"),
        (matching(keywords=["x"] * 51), "match.keywords", "too_many"),
        (matching(min_confidence=1.1), "match.min_confidence", "too_large"),
        (matching(min_confidence=-0.1), "match.min_confidence", "too_small"),
        (matching(min_confidence="0.5"), "match.min_confidence", "wrong_type_number"),
        (matching(priority=11), "match.priority", "too_large"),
        (matching(priority=-11), "match.priority", "too_small"),
        (matching(enabled="sim"), "match.enabled", "wrong_type_yesno"),
        (a_document(slug="Com Espaço"), "slug", "bad_form"),
        (a_document(slug="a" * 61), "slug", "bad_form"),
        (a_document(slug="quebra\n"), "slug", "bad_form"),
        (a_document(pack="../etc"), "pack", "bad_form"),
        (a_document(guidelines=[{"when": "x"}]), "guidelines.0.then", "missing"),
        (
            a_document(guidelines=[{"when": "x", "then": "y", "criticality": "alta"}]),
            "guidelines.0.criticality",
            "not_a_choice",
        ),
        (a_document(knowledge=[{"q": "x", "a": ""}]), "knowledge.0.a", "too_short"),
        (a_document(completion={"message": 5}), "completion.message", "wrong_type_text"),
        (a_document(meta={"tags": "x"}), "meta.tags", "wrong_type_list"),
        (a_document(meta={"tags": ["x"] * 21}), "meta.tags", "too_many"),
        (a_document(intent="x" * 61), "intent", "too_long"),
        (a_document(guidelines=[{"when": "x", "then": "y"}] * 51), "guidelines", "too_many"),
        (a_document(knowledge=[{"q": "x", "a": "y"}] * 201), "knowledge", "too_many"),
    ],
)
def test_a_broken_document_is_refused_with_the_path_and_a_sentence_in_every_language(
    document: object, path: str, code: str
) -> None:
    faults = faults_in(document)

    sentences = [text(f"fault.{code}", locale, **dict(faults[0].facts)) for locale in LOCALES]
    assert [(fault.path, fault.code) for fault in faults] == [(path, code)]
    assert all(sentence and "{" not in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("typo", "path", "meant"),
    [
        (a_document(matc={}), "matc", "match"),
        (a_document(guideline=[]), "guideline", "guidelines"),
        (a_document(problem={"id": 1, "description": "x", "titel": "y"}), "problem.titel", "title"),
        (a_document(script=[{"step": 1, "message": "x", "mesage": "y"}]), "script.0.mesage", "message"),
        (a_document(**{"a.matc": {}}), "a.matc", "match"),
    ],
)
def test_a_misspelt_key_is_refused_with_the_key_that_was_meant(typo: object, path: str, meant: str) -> None:
    assert faults_in(typo) == (Fault(path, "unknown_key_near", (("near", meant),)),)


@pytest.mark.parametrize("key", ["zzz", "xyz9", "", "__class__"])
def test_a_key_that_resembles_nothing_is_refused_by_its_name(key: str) -> None:
    assert faults_in(a_document(**{key: 1})) == (Fault(key, "unknown_key"),)


def test_every_fault_of_a_document_is_told_at_once() -> None:
    faults = faults_in({"problem": {"id": 0}, "script": [{"step": 1}], "extra": 1})

    assert {fault.path for fault in faults} == {"problem.id", "problem.description", "script.0.message", "extra"}


def test_a_document_of_a_thousand_typos_is_told_its_first_hundred_faults() -> None:
    assert len(faults_in(a_document(**{f"key{n}": 1 for n in range(1000)}))) == 100


def test_a_fault_says_what_was_found_and_what_was_expected() -> None:
    (wrong_count,) = faults_in(a_document(steps=9))
    (wrong_step,) = faults_in(a_document(script=steps(1, 5)))

    assert dict(wrong_count.facts) == {"found": "9", "expected": "2"}
    assert dict(wrong_step.facts) == {"found": "5", "expected": "2"}


@pytest.mark.parametrize(
    "key", ["steps", "slug", "pack", "intent", "match", "guidelines", "knowledge", "completion", "meta"]
)
def test_every_key_beyond_problem_and_script_may_be_absent(key: str) -> None:
    document = copy.deepcopy(RICH)
    del document[key]

    assert check_script(document) == 105


@pytest.mark.parametrize("key", ["problem", "script"])
def test_problem_and_script_may_not_be_absent(key: str) -> None:
    document = copy.deepcopy(RICH)
    del document[key]

    assert faults_in(document) == (Fault(key, "missing"),)


def test_the_schema_names_the_same_keys_and_refuses_others() -> None:
    schema = script_schema()

    assert set(schema["properties"]) == set(RICH)
    assert sorted(schema["required"]) == ["problem", "script"]
    assert schema["additionalProperties"] is False


def test_the_schema_says_that_an_id_is_a_number_or_digits() -> None:
    kinds = script_schema()["$defs"]["Problem"]["properties"]["id"]["anyOf"]

    assert [kind["type"] for kind in kinds] == ["integer", "string"]


SLOT = {"type": "date", "required": False}


def collecting(slots: dict[str, Any], message: str = "Quando foi?", collect: list[str] | None = None) -> dict[str, Any]:
    return a_document(steps=1, slots=slots, script=[{"step": 1, "message": message, "collect": collect or []}])


def test_a_script_that_collects_may_be_stored() -> None:
    check_script(collecting({"dia": SLOT}, "Anotei {dia}, {customer_name}: {protocol}. {{chaves}}", ["dia"]))


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (collecting({}, collect=["dia"]), "script.0.collect", "unknown_slot"),
        (collecting({"dia": SLOT}, "Anotei {data}."), "script.0.message", "unknown_slot"),
        (collecting({"protocol": SLOT}), "slots.protocol", "reserved_name"),
        (collecting({"Dia": SLOT}), "slots.Dia.[key]", "bad_form"),
        (collecting({"dia": {"type": "data", "required": False}}), "slots.dia.type", "not_a_choice"),
        (collecting({"dia": SLOT | {"pattern": "(a+)+"}}), "slots.dia.pattern", "pattern_slow"),
        (collecting({"dia": SLOT | {"min": "depois"}}), "slots.dia.min", "bad_bound"),
        (collecting({"dia": SLOT | {"examples": ["talvez"]}}), "slots.dia.examples.0", "bad_slot_example"),
        (collecting({"dia": SLOT | {"choices": ["a"]}}), "slots.dia.choices", "choices_do_not_fit"),
        (collecting({"uso": {"type": "choice"}}), "slots.uso.choices", "choices_do_not_fit"),
        (collecting({"uso": {"type": "choice", "choices": ["Sim", "sím"]}}), "slots.uso.choices.1", "choice_twice"),
        (
            collecting({"dia": {"type": "date", "on_max_attempts": "skip"}}),
            "slots.dia.on_max_attempts",
            "required_is_not_skipped",
        ),
    ],
)
def test_a_wrong_slot_is_refused_with_its_path(document: dict[str, Any], path: str, code: str) -> None:
    assert [(fault.path, fault.code) for fault in faults_in(document)] == [(path, code)]


def test_braces_of_a_script_in_the_seeds_form_are_plain_text() -> None:
    check_script(a_document(steps=1, script=[{"step": 1, "message": "Use {chaves} à vontade."}]))


def test_braces_of_a_script_with_any_other_key_name_something() -> None:
    assert [fault.code for fault in faults_in(collecting({}, "Use {chaves}."))] == ["unknown_slot"]


def walking(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    numbered = [{"step": number, "message": "Oi.", **step} for number, step in enumerate(steps, 1)]
    return a_document(steps=len(steps), script=numbered, **more)


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (walking({"kind": "ask"}), "script.0.collect", "ask_without_collect"),
        (walking({"kind": "confirm", "auto_advance": True}), "script.0.auto_advance", "only_say_advances"),
        (walking({"next": "fim"}), "script.0.next", "unknown_step"),
        (walking({"next": 3}, {}), "script.0.next", "unknown_step"),
        (walking({"next": {"goto": 1}}), "script.0.next", "bad_next"),
        (walking({"next": [{"goto": 2}, {"when": "locale == 'en'", "goto": 1}]}, {}), "script.0.next", "else_not_last"),
        (walking({"next": [{"goto": 2, "go": 2}]}), "script.0.next.0.go", "unknown_key_near"),
        (walking({"id": "um"}, {"id": "um"}), "script.1.id", "step_id_twice"),
        (walking({"id": "END"}), "script.0.id", "bad_form"),
        (walking({"next": 3}, {}, {}), "script.1", "unreachable_step"),
        (walking({"next": 2}, {"next": 1}), "script", "no_end"),
        (walking({"when": "open()"}, {}), "script.0.when", "condition_part"),
        (walking({"when": "cpf > 3"}, {}), "script.0.when", "condition_name"),
        (walking({"when": "confirmed"}, {}), "script.0.when", "condition_name"),
        (walking({}, handoff={"when": ["dia > 3"]}), "handoff.when.0", "condition_name"),
        (walking({}, handoff={"keywords": ["duas palavras"]}), "handoff.keywords.0", "not_one_word"),
        (walking({}, handoff={"summary_slots": ["dia"]}), "handoff.summary_slots", "unknown_slot"),
        (
            walking({}, translations={"en": {"script.9.message": "x"}}),
            "translations.en.script.9.message",
            "unknown_text",
        ),
        (
            walking(
                {},
                slots={"uso": {"type": "choice", "choices": ["a", "b"]}},
                translations={"en": {"slots.uso.choices.2": "x"}},
            ),
            "translations.en.slots.uso.choices.2",
            "unknown_text",
        ),
        (walking({}, translations={"es": {"knowledge.0.q": "x"}}), "translations.es.knowledge.0.q", "unknown_text"),
        (walking({}, legal={"protected": "refund"}), "legal.protected", "not_a_choice"),
        (walking({"choices": ["a"] * 7}), "script.0.choices", "too_many"),
        (walking({"colect": []}), "script.0.colect", "unknown_key_near"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused_with_their_path(
    document: dict[str, Any], path: str, code: str
) -> None:
    assert [(fault.path, fault.code) for fault in faults_in(document)] == [(path, code)]


def test_a_loop_that_some_answer_leaves_is_a_script() -> None:
    check_script(walking({"next": [{"when": "locale == 'en'", "goto": 1}, {"goto": 2}]}, {}))


def test_a_script_may_end_with_a_person_alone() -> None:
    check_script(walking({"next": 2}, {"next": "HANDOFF"}))
