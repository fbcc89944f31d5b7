"""An edit of one conversation becomes a draft, and never in the place of another person's."""

from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.conversation import Edit, State
from roteiro.errors import InvalidRequest, Stale
from roteiro.ports import Document
from roteiro.usecases.drafts import find_draft, save_draft
from roteiro.usecases.proposing import propose_step
from roteiro.usecases.publishing import Admin, Plan, change
from tests.factories import a_document, a_state
from tests.shop import PACK, TROCA, Shop

EDITED = Edit("edit", 2, "Qual é o motivo?")


def a_topic(*messages: str, **changes: Any) -> dict[str, Any]:
    steps = [{"step": n, "message": message} for n, message in enumerate(messages, 1)]
    problem = {"id": TROCA, "description": "Troca: x"}
    return a_document(steps=len(steps), problem=problem, script=steps, **changes)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop with one script of two steps, where nobody ranks."""
    monkeypatch.setattr("roteiro.usecases.publishing.compile_index", lambda *_: b"an index")
    one = Shop()
    change(PACK, one.ana, Plan({TROCA: a_topic("Qual produto?", "Por quê?")}))
    return one


def walking(*edits: Edit, version: int = 1) -> State:
    return a_state(script=TROCA, version=version, step=1, steps=2, edits=edits)


def propose(admin: Admin, state: State, step: int = 2) -> Document:
    return propose_step(state, "c-000001", step, "os clientes não entendem", admin)


def said(draft: Document | None) -> list[str]:
    return [step["message"] for step in (draft or {"script": {"script": []}})["script"]["script"]]


def test_the_edit_is_a_draft_of_the_published_version_and_the_audit_says_where_it_comes_from(shop: Shop) -> None:
    draft = propose(shop.bia, walking(EDITED))

    assert said(find_draft(TROCA, shop.store)) == said(draft) == ["Qual produto?", "Qual é o motivo?"]
    assert (draft["author"], draft["base"]) == ("bia", 1)
    proposed, saved = shop.store.scan(f"audit:{PACK}:")[-2:]
    assert (proposed["action"], proposed["reason"]) == ("draft.proposed", "os clientes não entendem")
    assert (proposed["conversation"], saved["action"]) == ("c-000001", "draft.saved")


def test_what_is_published_stays_as_it_is(shop: Shop) -> None:
    propose(shop.bia, walking(EDITED))

    assert shop.published() == 1


def test_a_second_proposal_of_the_same_person_adds_to_the_first(shop: Shop) -> None:
    propose(shop.bia, walking(EDITED))
    propose(shop.bia, walking(EDITED, Edit("edit", 2, "Por que quer trocar?")))

    draft = propose(shop.bia, walking(Edit("insert", 1, "Oi.")), step=1)

    assert said(draft) == ["Oi.", "Qual produto?", "Por que quer trocar?"]


def test_another_persons_draft_is_never_replaced(shop: Shop) -> None:
    save_draft(a_topic("Qual produto?", "Por quê?", "Obrigado."), PACK, shop.ana)

    with pytest.raises(Stale):
        propose(shop.bia, walking(EDITED))

    assert said(find_draft(TROCA, shop.store))[-1] == "Obrigado."
    assert [action for _, action in shop.audit()][-2:] == ["draft.proposed", "draft.proposed.withdrawn"]


def test_a_step_is_found_in_a_newer_version_that_moved_it(shop: Shop) -> None:
    change(PACK, shop.ana, Plan({TROCA: a_topic("Oi.", "Qual produto?", "Por quê?")}))

    assert said(propose(shop.bia, walking(EDITED))) == ["Oi.", "Qual produto?", "Qual é o motivo?"]


def test_a_step_that_a_newer_version_words_otherwise_is_not_overwritten(shop: Shop) -> None:
    change(PACK, shop.ana, Plan({TROCA: a_topic("Qual produto?", "Conte o motivo.")}))

    with pytest.raises(Stale) as refused:
        propose(shop.bia, walking(EDITED))

    assert len(str(refused.value.facts["current"])) == 64
    assert find_draft(TROCA, shop.store) is None


def test_a_new_last_step_comes_after_the_last(shop: Shop) -> None:
    assert said(propose(shop.bia, walking(Edit("insert", 3, "Obrigado.")), step=3))[-1] == "Obrigado."


@pytest.mark.parametrize(
    ("state", "code"), [(walking(), "no_edit"), (replace(walking(EDITED), script=None), "no_script")]
)
def test_without_an_edit_or_a_script_there_is_nothing_to_propose(shop: Shop, state: State, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        propose(shop.bia, state)

    assert refused.value.faults[0].code == code
