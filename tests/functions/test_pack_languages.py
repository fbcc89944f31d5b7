"""What a pack says in the reader's language: its buttons, its questions, its answers, what its pages tell of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.script import Script, compile_script
from roteiro.domain.turn.passages import first_sentences
from roteiro.files.packs.folders import PackFolder, find_packs, read_pack
from tests.harness import ROOT

pytestmark = pytest.mark.both_packs

Talk = Callable[..., dict[str, Any]]
OTHERS = ("en", "es")
PLACE = re.compile(r"\{\w+\}")
PACKS = {path.name: read_pack(path) for path in find_packs(ROOT / "packs")}
CAST = PACKS["transparencia"].pack.cast
PAGES = ("suggestions", "agents", "config")


@pytest.fixture
def talk(client: FlaskClient) -> Talk:
    """Say things in one conversation; return the last answer."""

    def said(*messages: str, pack: str = "transparencia", **more: Any) -> dict[str, Any]:
        body: dict[str, Any] = {"session_id": ""}
        for message in messages:
            told = {"message": message, "session_id": body["session_id"], "pack": pack, **more}
            body = client.post("/api/v1/chat/message", json=told).json or {}
        return body

    return said


def texts_of_script(script: Script, document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every text of a script that a customer may read, by its path."""
    yield "problem.title", script.title
    yield from ((f"script.{step.number}.message", step.message) for step in script.steps)
    yield from ((f"knowledge.{place}.a", answer) for place, (_, answer) in enumerate(script.knowledge))
    for name, slot in script.slots.items():
        yield f"slots.{name}.label", slot.label
        yield from ((f"slots.{name}.reprompts.{place}", said) for place, said in enumerate(slot.reprompts))
        yield from ((f"slots.{name}.choices.{place}", option.label) for place, option in enumerate(slot.choices))
        yield from [(f"slots.{name}.prompt", slot.prompt)] if slot.prompt else []
    single = {
        "completion.message": script.completion.message,
        "handoff.offline_message": script.handoff.offline_message,
    }
    yield from ((path, said) for path, said in single.items() if said)
    assert not any(step.get("choices") for step in document["script"]), "quick replies have no translation yet"


def texts_of_pack(pack: PackFolder) -> Iterator[str]:
    """Yield the path of every text that the files beside the scripts hold."""
    yield "title"
    for agent in pack.pack.cast.agents:
        yield from (f"agents.{agent.id}.{name}" for name in ("role", "description"))
    for one in pack.pack.cast.suggestions:
        yield from (f"suggestions.{one.id}.{name}" for name in ("label", "action"))
    yield from (f"actions.{action}" for action in pack.pack.cast.meanings)
    yield from (f"holidays.{day.date}" for day in (pack.pack.hours.holidays if pack.pack.hours else ()))


SCRIPTS = [(f"{pack}/{file}", document) for pack, folder in PACKS.items() for file, document in folder.scripts.items()]


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("document", [one for _, one in SCRIPTS], ids=[name for name, _ in SCRIPTS])
def test_every_text_of_a_script_exists_in_every_language(document: Mapping[str, Any], locale: str) -> None:
    script = compile_script(document, 1)

    lacking = [path for path, _ in texts_of_script(script, document) if not script.say(path, locale, "")]

    assert lacking == []


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_every_text_of_a_pack_exists_in_every_language(pack: PackFolder, locale: str) -> None:
    lacking = [path for path in texts_of_pack(pack) if not pack.pack.cast.say(path, locale, "")]

    assert lacking == []
    assert pack.pack.texts[locale].keys() == pack.pack.texts["pt-BR"].keys()


@pytest.mark.parametrize("document", [one for _, one in SCRIPTS], ids=[name for name, _ in SCRIPTS])
def test_no_answer_is_cut_in_any_language(document: Mapping[str, Any]) -> None:
    script = compile_script(document, 1)
    answers = [(f"knowledge.{place}.a", answer) for place, (_, answer) in enumerate(script.knowledge)]

    told = [script.say(path, locale, answer) for path, answer in answers for locale in ("pt-BR", *OTHERS)]

    assert [one for one in told if first_sentences(one) != one] == []


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("document", [one for _, one in SCRIPTS], ids=[name for name, _ in SCRIPTS])
def test_every_place_in_a_text_stands_in_its_translation_too(document: Mapping[str, Any], locale: str) -> None:
    script = compile_script(document, 1)

    told = {path: (said, script.say(path, locale, "")) for path, said in texts_of_script(script, document)}

    assert [path for path, both in told.items() if len({tuple(sorted(PLACE.findall(one))) for one in both}) > 1] == []


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("action", sorted(CAST.meanings))
def test_an_action_starts_the_same_in_every_language(action: str, locale: str, talk: Talk) -> None:
    own, told = talk(action), talk(action, locale=locale)
    words = talk(CAST.meant(action, locale), locale=locale)

    assert told["metadata"]["intent_type"] == words["metadata"]["intent_type"] == own["metadata"]["intent_type"]
    assert (told["script_id"], told["message"]) == (own["script_id"], words["message"])


@pytest.mark.parametrize("locale", OTHERS)
def test_a_suggestion_in_another_language_starts_the_same(locale: str, talk: Talk) -> None:
    for one in CAST.suggestions_in(locale):
        own = talk(next(button.action for button in CAST.suggestions if button.id == one.id))
        told = talk(one.action, locale=locale)

        assert (told["script_id"], told["slots"]) == (own["script_id"], own["slots"])
        assert told["message"] != own["message"]


@pytest.mark.parametrize(
    ("locale", "title"), [("en", "Question about public money"), ("es", "Duda sobre el dinero público")]
)
def test_a_question_of_ours_names_its_topics_in_the_conversations_language(locale: str, title: str, talk: Talk) -> None:
    body = talk("explain the agents and the bidding", locale=locale)

    assert title in body["message"]
    assert "Dúvida" not in body["message"]


@pytest.mark.parametrize(
    ("locale", "asked", "told"),
    [
        ("en", "do I have to give a reason?", "You do not. The reason is optional and does not change your request."),
        ("es", "¿tengo que decir el motivo?", "No hace falta. El motivo es opcional y no cambia su pedido."),
    ],
)
def test_a_side_question_is_answered_in_the_conversations_language(
    locale: str, asked: str, told: str, talk: Talk
) -> None:
    body = talk("quero cancelar meu seguro", asked, pack="seguros", locale=locale)

    assert body["message"].startswith(told)


@pytest.mark.parametrize(
    ("locale", "asked", "told"),
    [
        ("en", "what is a public tender?", "A tender (licitação) is the open competition"),
        ("en", "what is an anomaly?", "An anomaly is a contract or an expense"),
        ("es", "¿qué es una licitación?", "La licitación es la competencia abierta"),
        ("es", "o que é licitação?", "La licitación es la competencia abierta"),
        ("pt-BR", "o que é licitação?", "Licitação é a disputa aberta"),
    ],
)
def test_a_question_about_a_term_is_answered_in_the_conversations_language(
    locale: str, asked: str, told: str, talk: Talk
) -> None:
    body = talk(asked, locale=locale)

    assert body["message"].startswith(told)
    assert (body["script_id"], body["agent_id"]) == (207, "machado")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_pack_is_told_in_the_readers_language(page: str, client: FlaskClient) -> None:
    shown = {one: client.get(f"/api/v1/chat/{page}", headers={"Accept-Language": one}) for one in ("pt-BR", *OTHERS)}

    assert len({answer.headers["ETag"] for answer in shown.values()}) == 3
    assert all("Accept-Language" in answer.headers["Vary"] for answer in shown.values())
    assert shown["pt-BR"].json == client.get(f"/api/v1/chat/{page}").json
    assert same_keys(shown["en"].json, shown["pt-BR"].json)


def same_keys(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same_keys, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_keys(one[key], other[key]) for key in one)
    return type(one) is type(other)


@pytest.mark.parametrize(("locale", "role"), [("en", "Analyst"), ("es-AR, en;q=0.5", "Analista"), ("fr", "Analista")])
def test_agents_introduce_themselves_under_their_own_names(locale: str, role: str, client: FlaskClient) -> None:
    agents = client.get("/api/v1/chat/agents", headers={"Accept-Language": locale}).json
    anita = next(one for one in agents if one["id"] == "anita")

    assert (anita["name"], anita["role"]) == ("Anita Garibaldi", role)
