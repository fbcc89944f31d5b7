"""Canned replies: kept per pack as one list, and never sent with an empty place."""

import pytest

from roteiro.domain.conversation import State
from roteiro.errors import InvalidRequest, Stale
from roteiro.usecases.canned import canned_replies, filled, save_canned
from tests.factories import a_state, a_written_script
from tests.shop import PACK, Shop

SLOTS = {
    "placa": {"type": "plate", "label": "Placa"},
    "cpf": {"type": "cpf", "label": "CPF"},
    "dia": {"type": "date"},
    "cor": {"type": "text", "required": False},
}
CLAIM = a_written_script({"message": "Diga.", "collect": ["placa", "cpf", "dia", "cor"]}, slots=SLOTS)
HI = {"title": "Saudação", "text": "Oi, {nome}."}
BYE = {"title": "Despedida", "text": "Até logo."}


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def state() -> State:
    return a_state(CLAIM, name="Ana", slots={"cpf": "52998224725", "dia": "2026-11-19", "cor": None})


def test_a_pack_without_canned_replies_has_an_empty_list(shop: Shop) -> None:
    assert canned_replies(PACK, shop.store) == []


def test_the_whole_list_is_replaced_and_each_time_audited(shop: Shop) -> None:
    save_canned(PACK, [HI, BYE], shop.ana)
    save_canned(PACK, [BYE], shop.bia)

    assert canned_replies(PACK, shop.store) == [BYE]
    assert shop.audit() == [("ana", "canned.saved"), ("bia", "canned.saved")]


def test_each_pack_has_its_own(shop: Shop) -> None:
    save_canned(PACK, [HI], shop.ana)

    assert canned_replies("outra", shop.store) == []


def test_two_replies_of_one_title_are_refused(shop: Shop) -> None:
    with pytest.raises(InvalidRequest) as refused:
        save_canned(PACK, [HI, BYE, HI], shop.ana)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("items.2.title", "title_twice")]
    assert (canned_replies(PACK, shop.store), shop.audit()) == ([], [])


def test_a_list_that_keeps_changing_is_given_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    save_canned(PACK, [HI], shop.ana)
    monkeypatch.setattr("roteiro.usecases.canned._put", lambda *_: False)

    with pytest.raises(Stale):
        save_canned(PACK, [BYE], shop.ana)


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        ("Oi, {nome}!", "Oi, Ana!"),
        ("Protocolo {protocolo}.", "Protocolo 20261121-4839201-75."),
        ("Foi em {dia}?", "Foi em 19/11/2026?"),
        ("Sem lugares.", "Sem lugares."),
        ("Escreva {{nome}.", "Escreva {nome}."),
        ("Olá {{nome}}, protocolo {{protocolo}}.", "Olá Ana, protocolo 20261121-4839201-75."),
        ("{ nome } e {1}", "{ nome } e {1}"),
    ],
)
def test_places_are_filled_with_what_is_known(state: State, message: str, sent: str) -> None:
    assert filled(message, state, CLAIM) == sent


def test_sensitive_values_are_masked_as_the_script_would(state: State) -> None:
    assert "529982" not in filled("CPF {cpf}", state, CLAIM).replace(".", "")


@pytest.mark.parametrize(
    ("message", "code", "name"),
    [
        ("{sobrenome}", "place_unknown", "sobrenome"),
        ("Olá {{sobrenome}}", "place_unknown", "sobrenome"),
        ("Placa {placa}", "place_empty", "placa"),
        ("Cor {cor}", "place_empty", "cor"),
    ],
)
def test_what_cannot_be_filled_is_not_sent(state: State, message: str, code: str, name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        filled(message, state, CLAIM)

    assert [(f.path, f.code, f.facts) for f in refused.value.faults] == [("message", code, (("found", name),))]


def test_every_empty_place_is_told_once() -> None:
    with pytest.raises(InvalidRequest) as refused:
        filled("{nome}, {nome}: {dia}", a_state(), None)

    assert [(f.code, f.facts[0][1]) for f in refused.value.faults] == [
        ("place_empty", "nome"),
        ("place_unknown", "dia"),
    ]


def test_a_name_with_braces_is_text() -> None:
    assert filled("Oi, {nome}", a_state(name="{protocolo}"), None) == "Oi, {protocolo}"
