"""Import: every row is judged by what is there, good rows become drafts or one publish, and nothing happens twice."""

from typing import Any

import pytest

from roteiro.domain.authoring.rows import MOST_SCRIPTS, Row
from roteiro.errors import Fault, InvalidRequest, NotFound
from roteiro.files.formats import read_rows, write_rows
from roteiro.usecases import publishing
from roteiro.usecases.drafts import find_draft, save_draft
from roteiro.usecases.exporting import published_scripts
from roteiro.usecases.importing import Judged, counted, judge, save_drafts, to_publish
from roteiro.usecases.lifecycle import publish_together
from tests.shop import BOLETO, PACK, TROCA, Shop, a_topic, compiled, told

BROKEN = a_topic("Oi", 103) | {"steps": 7}


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(publishing, "compile_index", compiled)
    one = Shop()
    one.publishes("Qual produto?")
    return one


def judged(shop: Shop, *documents: Any, drafts: bool = True) -> list[Judged]:
    rows = [Row(number, number, document) for number, document in enumerate(documents, 1)]
    return judge(rows, PACK, shop.ana, drafts=drafts)


def outcomes(found: list[Judged]) -> list[str]:
    return [one.outcome for one in found]


def codes(one: Judged) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in one.errors]


def test_a_row_is_new_changed_the_same_or_wrong(shop: Shop) -> None:
    found = judged(shop, a_topic("Oi", BOLETO), a_topic("Outra"), BROKEN)

    assert outcomes(found) == ["created", "changed", "failed"]
    assert outcomes(judged(shop, a_topic("Qual produto?"))) == ["unchanged"]
    assert counted(found) == {"created": 1, "changed": 1, "unchanged": 0, "failed": 1}


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (a_topic() | {"steps": 7}, ("steps", "steps_differ")),
        ("oi", ("", "wrong_type_object")),
        ({"args": a_topic(pack="outra")}, ("pack", "other_pack")),
        (a_topic("Veja a Lei 1."), ("script.0.message", "law_named")),
        ({"a": float("nan")}, ("", "bad_number")),
    ],
)
def test_what_is_wrong_is_told_with_its_path(shop: Shop, document: Any, fault: tuple[str, str]) -> None:
    (one,) = judged(shop, document)

    assert (one.outcome, codes(one)) == ("failed", [fault])


def test_faults_of_reading_are_the_rows_own(shop: Shop) -> None:
    (one,) = judge([Row(1, 3, faults=[Fault("", "bad_syntax")])], PACK, shop.ana, drafts=True)

    assert codes(one) == [("", "bad_syntax")]


def test_unknown_keys_are_dropped_with_a_warning(shop: Shop) -> None:
    (one,) = judged(shop, a_topic("Oi", TROCA) | {"mensagem": 1})

    assert (one.outcome, one.document) == ("changed", a_topic("Oi", TROCA))
    assert ("mensagem", "unknown_key_near") in [(finding.path, finding.code) for finding in one.warnings]


def test_an_id_that_comes_twice_is_wrong_the_second_time(shop: Shop) -> None:
    first, second = judged(shop, a_topic("Oi"), a_topic("Olá"))

    assert (first.outcome, codes(second)) == ("changed", [("problem.id", "id_twice")])


def test_a_wrong_script_still_says_which_one_it_is(shop: Shop) -> None:
    (one,) = judged(shop, BROKEN)

    assert one.script == 103


@pytest.mark.parametrize("count", [0, MOST_SCRIPTS + 1])
def test_a_file_of_nothing_or_of_too_much_is_refused_whole(shop: Shop, count: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        judge((Row(number, number, {}) for number in range(count)), PACK, shop.ana, drafts=True)

    assert refused.value.code == ("too_many_scripts" if count else "empty_body")


def test_good_rows_become_drafts_and_bad_ones_do_not_stop_them(shop: Shop) -> None:
    found = judged(shop, BROKEN, a_topic("Oi", BOLETO))

    saved = list(save_drafts(found, shop.ana, save_draft))

    assert outcomes(saved) == ["failed", "created"]
    assert (find_draft(BOLETO, shop.store) or {})["script"] == a_topic("Oi", BOLETO)


def test_the_same_file_twice_changes_nothing_the_second_time(shop: Shop) -> None:
    list(save_drafts(judged(shop, a_topic("Oi")), shop.ana, save_draft))

    assert outcomes(judged(shop, a_topic("Oi"))) == ["unchanged"]


def test_another_persons_draft_is_left_alone(shop: Shop) -> None:
    save_draft(a_topic("Da Bia"), PACK, shop.bia)

    (one,) = judged(shop, a_topic("Oi"))

    assert codes(one) == [("", "other_draft")]
    assert outcomes(judged(shop, a_topic("Oi"), drafts=False)) == ["changed"]


def test_a_draft_that_somebody_begins_in_between_is_left_alone(shop: Shop) -> None:
    found = judged(shop, a_topic("Oi"))
    save_draft(a_topic("Da Bia"), PACK, shop.bia)

    (one,) = save_drafts(found, shop.ana, save_draft)

    assert (one.outcome, codes(one)) == ("failed", [("", "other_draft")])


def test_a_publish_takes_what_is_new_and_changed_of_one_pack(shop: Shop) -> None:
    shop.publishes("Seu boleto", script=BOLETO)
    found = judged(shop, a_topic("Oi", 103), a_topic("Outra"), a_topic("Seu boleto", BOLETO), drafts=False)

    pack, documents = to_publish(found)
    done = publish_together(documents, pack, shop.ana, told())

    assert (done.versions, shop.published(BOLETO)) == ({103: 1, TROCA: 2}, 1)


def test_scripts_of_two_packs_are_not_one_publish(shop: Shop) -> None:
    found = judged(shop, a_topic("Oi", 103, pack="outra"), a_topic("Outra"), drafts=False)

    with pytest.raises(InvalidRequest) as refused:
        to_publish(found)

    assert refused.value.faults == (Fault("pack", "several_packs", (("found", "loja, outra"),)),)


def test_a_wrong_row_stops_the_whole_publish(shop: Shop) -> None:
    with pytest.raises(InvalidRequest):
        to_publish(judged(shop, a_topic("Oi", 103), {**a_topic("Outra"), "steps": 7}, drafts=False))


def test_nothing_changed_is_nothing_to_publish(shop: Shop) -> None:
    assert to_publish(judged(shop, a_topic("Qual produto?"), drafts=False)) == ("", {})


@pytest.mark.parametrize("form", ["json", "yaml", "csv"])
def test_importing_an_export_changes_nothing(shop: Shop, form: str) -> None:
    shop.publishes("Seu boleto", script=BOLETO)
    save_draft(a_topic("Em obras"), PACK, shop.ana)

    content = write_rows(published_scripts(shop.store, shop.ana.kept), form)

    assert outcomes(judge(read_rows(content, form), PACK, shop.ana, drafts=True)) == ["unchanged", "unchanged"]


def test_an_export_may_be_of_one_pack_and_some_scripts(shop: Shop) -> None:
    shop.publishes("Seu boleto", script=BOLETO)

    assert published_scripts(shop.store, shop.ana.kept, ids=[BOLETO]) == [a_topic("Seu boleto", BOLETO)]
    assert published_scripts(shop.store, shop.ana.kept, pack="outra") == []
    with pytest.raises(NotFound):
        published_scripts(shop.store, shop.ana.kept, pack="outra", ids=[BOLETO])


def test_a_sheet_changes_what_is_published_and_keeps_what_it_does_not_show(shop: Shop) -> None:
    shop.publishes("Seu boleto", script=BOLETO)
    content = b"id;step;message\n102;1;Segunda via?\n"

    (one,) = judge(read_rows(content, "csv"), PACK, shop.ana, drafts=True)

    assert one.document == a_topic("Segunda via?", BOLETO)


def test_a_sheet_of_examples_adds_them_to_a_published_script(shop: Shop) -> None:
    content = b"script,text\n101,quero trocar\n999,nada\n"

    good, bad = judge(read_rows(content, "csv"), PACK, shop.ana, drafts=True)

    assert (good.document or {})["match"] == {"examples": ["quero trocar"]}
    assert codes(bad) == [("problem.id", "no_such_script")]


def test_a_script_that_is_only_a_draft_stays_in_its_pack(shop: Shop) -> None:
    save_draft(a_topic("Oi", 104), "outra", shop.ana)

    (one,) = judged(shop, a_topic("Olá", 104))

    assert (one.outcome, one.pack) == ("changed", "outra")
