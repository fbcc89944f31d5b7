"""Items that were stored before their names were kept are read all the same."""

from roteiro.stores.records import item_from, record_to
from tests.ledgers import an_item


def test_an_item_stored_before_names_were_kept_has_none() -> None:
    document = record_to(an_item(name="Café em pó"))
    del document["name"]

    assert item_from(document) == an_item()


def test_an_item_comes_back_with_its_name() -> None:
    assert item_from(record_to(an_item(name="Café em pó"))).name == "Café em pó"
