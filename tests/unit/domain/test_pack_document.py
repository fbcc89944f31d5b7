"""A pack comes back from its document as it was; an older release's document is a pack too."""

import json
from typing import Any

import pytest

from roteiro.domain.authoring.schema.cast import read_agents, read_cast, read_list, read_suggestions, read_use
from roteiro.domain.cast import Agent, Cast, Suggestion
from roteiro.domain.hours import Holiday, Hours
from roteiro.domain.pack import Pack
from roteiro.domain.pack_document import pack_from, pack_to
from roteiro.domain.values.value import Entity
from roteiro.errors import InvalidRequest

AGENT = {"id": "anita", "name": "Anita", "avatar": "📊", "role": "Analista", "description": "Compara números"}
ORGAN = {"id": "26000", "name": "Ministério da Saúde", "aliases": ["saúde", "SUS"], "data": {"siafi_code": "36000"}}
WHOLE = Pack(
    "loja",
    "Loja",
    {"pt-BR": {"greeting": "Oi."}},
    ("pizza",),
    Hours("America/Sao_Paulo", {"mon": ["08:00-18:00"]}, [Holiday("12-25", "Natal", "Lei 662/1949")]),
    ("padrao",),
    "assist",
    is_sac=True,
    cast=Cast(
        (Agent(**AGENT),),
        (Suggestion("help", "Como funciona?", "help-circle", "Como funciona?"),),
        {"default": "anita"},
        {"unknown": ("try_again",)},
        {"try_again": "ajuda"},
        {"en": {"actions.try_again": "help", "title": "Shop"}},
    ),
    lists={"organs": (Entity("26000", "Ministério da Saúde", ("SUS",), "none", (("siafi_code", "36000"),)),)},
    adapters=("contracts",),
    context_keys=("page",),
)


@pytest.mark.parametrize("pack", [WHOLE, Pack("loja", "Loja", {})])
def test_a_pack_comes_back_from_its_document_as_it_was(pack: Pack) -> None:
    stored = json.loads(json.dumps(pack_to(pack)))

    assert pack_from("loja", stored) == pack


def test_a_document_of_an_older_release_is_a_pack_without_the_newer_parts() -> None:
    assert pack_from("loja", {"title": "Loja", "texts": {}}) == Pack("loja", "Loja", {})


def test_files_of_a_pack_are_read_in_their_order() -> None:
    cast = read_cast(read_use({"routing": {"default": "anita"}}), read_agents([AGENT]), read_suggestions([]))
    (organ,) = read_list([ORGAN])

    assert (cast.routing, cast.agents[0].name) == ({"default": "anita"}, "Anita")
    assert (organ.aliases, organ.needs, dict(organ.data)) == (("saúde", "SUS"), "none", {"siafi_code": "36000"})


def faults(told: Any, read: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequest) as refused:
        read(told)
    return [(fault.path, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("read", "told", "fault"),
    [
        (read_agents, [AGENT, AGENT], ("1.id", "id_twice")),
        (read_agents, {"id": "anita"}, ("", "wrong_type_list")),
        (read_agents, [AGENT | {"id": "Anita G."}], ("0.id", "bad_form")),
        (read_suggestions, [{"id": "help"}], ("0.label", "missing")),
        (read_list, [ORGAN | {"aliases": ["MS"]}], ("0.aliases.0", "too_short")),
        (read_list, [ORGAN | {"needs": "always"}], ("0.needs", "not_a_choice")),
        (read_list, [ORGAN, ORGAN], ("1.id", "id_twice")),
        (read_use, {"adapters": ["shell"]}, ("adapters.0", "not_a_choice")),
        (read_use, {"translations": {"fr": {"title": "Boutique"}}}, ("translations.fr.[key]", "not_a_choice")),
        (read_use, {"translations": {"en": {"title": " "}}}, ("translations.en.title", "blank")),
    ],
)
def test_a_slip_in_a_file_of_a_pack_is_told_where_it_stands(read: Any, told: Any, fault: tuple[str, str]) -> None:
    assert fault in faults(told, read)


HELP = {"id": "help", "label": "Como funciona?", "icon": "help-circle", "action": "Como funciona?"}


@pytest.mark.parametrize(
    "path", ["title", "agents.anita.role", "suggestions.help.action", "actions.try_again", "holidays.12-25"]
)
def test_a_pack_may_be_translated_text_by_text(path: str) -> None:
    use = read_use({"actions": {"try_again": "ajuda"}, "translations": {"en": {path: "Help"}}})

    cast = read_cast(use, read_agents([AGENT]), read_suggestions([HELP]), ["12-25"])

    assert cast.say(path, "en", "ajuda") == "Help"
    assert cast.say(path, "es", "ajuda") == "ajuda"


@pytest.mark.parametrize(
    "path",
    [
        "agents.anita.name",
        "agents.zumbi.role",
        "suggestions.help.icon",
        "suggestions.no.label",
        "actions.no",
        "holidays.12-26",
        "titulo",
    ],
)
def test_a_translation_of_a_text_that_there_is_not_is_refused(path: str) -> None:
    use = read_use({"translations": {"es": {path: "Ayuda"}}})

    refused = faults(use, lambda told: read_cast(told, read_agents([AGENT]), read_suggestions([HELP]), ["12-25"]))

    assert refused == [(f"translations.es.{path}", "unknown_text")]


def test_a_routing_to_nobody_is_refused() -> None:
    use = read_use({"routing": {"by_intent": {"analyze": "anitta"}}})

    assert faults(use, lambda told: read_cast(told, read_agents([AGENT]), ())) == [("routing.analyze", "unknown_agent")]
