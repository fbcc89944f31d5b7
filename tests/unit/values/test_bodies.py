"""Bodies that belong to an entry of a list: their names count wherever they stand, and mean the entry."""

from datetime import date

import pytest

from roteiro.domain.authoring.schema.cast import read_list
from roteiro.domain.pack import Pack
from roteiro.domain.pack_document import pack_from, pack_to
from roteiro.domain.values.entities import find_entities
from roteiro.domain.values.value import Entity, Hints, Problem, Value

ORGANS = (
    Entity("57000", "Ministério dos Transportes", ("transportes",), "context", bodies=("DNIT", "Infra S.A.")),
    Entity("36000", "Ministério da Defesa", ("defesa",), "context", bodies=("Exército", "Força Aérea")),
    Entity("56000", "Ministério das Cidades", ("cidades",), "ministry", bodies=("CBTU",)),
)


def named(text: str, *, asked: bool = False) -> list[str]:
    found = find_entities(text, Hints(date(2026, 11, 20), asked=asked, entities=ORGANS, many=True))
    return [str(one.stored) for one in found if isinstance(one, Value)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("quanto o DNIT torrou em brita", ["57000"]),
        ("o dnit daqui não tapa buraco", ["57000"]),
        ("pneu do exército por 900 reais", ["36000"]),
        ("forca aerea e cbtu", ["36000", "56000"]),
        ("vi isso na Infra S.A. ontem", ["57000"]),
        ("transportes escolares atrasados", []),
        ("em legítima defesa", []),
        ("o dnitx", []),
        ("não quero o DNIT, quero o exército", ["36000"]),
    ],
)
def test_a_body_means_its_ministry_without_any_context(text: str, ids: list[str]) -> None:
    assert named(text) == ids


def test_a_body_answers_the_question_for_an_organ() -> None:
    assert named("DNIT", asked=True) == ["57000"]


def test_the_value_that_is_shown_is_the_ministry() -> None:
    first = next(iter(find_entities("gastos do DNIT", Hints(date(2026, 11, 20), asked=False, entities=ORGANS))))

    assert isinstance(first, Value)
    assert first.display == "Ministério dos Transportes"


def test_a_typing_error_in_a_bodys_name_names_nothing() -> None:
    found = list(find_entities("o exércto", Hints(date(2026, 11, 20), entities=ORGANS)))

    assert isinstance(found[0], Problem)


def test_a_list_says_its_bodies_and_keeps_them_with_the_pack() -> None:
    listed = read_list([{"id": "57000", "name": "Ministério dos Transportes", "bodies": ["DNIT", "ANTT"]}])
    pack = Pack("p", "P", {}, lists={"organs": listed})

    assert listed[0].bodies == ("DNIT", "ANTT")
    assert pack_from("p", pack_to(pack)).lists == pack.lists


def test_a_list_of_an_older_release_has_no_bodies() -> None:
    stored = pack_to(Pack("p", "P", {}, lists={"organs": ORGANS}))
    for entry in stored["lists"]["organs"]:
        del entry["bodies"]

    assert not any(entity.bodies for entity in pack_from("p", stored).lists["organs"])
