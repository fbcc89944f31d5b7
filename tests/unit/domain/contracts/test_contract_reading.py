"""Lines of the monthly files as records."""

import pytest

from roteiro.domain.contracts.cells import UnreadableCell, cents_of, day_of, thousandths_of
from roteiro.domain.contracts.columns import Kind, kind_of, missing_columns, places
from roteiro.domain.contracts.reading import kind_named, record_of
from roteiro.domain.contracts.records import Item, Note, Noted, Purchase, Source, is_demo, spoken_number
from roteiro.domain.texts import LOCALES, texts_of
from roteiro.errors import Fault

PURCHASE = {
    "number": "500012024",
    "unit": "250005",
    "organ": "36000",
    "supplier": "99000000000100",
    "supplier_name": "Padaria  Boa\tHora",
    "object": "Pães",
    "signed": "15/03/2024",
    "initial": "1.000,00",
    "final": "1250,5",
}
ITEM = {"number": "1", "unit": "9", "item": "00001", "description": "Café, 500 g", "quantity": "2,5", "price": "10,00"}


@pytest.mark.parametrize(
    ("cell", "cents"),
    [("0,00", 0), ("1234567,89", 123456789), ("1.234.567,89", 123456789), ("-5,005", -501), ("R$ 7", 700)],
)
def test_amounts_are_read_with_a_decimal_comma(cell: str, cents: int) -> None:
    assert cents_of(cell) == cents


@pytest.mark.parametrize(
    "cell", ["", "abc", "1.5", "1,2,3", "12.34,5", "1e9", "NaN", "١٢", "9" * 20, "9" * 5000, "0x10", "--1"]
)
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableCell, match="contract_money"):
        cents_of(cell)


@pytest.mark.parametrize("cell", ["", "31/02/2024", "2024-01-31", "1/1/2024", "01/01/0001", "01/01/9999", "00/00/2024"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableCell, match="contract_day"):
        day_of(cell)


def test_quantities_keep_three_places() -> None:
    assert [thousandths_of(cell) for cell in ("1", "0,0005", "1.000")] == [1000, 1, 1_000_000]


def test_a_line_of_compras_is_a_contract_in_cents() -> None:
    found = record_of(Kind.PURCHASES, PURCHASE, "202403")

    assert isinstance(found, Purchase)
    assert (found.id, found.organ, found.signed) == ("250005-500012024", "36000", "2024-03-15")
    assert (found.initial, found.final, found.supplier_name) == (100_000, 125_050, "Padaria Boa Hora")


def test_a_line_of_itemcompra_is_an_item_named_so_that_it_can_be_compared() -> None:
    found = record_of(Kind.ITEMS, ITEM, "202403", "demo-")

    assert found == Item("demo-9-1-00001", "demo-9-1", "cafe 500 g", 2500, 1000, "202403", "Café, 500 g")


def test_nobodys_cpf_is_kept_in_full_from_what_a_line_says() -> None:
    named = {"supplier_name": "JOSE DA SILVA 52998224725", "object": "Aulas de 529.982.247-25"}
    contract = record_of(Kind.PURCHASES, {**PURCHASE, **named}, "202403")
    masked = record_of(Kind.PURCHASES, {**PURCHASE, **named, "supplier": "***.982.247-**"}, "202403")
    item = record_of(Kind.ITEMS, {**ITEM, "description": "Aula, CPF 52998224725"}, "202403")
    note = record_of(Kind.AMENDMENTS, {**ITEM, "note": "1", "text": "A pedido de 52998224725"}, "202403")

    assert isinstance(contract, Purchase)
    assert isinstance(masked, Purchase)
    assert isinstance(item, Item)
    assert isinstance(note, Note)
    assert [contract.supplier_name, contract.object] == ["JOSE DA SILVA ***.982.247-**", "Aulas de ***.982.247-**"]
    assert masked.supplier == "***.982.247-** JOSE DA SILVA ***.982.247-**"
    assert [item.name, item.kind, note.text] == [
        "Aula, CPF ***.982.247-**",
        "aula cpf 982 247",
        "A pedido de ***.982.247-**",
    ]


def test_an_item_without_a_code_is_known_by_its_words() -> None:
    without = {name: cell for name, cell in ITEM.items() if name != "item"}

    one, same, other = (
        record_of(Kind.ITEMS, {**without, **change}, "") for change in ({}, {"price": "11,00"}, {"description": "Chá"})
    )

    assert isinstance(one, Item)
    assert isinstance(same, Item)
    assert isinstance(other, Item)
    assert one.id == same.id != other.id


@pytest.mark.parametrize(
    ("kind", "cells", "what", "cents"),
    [
        (Kind.AMENDMENTS, {"note": "1", "text": "Prorrogação"}, Noted.AMENDMENT, 0),
        (Kind.ADJUSTMENTS, {"note": "1", "text": "Reajuste", "value": "10,00"}, Noted.ADJUSTMENT, 1000),
    ],
)
def test_what_was_noted_later_hangs_on_its_contract(kind: Kind, cells: dict[str, str], what: Noted, cents: int) -> None:
    found = record_of(kind, {"number": "1", "unit": "9", **cells}, "")

    assert found == Note(f"9-1-{what}-1", "9-1", what, cells["text"], cents, "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"number": ""}, Fault("Número do Contrato", "missing")),
        ({"organ": " "}, Fault("Código Órgão Superior", "missing")),
        ({"signed": "", "published": ""}, Fault("Data Assinatura Contrato", "missing")),
        ({"signed": "ontem"}, Fault("Data Assinatura Contrato", "contract_day", (("found", "ontem"),))),
        ({"initial": "dez"}, Fault("Valor Inicial Compra", "contract_money", (("found", "dez"),))),
        ({"final": "x" * 900}, Fault("Valor Final Compra", "contract_money", (("found", "x" * 40),))),
    ],
)
def test_a_bad_line_is_told_by_its_column_and_reason(change: dict[str, str], fault: Fault) -> None:
    assert record_of(Kind.PURCHASES, {**PURCHASE, **change}, "") == fault


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_has_a_sentence(locale: str) -> None:
    codes = {"missing", "contract_money", "contract_quantity", "contract_day", "contract_cells", "contract_line"}

    assert {f"fault.{code}" for code in codes} <= set(texts_of(locale))


def test_a_contract_without_a_signature_is_of_the_day_it_was_published() -> None:
    found = record_of(Kind.PURCHASES, {**PURCHASE, "signed": "", "published": "20/03/2024"}, "")

    assert isinstance(found, Purchase)
    assert found.signed == "2024-03-20"


@pytest.mark.parametrize(
    ("code", "supplier"),
    [
        ("99000000000100", "99000000000100"),
        ("99.000.000/0001-00", "99000000000100"),
        ("-1", ""),
        ("", ""),
        ("***.123.456-**", "***.123.456-** Ana"),
    ],
)
def test_a_secret_supplier_is_nobody_and_a_masked_one_has_a_name(code: str, supplier: str) -> None:
    found = record_of(Kind.PURCHASES, {**PURCHASE, "supplier": code, "supplier_name": "Ana"}, "")

    assert isinstance(found, Purchase)
    assert found.supplier == supplier


@pytest.mark.parametrize("name", ["Café, 500 g", "CAFE 500 G", " café - 500\u00a0g "])
def test_one_thing_written_in_many_ways_is_one_kind(name: str) -> None:
    assert kind_named(name) == "cafe 500 g"


def test_columns_are_found_in_any_order_and_spelling() -> None:
    header = ["VALOR ITEM", "quantidade item", "Extra", "Descricao Item Compra", "Codigo UG", "Número do Contrato"]

    found = places(Kind.ITEMS, header)

    assert found == {"price": 0, "quantity": 1, "description": 3, "unit": 4, "number": 5}
    assert missing_columns(Kind.ITEMS, found) == []


def test_a_needed_column_that_is_missing_is_named() -> None:
    assert missing_columns(Kind.ITEMS, places(Kind.ITEMS, ["Código UG"])) == [
        "Número Contrato",
        "Descrição Item Compra",
        "Quantidade Item",
        "Valor Item",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("202401_Compras.csv", Kind.PURCHASES),
        ("amostra-sintetica_ItemCompra.csv", Kind.ITEMS),
        ("202401_TermoAditivo.CSV", Kind.AMENDMENTS),
        ("202401_Apostilamento.csv", Kind.ADJUSTMENTS),
        ("202401_Licitação.csv", None),
        ("Compras.txt", None),
        ("", None),
    ],
)
def test_a_file_is_known_by_the_end_of_its_name(name: str, kind: Kind | None) -> None:
    assert kind_of(name) is kind


def test_only_the_sample_alone_is_a_demonstration() -> None:
    sample, real = Source("a", "", 1, is_demo=True), Source("b", "", 1)

    assert [is_demo(known) for known in ([], [sample], [sample, real], [real])] == [False, True, False, False]


def test_a_contract_is_spoken_of_by_its_number() -> None:
    assert [spoken_number(one) for one in ("250005-1", "demo-999-2")] == ["1", "2"]
