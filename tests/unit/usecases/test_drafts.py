"""Drafts: one per script, written over what was seen and nothing else, approved by somebody else."""

from dataclasses import replace
from unittest.mock import Mock

import pytest

from roteiro.domain.canonical import checksum_of
from roteiro.domain.ids import public_key
from roteiro.errors import Conflict, InvalidRequest, NotFound, Stale
from roteiro.ports import Document
from roteiro.usecases import publishing
from roteiro.usecases.catalogue import archive, list_scripts, locate
from roteiro.usecases.drafts import (
    ANYTHING,
    NOTHING,
    approve,
    drop_draft,
    find_draft,
    get_draft,
    retire_draft,
    save_draft,
)
from tests.shop import BOLETO, PACK, TROCA, Shop, a_topic, compiled


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(publishing, "compile_index", compiled)
    return Shop()


def said(shop: Shop) -> str:
    """Return what the draft's one step says."""
    return str(get_draft(TROCA, shop.store)["script"]["script"][0]["message"])


def test_a_first_draft_needs_no_published_script(shop: Shop) -> None:
    saved = save_draft(a_topic("Oi"), PACK, shop.ana, seen=NOTHING)

    assert get_draft(TROCA, shop.store) == {**saved, "_id": "draft:101"}
    assert (saved["pack"], saved["author"], saved["base"]) == (PACK, "ana", 0)
    assert saved["saved_at"] == "2026-11-20T18:00:00Z"
    assert saved["checksum"] == checksum_of(a_topic("Oi"))
    assert locate(TROCA, shop.store).status == "draft"


def test_a_draft_of_a_published_script_stays_in_its_pack_and_knows_its_version(shop: Shop) -> None:
    shop.publishes("um", "dois")

    saved = save_draft(a_topic("três"), "another-pack", shop.ana, seen=ANYTHING)

    assert (saved["pack"], saved["base"]) == (PACK, 2)
    assert shop.published() == 2


def test_who_saw_the_draft_writes_over_it(shop: Shop) -> None:
    first = save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)

    save_draft(a_topic("dois"), PACK, shop.bia, seen=first["checksum"])

    assert said(shop) == "dois"


def test_who_saw_the_published_version_may_begin_a_draft_from_it(shop: Shop) -> None:
    shop.publishes("um")

    save_draft(a_topic("dois"), PACK, shop.ana, seen=checksum_of(a_topic("um")))

    assert said(shop) == "dois"


@pytest.mark.parametrize("seen", [NOTHING, checksum_of(a_topic("antes")), checksum_of(a_topic("publicado")), "0" * 64])
def test_who_saw_something_else_writes_nothing(shop: Shop, seen: str) -> None:
    shop.publishes("publicado")
    save_draft(a_topic("antes"), PACK, shop.ana, seen=ANYTHING)
    save_draft(a_topic("agora"), PACK, shop.ana, seen=ANYTHING)

    with pytest.raises(InvalidRequest) as refused:
        save_draft(a_topic("perdido"), PACK, shop.ana, seen=seen)

    assert refused.value.code == "precondition_failed"
    assert said(shop) == "agora"


def test_who_says_nothing_writes_over_their_own_draft_alone(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana)
    save_draft(a_topic("dois"), PACK, shop.ana)

    with pytest.raises(Stale) as refused:
        save_draft(a_topic("três"), PACK, shop.bia)

    assert refused.value.facts == {"current": checksum_of(a_topic("dois"))}
    assert said(shop) == "dois"


def test_a_document_with_faults_is_never_a_draft(shop: Shop) -> None:
    with pytest.raises(InvalidRequest) as refused:
        save_draft(a_topic("um") | {"steps": 9}, PACK, shop.ana, seen=ANYTHING)

    assert [fault.path for fault in refused.value.faults] == ["steps"]
    assert find_draft(TROCA, shop.store) is None


def test_of_two_who_saw_the_same_one_writes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    first = save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    replace_draft, rivals = shop.store.replace_if_version, [shop.bia]

    def slowly(key: str, document: Document, version: int) -> bool:
        if rivals:
            save_draft(a_topic("da bia"), PACK, rivals.pop(), seen=first["checksum"])
        return replace_draft(key, document, version)

    monkeypatch.setattr(shop.store, "replace_if_version", slowly)
    with pytest.raises(InvalidRequest) as refused:
        save_draft(a_topic("da ana"), PACK, shop.ana, seen=first["checksum"])

    assert (refused.value.code, said(shop)) == ("precondition_failed", "da bia")


def test_a_deleted_draft_is_gone_and_its_number_goes_on(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)

    drop_draft(TROCA, shop.ana)
    again = save_draft(a_topic("dois"), PACK, shop.ana, seen=NOTHING)

    assert (again["version"], said(shop)) == (3, "dois")


def test_a_draft_that_is_not_there_cannot_be_read_deleted_or_approved(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    drop_draft(TROCA, shop.ana)

    for ask in (
        lambda: get_draft(TROCA, shop.store),
        lambda: drop_draft(TROCA, shop.ana),
        lambda: approve(TROCA, shop.bia),
        lambda: locate(TROCA, shop.store),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_draft_that_changed_is_not_deleted_by_who_saw_the_one_before(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)

    with pytest.raises(InvalidRequest):
        drop_draft(TROCA, shop.ana, seen="0" * 64)

    assert said(shop) == "um"


def test_a_published_draft_is_retired_unless_somebody_went_on_writing(shop: Shop) -> None:
    first = save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    save_draft(a_topic("dois"), PACK, shop.ana, seen=first["checksum"])

    retire_draft(TROCA, first["checksum"], shop.ana)
    kept = said(shop)
    retire_draft(TROCA, checksum_of(a_topic("dois")), shop.ana)

    assert (kept, find_draft(TROCA, shop.store)) == ("dois", None)


def test_another_person_approves_exactly_this_draft(shop: Shop) -> None:
    draft = save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)

    approved = approve(TROCA, shop.bia, seen=draft["checksum"])

    assert (approved["approved_by"], approved["checksum"]) == ("bia", draft["checksum"])
    assert get_draft(TROCA, shop.store)["approver"] == "bia"


@pytest.mark.parametrize("author", ["ana", "chave-da-ana"])
def test_nobody_approves_their_own_draft_not_even_with_another_key(shop: Shop, author: str) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    same_person = replace(shop.ana, author=author, counts_as="ana")

    with pytest.raises(Conflict) as refused:
        approve(TROCA, same_person)

    assert refused.value.code == "approval_required"
    assert "approver" not in get_draft(TROCA, shop.store)


def test_any_later_edit_voids_the_approval(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    approve(TROCA, shop.bia)

    save_draft(a_topic("um"), PACK, shop.ana, seen=ANYTHING)

    assert "approver" not in get_draft(TROCA, shop.store)


def test_a_draft_that_was_edited_meanwhile_is_not_approved_unseen(shop: Shop) -> None:
    seen = save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    save_draft(a_topic("dois"), PACK, shop.ana)

    with pytest.raises(Stale) as refused:
        approve(TROCA, shop.bia, seen=seen["checksum"])

    assert refused.value.facts == {"current": checksum_of(a_topic("dois"))}


def test_everything_done_to_a_draft_is_in_the_audit_with_checksums(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    approve(TROCA, shop.bia)
    drop_draft(TROCA, shop.bia)

    assert shop.audit() == [("ana", "draft.saved"), ("bia", "draft.approved"), ("bia", "draft.deleted")]
    checksum, entries = checksum_of(a_topic("um")), shop.store.scan("audit:")
    assert [(one.get("before"), one.get("after")) for one in entries] == [
        (None, checksum), (None, checksum), (checksum, None),
    ]  # fmt: skip


def test_a_draft_that_lost_to_a_rival_is_taken_back_in_the_audit(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    monkeypatch.setattr(shop.store, "replace_if_version", lambda *_: False)

    with pytest.raises(Stale):
        drop_draft(TROCA, shop.ana)

    assert shop.audit()[1:] == [("ana", "draft.deleted"), ("ana", "draft.deleted.withdrawn")]


def test_drafts_are_listed_beside_published_and_archived_scripts(shop: Shop) -> None:
    shop.publishes("um")
    shop.publishes("boleto", script=BOLETO)
    archive([BOLETO], PACK, shop.ana)
    save_draft(a_topic("dois"), PACK, shop.ana, seen=ANYTHING)

    found = {
        status: list_scripts(shop.store, shop.ana.kept, status=status) for status in ("published", "archived", "draft")
    }

    assert {status: [one.id for one in listed] for status, listed in found.items()} == {
        "published": [TROCA], "archived": [BOLETO], "draft": [TROCA],
    }  # fmt: skip


def test_a_draft_is_found_by_its_number_without_reading_the_others(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = Mock(wraps=shop.store.scan)
    monkeypatch.setattr(shop.store, "scan", scan)

    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)
    place = locate(TROCA, shop.store)

    assert (place.pack, place.status) == (PACK, "draft")
    assert "draft:" not in [call.args[0] for call in scan.call_args_list]


def test_a_draft_is_found_by_its_hex_characters_until_it_is_gone(shop: Shop) -> None:
    save_draft(a_topic("um"), PACK, shop.ana, seen=NOTHING)

    found = locate(public_key(TROCA), shop.store)
    drop_draft(TROCA, shop.ana)

    assert (found.id, found.status) == (TROCA, "draft")
    with pytest.raises(NotFound):
        locate(public_key(TROCA), shop.store)
