"""What was published and is undone or gone: rollback, restore, purge, versions, and a folder beside people."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.canonical import checksum_of
from roteiro.domain.conversation import Later, Status
from roteiro.domain.ids import ConversationId, ScriptId
from roteiro.domain.pack import Pack
from roteiro.errors import Conflict, DuplicateScript, NotFound, Stale
from roteiro.ports import Document
from roteiro.usecases import lifecycle, publishing
from roteiro.usecases.audit import verify_chain
from roteiro.usecases.catalogue import LOADER, archive, load_pack, locate
from roteiro.usecases.drafts import ANYTHING, find_draft, save_draft
from roteiro.usecases.lifecycle import (
    purge,
    restore,
    rollback,
)
from roteiro.usecases.publishing import Admin, Plan, change
from roteiro.usecases.versions import get_version, list_versions
from tests.factories import a_state, an_event
from tests.shop import BOLETO, FAILED, PACK, TROCA, Shop, a_topic, compiled, told

REASON = "campanha de fim de ano"


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(publishing, "compile_index", compiled)
    return Shop()


@pytest.fixture
def between(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Let a rival of another process act once, just before the pointer moves."""

    def interrupt(rival: Callable[[], None]) -> None:
        waiting, move = [rival], shop.store.replace_if_version

        def slowly(key: str, document: Document, version: int) -> bool:
            if waiting and key.startswith("catalogue:"):
                waiting.pop()()
            return move(key, document, version)

        monkeypatch.setattr(publishing, "_PUBLISHING", nullcontext())
        monkeypatch.setattr(shop.store, "replace_if_version", slowly)

    return interrupt


def drafted(shop: Shop, message: str = "novo", script: ScriptId = TROCA, by: Admin | None = None) -> str:
    return str(save_draft(a_topic(message, script), PACK, by or shop.ana, seen=ANYTHING)["checksum"])


def versions(shop: Shop) -> list[int]:
    found, _ = list_versions(locate(TROCA, shop.store), shop.store, below=0, limit=100)
    return [int(stored["version"]) for stored in found]


def stored(shop: Shop, version: int) -> Document:
    return get_version(locate(TROCA, shop.store), version, shop.store)


def test_a_rollback_publishes_the_old_content_to_the_letter_as_a_new_version(shop: Shop) -> None:
    shop.publishes("um", "dois")

    changed = rollback(locate(TROCA, shop.store), 1, "o novo confundia", shop.bia)

    assert (changed.versions, changed.revision) == ({TROCA: 3}, 3)
    assert stored(shop, 3)["script"] == stored(shop, 1)["script"]
    assert stored(shop, 3)["checksum"] == stored(shop, 1)["checksum"]
    assert (stored(shop, 3)["rollback_of"], stored(shop, 3)["note"]) == (1, "o novo confundia")
    assert shop.audit()[-1] == ("bia", "script.rolled_back")


def test_a_rollback_compiles_nothing_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publishes("um", "dois")

    monkeypatch.setattr(publishing, "compile_index", lambda *_: pytest.fail("this catalogue was compiled before"))
    rollback(locate(TROCA, shop.store), 1, "", shop.ana)

    assert shop.published() == 3


def test_of_two_rollbacks_at_once_one_wins(shop: Shop) -> None:
    shop.publishes("um", "dois", "três")
    place = locate(TROCA, shop.store)
    rollback(place, 1, "", shop.ana)

    with pytest.raises(Stale) as refused:
        rollback(place, 2, "", shop.bia)

    assert (refused.value.facts, shop.published()) == ({"current": 4}, 4)


@pytest.mark.parametrize("version", [0, 3, 999_999])
def test_a_version_that_never_was_cannot_be_rolled_back_to(shop: Shop, version: int) -> None:
    shop.publishes("um", "dois")

    with pytest.raises(NotFound):
        rollback(locate(TROCA, shop.store), version, "", shop.ana)


def test_an_archived_script_is_restored_through_the_gate(shop: Shop) -> None:
    shop.publishes("um", "dois")
    archive([TROCA], PACK, shop.ana)
    place = locate(TROCA, shop.store)

    with pytest.raises(Conflict):
        restore(place, shop.ana, told(FAILED))
    done = restore(place, shop.ana, told(needs_approval=True))

    assert (done.versions, stored(shop, 3)["checksum"]) == ({TROCA: 3}, stored(shop, 2)["checksum"])
    assert shop.audit()[-1] == ("ana", "script.restored")


def test_only_what_is_archived_is_restored_and_only_what_is_published_rolled_back(shop: Shop) -> None:
    shop.publishes("um")
    published = locate(TROCA, shop.store)
    archive([TROCA], PACK, shop.ana)
    archived = locate(TROCA, shop.store)

    for ask in (lambda: restore(published, shop.ana, told()), lambda: rollback(archived, 1, "", shop.ana)):
        with pytest.raises(NotFound):
            ask()


def test_of_two_restores_at_once_one_wins(shop: Shop) -> None:
    shop.publishes("um")
    archive([TROCA], PACK, shop.ana)
    place = locate(TROCA, shop.store)
    restore(place, shop.ana, told())

    with pytest.raises(DuplicateScript):
        restore(place, shop.bia, told())


def test_a_purged_script_leaves_nothing_but_its_number(shop: Shop) -> None:
    shop.publishes("um", "dois")
    shop.publishes("boleto", script=BOLETO)
    drafted(shop)

    purge(locate(TROCA, shop.store), shop.boss, shop.store)

    assert shop.store.scan("version:101:") == []
    assert (find_draft(TROCA, shop.store), shop.pointer()["purged"]) == (None, {"101": 2})
    assert shop.published(BOLETO) == 1
    assert [action for _, action in shop.audit()[-2:]] == ["script.archived", "script.purged"]


def test_a_purged_id_comes_back_with_a_number_that_no_instance_remembers(shop: Shop) -> None:
    shop.publishes("um", "dois")
    purge(locate(TROCA, shop.store), shop.boss, shop.store)

    shop.publishes("outro")

    assert (shop.published(), versions(shop), shop.pointer()["purged"]) == (3, [3], {})


def test_a_purge_can_be_repeated_and_has_no_versions_to_show(shop: Shop) -> None:
    shop.publishes("um")
    purge(locate(TROCA, shop.store), shop.boss, shop.store)

    purge(locate(TROCA, shop.store), shop.boss, shop.store)

    assert (locate(TROCA, shop.store).status, versions(shop)) == ("purged", [])


def at_script(shop: Shop, **changes: Any) -> None:
    """Store a conversation of two events that walks the script in the second one."""
    later = shop.clock.time + timedelta(hours=24)
    conversation = ConversationId("conversa-1")
    shop.store.append(an_event(0, conversation=conversation))
    state = a_state(**{"script": TROCA, "version": 1, "expires_at": later, **changes})
    shop.store.append(an_event(1, state=state, conversation=conversation))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": Status.ENDED},
        {"status": Status.HUMAN, "expires_at": None},
        {"script": BOLETO, "later": (Later(TROCA, 1, 2),)},
    ],
    ids=["walking", "at its last step", "with a person", "left to come back to"],
)
def test_a_script_is_not_purged_while_a_living_conversation_is_at_it(shop: Shop, changes: dict[str, Any]) -> None:
    shop.publishes("um")
    at_script(shop, **changes)
    before = shop.pointer()

    with pytest.raises(Conflict) as refused:
        purge(locate(TROCA, shop.store), shop.boss, shop.store)

    assert (refused.value.code, shop.pointer()) == ("script_in_use", before)


def test_a_conversation_that_begins_during_a_purge_keeps_its_version(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.publishes("um")

    def slowly(*given: Any) -> None:
        at_script(shop)
        archive(*given)

    monkeypatch.setattr(lifecycle, "archive", slowly)

    with pytest.raises(Conflict):
        purge(locate(TROCA, shop.store), shop.boss, shop.store)

    assert versions(shop) == [1]


@pytest.mark.parametrize(
    "changes",
    [{"script": BOLETO}, {"script": None}, {"status": Status.CLOSED}, {"expires_at": "now"}],
    ids=["another script", "none", "closed", "expired"],
)
def test_a_conversation_that_is_over_or_elsewhere_keeps_nothing(shop: Shop, changes: dict[str, Any]) -> None:
    shop.publishes("um")
    at_script(shop, **changes | ({"expires_at": shop.clock.time} if "expires_at" in changes else {}))

    purge(locate(TROCA, shop.store), shop.boss, shop.store)

    assert locate(TROCA, shop.store).status == "purged"


def test_a_change_whose_audit_entry_cannot_be_written_is_not_made(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publishes("um")
    create = shop.store.create
    monkeypatch.setattr(shop.store, "create", lambda key, d: not key.startswith("audit:") and create(key, d))

    for ask in (
        lambda: shop.publishes("dois"),
        lambda: archive([TROCA], PACK, shop.ana),
        lambda: drafted(shop, "rascunho"),
    ):
        with pytest.raises(Stale):
            ask()

    assert (shop.published(), find_draft(TROCA, shop.store)) == (1, None)


def test_every_change_of_the_catalogue_has_its_entry_and_the_chain_is_whole(shop: Shop) -> None:
    shop.publishes("um", "dois")
    rollback(locate(TROCA, shop.store), 1, "", shop.bia)
    archive([TROCA], PACK, shop.bia)

    entries = shop.store.scan("audit:")

    one, two = (checksum_of(a_topic(message)) for message in ("um", "dois"))
    assert [(entry.get("version"), entry.get("before"), entry.get("after")) for entry in entries] == [
        (1, None, one), (2, one, two), (3, two, one), (None, one, None),
    ]  # fmt: skip
    assert {entry["request_id"] for entry in entries} == {"pedido-0001"}
    assert verify_chain(PACK, shop.store) == []


def test_a_folder_never_undoes_what_a_person_publishes_while_it_is_read(
    shop: Shop, between: Callable[[Callable[[], None]], None]
) -> None:
    loader = replace(shop.ana, author=LOADER)
    pack = Pack(PACK, "Loja", {})
    load_pack(pack, {"troca.yaml": a_topic("um")}, loader)
    between(lambda: shop.publishes("da bia", by=shop.bia))

    loaded = load_pack(pack, {"troca.yaml": a_topic("da pasta")}, loader)

    assert (loaded.changed, loaded.left_alone) == ([], [TROCA])
    assert stored(shop, shop.published())["author"] == "bia"


def test_a_folder_that_changes_nothing_leaves_the_catalogue_and_the_audit_as_they_are(shop: Shop) -> None:
    loader = replace(shop.ana, author=LOADER)
    pack = Pack(PACK, "Loja", {"pt-BR": {"greeting": "Oi"}})
    load_pack(pack, {"troca.yaml": a_topic("um")}, loader)
    before = shop.store.scan("")

    load_pack(pack, {"troca.yaml": a_topic("um")}, loader)

    assert shop.store.scan("") == before
    assert shop.audit() == [(LOADER, "script.published"), (LOADER, "pack.loaded")]


def test_versions_are_listed_newest_first_page_by_page(shop: Shop) -> None:
    shop.publishes(*"abcdefg")
    place, found = locate(TROCA, shop.store), []
    below: int | None = 0

    while below is not None:
        page, below = list_versions(place, shop.store, below=below, limit=3)
        found.append([stored["version"] for stored in page])

    assert found == [[7, 6, 5], [4, 3, 2], [1]]


def test_a_leftover_of_a_publish_that_died_is_no_version(shop: Shop) -> None:
    shop.publishes("um")
    shop.store.create("version:101:000002", {"version": 2, "id": TROCA, "script": a_topic("morto")})

    before = versions(shop)
    shop.publishes("três")

    assert (before, versions(shop)) == ([1], [3, 1])


def test_the_check_of_a_change_sees_what_is_published_now(shop: Shop) -> None:
    shop.publishes("um")
    seen: list[Any] = []

    change(PACK, shop.ana, Plan({TROCA: a_topic("dois")}, check=seen.append))

    assert [scripts["101"]["version"] for scripts in seen] == [1]
