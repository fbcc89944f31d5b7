"""From draft to published and back: what is published, by whom, in which order, and what is refused."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from roteiro.domain.canonical import checksum_of
from roteiro.domain.ids import ScriptId
from roteiro.errors import Conflict, DuplicateScript, InvalidRequest, NotAllowed, NotFound, Stale
from roteiro.ports import Document
from roteiro.usecases import publishing
from roteiro.usecases.catalogue import locate
from roteiro.usecases.drafts import ANYTHING, approve, find_draft, save_draft
from roteiro.usecases.lifecycle import (
    check_draft,
    publish,
    publish_draft,
    publish_together,
    replace_script,
)
from roteiro.usecases.publishing import Admin
from roteiro.usecases.report import Conditions, Report
from roteiro.usecases.versions import get_version, list_versions
from tests.shop import BOLETO, BROKEN, FAILED, PACK, PASSED, TROCA, Documents, Shop, a_topic, a_wish, compiled, told

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


def goes_out(
    shop: Shop, expected: int, conditions: Conditions | None = None, by: Admin | None = None, **wish: Any
) -> int:
    place = locate(TROCA, shop.store)
    done = publish_draft(place, a_wish(expected, **wish), by or shop.ana, conditions or told())
    return done.versions[TROCA]


def versions(shop: Shop) -> list[int]:
    found, _ = list_versions(locate(TROCA, shop.store), shop.store, below=0, limit=100)
    return [int(stored["version"]) for stored in found]


def stored(shop: Shop, version: int) -> Document:
    return get_version(locate(TROCA, shop.store), version, shop.store)


def test_a_draft_is_published_as_the_next_version_with_its_note_and_is_no_draft_any_more(shop: Shop) -> None:
    shop.publishes("um")
    checksum = drafted(shop, "dois")

    done = publish_draft(locate(TROCA, shop.store), a_wish(1, note="mais curto"), shop.ana, told())

    assert (done.versions, done.revision, done.report) == ({TROCA: 2}, 2, PASSED)
    made = stored(shop, 2)
    assert (made["checksum"], made["author"], made["note"]) == (checksum, "ana", "mais curto")
    assert find_draft(TROCA, shop.store) is None


def test_a_draft_that_somebody_went_on_writing_during_its_publish_stays(shop: Shop) -> None:
    drafted(shop, "um")

    def slow_gate(pack: str, documents: Documents) -> Report:
        drafted(shop, "dois")
        return PASSED

    goes_out(shop, 0, Conditions(slow_gate))

    assert stored(shop, 1)["checksum"] == checksum_of(a_topic("um"))
    assert (find_draft(TROCA, shop.store) or {})["checksum"] == checksum_of(a_topic("dois"))


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_who_looked_at_another_version_publishes_nothing_and_hears_which_is_current(shop: Shop, expected: int) -> None:
    shop.publishes("um", "dois")
    drafted(shop)

    with pytest.raises(Stale) as refused:
        goes_out(shop, expected)

    assert refused.value.facts == {"current": 2}
    assert shop.published() == 2


def test_without_a_draft_there_is_nothing_to_publish_or_check(shop: Shop) -> None:
    shop.publishes("um")
    place = locate(TROCA, shop.store)

    for ask in (
        lambda: publish_draft(place, a_wish(1), shop.ana, told()),
        lambda: check_draft(place, shop.ana, told()),
    ):
        with pytest.raises(NotFound):
            ask()


def test_of_two_publishes_at_once_in_one_process_one_wins_and_the_other_is_stale(shop: Shop) -> None:
    shop.publishes("um")
    drafted(shop)
    meet = threading.Barrier(2)
    outcomes: list[object] = []

    def at_once(pack: str, documents: Documents) -> Report:
        meet.wait(5)
        return PASSED

    def run() -> None:
        try:
            outcomes.append(goes_out(shop, 1, Conditions(at_once)))
        except Stale as error:
            outcomes.append(error.facts["current"])

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == [2, 2]
    assert (shop.published(), versions(shop)) == (2, [2, 1])


def test_of_two_publishes_in_two_processes_the_loser_is_stale_and_its_version_is_no_version(
    shop: Shop, between: Callable[[Callable[[], None]], None]
) -> None:
    shop.publishes("um")
    drafted(shop, "da ana")
    between(lambda: shop.publishes("da bia", by=shop.bia))

    with pytest.raises(Stale) as refused:
        goes_out(shop, 1)

    assert refused.value.facts == {"current": 3}
    assert (stored(shop, 3)["author"], versions(shop)) == ("bia", [3, 1])
    with pytest.raises(NotFound):
        stored(shop, 2)
    assert shop.audit()[-2:] == [("bia", "script.published"), ("ana", "script.published.withdrawn")]


def test_a_version_number_never_goes_backwards_when_two_publish_without_looking(
    shop: Shop, between: Callable[[Callable[[], None]], None]
) -> None:
    shop.publishes("um")
    between(lambda: shop.publishes("da bia", by=shop.bia))

    shop.publishes("da ana")

    assert (shop.published(), versions(shop)) == (4, [4, 3, 1])
    assert stored(shop, 4)["author"] == "ana"


def test_a_publish_of_another_script_meanwhile_has_the_gate_look_again(shop: Shop) -> None:
    drafted(shop)
    looked: list[int] = []

    def gate(pack: str, documents: Documents) -> Report:
        looked.append(len(shop.pointer().get("scripts", ())))
        if len(looked) == 1:
            shop.publishes("boleto", script=BOLETO)
        return PASSED

    goes_out(shop, 0, Conditions(gate))

    assert looked == [0, 1]
    assert (shop.published(TROCA), shop.published(BOLETO)) == (1, 1)


def test_a_catalogue_that_never_stands_still_ends_the_publish(shop: Shop) -> None:
    drafted(shop)

    def gate(pack: str, documents: Documents) -> Report:
        shop.publishes("outro", script=BOLETO)
        return PASSED

    with pytest.raises(Stale):
        goes_out(shop, 0, Conditions(gate))

    assert shop.published(TROCA) == 0


def test_what_the_gate_refuses_stays_a_draft_and_the_report_says_why(shop: Shop) -> None:
    drafted(shop)

    with pytest.raises(Conflict) as refused:
        goes_out(shop, 0, told(FAILED))

    assert (refused.value.code, refused.value.facts["report"]) == ("gate_failed", FAILED.as_json())
    assert find_draft(TROCA, shop.store)
    assert shop.pointer() == {}


def test_an_admin_forces_a_publish_with_a_reason_that_history_keeps(shop: Shop) -> None:
    drafted(shop)

    version = goes_out(shop, 0, told(FAILED), by=shop.boss, force=True, reason=REASON)

    assert stored(shop, version)["forced"] == REASON
    assert shop.audit()[-1] == ("chefe", "script.forced")
    assert shop.store.scan("audit:")[-1]["reason"] == REASON


def test_a_publish_that_need_not_be_forced_is_not(shop: Shop) -> None:
    drafted(shop)

    version = goes_out(shop, 0, by=shop.boss, force=True, reason=REASON)

    assert "forced" not in stored(shop, version)
    assert shop.audit()[-1] == ("chefe", "script.published")


@pytest.mark.parametrize("reason", ["", "porque sim", "   porque   \n "], ids=["none", "ten", "blanks"])
def test_a_forced_publish_needs_a_reason_of_ten_characters(shop: Shop, reason: str) -> None:
    drafted(shop)
    needed = len(reason.strip()) < 10

    if needed:
        with pytest.raises(InvalidRequest) as refused:
            goes_out(shop, 0, told(FAILED), by=shop.boss, force=True, reason=reason)
        assert [(fault.path, fault.code) for fault in refused.value.faults] == [("reason", "too_short")]
    else:
        assert goes_out(shop, 0, told(FAILED), by=shop.boss, force=True, reason=reason) == 1


def test_an_editor_cannot_force(shop: Shop) -> None:
    drafted(shop)

    with pytest.raises(NotAllowed) as refused:
        goes_out(shop, 0, told(FAILED), force=True, reason=REASON)

    assert refused.value.code == "forbidden"


def test_a_broken_document_is_never_forced(shop: Shop) -> None:
    drafted(shop)

    with pytest.raises(Conflict) as refused:
        goes_out(shop, 0, told(BROKEN), by=shop.boss, force=True, reason=REASON)

    assert refused.value.code == "gate_failed"


def test_a_check_says_what_the_gate_says_and_changes_nothing(shop: Shop) -> None:
    drafted(shop, "um")
    before = shop.store.scan("")

    report = check_draft(locate(TROCA, shop.store), shop.ana, told(FAILED))

    assert (report, shop.store.scan("")) == (FAILED, before)


@pytest.mark.parametrize(
    "prepare",
    [
        lambda shop: None,
        lambda shop: (approve(TROCA, shop.bia), drafted(shop, "editado depois")),
        lambda shop: (drafted(shop, "da bia", by=shop.bia), approve(TROCA, shop.ana), drafted(shop, "de novo")),
    ],
    ids=["never approved", "edited after", "edited by the approver"],
)
def test_with_four_eyes_nothing_is_published_that_nobody_else_approved(
    shop: Shop, prepare: Callable[[Shop], Any]
) -> None:
    drafted(shop)
    prepare(shop)

    with pytest.raises(Conflict) as refused:
        goes_out(shop, 0, told(needs_approval=True))

    assert refused.value.code == "approval_required"
    assert shop.pointer() == {}


def test_with_four_eyes_an_approved_draft_is_published_by_its_author(shop: Shop) -> None:
    drafted(shop)
    approve(TROCA, shop.bia)

    assert goes_out(shop, 0, told(needs_approval=True)) == 1


def test_with_four_eyes_a_direct_publish_becomes_a_draft_to_approve_and_then_goes_through(shop: Shop) -> None:
    conditions = told(needs_approval=True)
    with pytest.raises(Conflict):
        publish([a_topic("um")], PACK, shop.ana, conditions)
    approve(TROCA, shop.bia)

    published = publish([a_topic("um")], PACK, shop.ana, conditions)

    assert (published, find_draft(TROCA, shop.store)) == ({TROCA: 1}, None)


def test_with_four_eyes_an_approval_is_of_one_content_and_no_other(shop: Shop) -> None:
    drafted(shop, "um")
    approve(TROCA, shop.bia)

    with pytest.raises(Conflict) as refused:
        publish([a_topic("outro")], PACK, shop.ana, told(needs_approval=True))

    assert (refused.value.code, shop.pointer()) == ("approval_required", {})


def test_a_refused_direct_publish_never_replaces_another_persons_draft(shop: Shop) -> None:
    drafted(shop, "da bia", by=shop.bia)

    with pytest.raises(Conflict):
        publish([a_topic("da ana"), a_topic("boleto", BOLETO)], PACK, shop.ana, told(FAILED))

    drafts = [find_draft(script, shop.store) or {} for script in (TROCA, BOLETO)]
    assert [draft["author"] for draft in drafts] == ["bia", "ana"]


def test_new_and_changed_scripts_are_published_together_in_one_revision(shop: Shop) -> None:
    shop.publishes("um")

    done = publish_together({TROCA: a_topic("dois"), BOLETO: a_topic("b", BOLETO)}, PACK, shop.ana, told())

    assert (done.versions, done.revision) == ({TROCA: 2, BOLETO: 1}, 2)


def test_an_id_of_another_pack_is_taken(shop: Shop) -> None:
    shop.publishes("um")

    for ask in (
        lambda: publish([a_topic("x")], "banco", shop.ana, told()),
        lambda: publish_together({TROCA: a_topic("x")}, "banco", shop.ana, told()),
    ):
        with pytest.raises(DuplicateScript):
            ask()


def test_a_replacement_of_another_version_than_the_one_seen_is_refused(shop: Shop) -> None:
    shop.publishes("um", "dois")
    place, seen = locate(TROCA, shop.store), checksum_of(a_topic("um"))

    with pytest.raises(InvalidRequest) as refused:
        replace_script(place, a_topic("três"), shop.ana, told(), seen=seen)
    version = replace_script(place, a_topic("três"), shop.ana, told(), seen=checksum_of(a_topic("dois")))

    assert (refused.value.code, version) == ("precondition_failed", 3)
