"""The published scripts' titles in the reader's language, and buttons that start the same in each."""

from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.cast import Cast
from roteiro.domain.ids import ScriptId
from roteiro.domain.pack import Pack
from roteiro.usecases.candidate import make_candidate
from roteiro.usecases.catalogue import load_pack
from roteiro.usecases.published import PublishedCatalogue
from tests.unit.usecases.gate_world import BILL, TOW, World, a_topic

BILL_IN_ENGLISH: dict[str, Any] = a_topic(BILL) | {"translations": {"en": {"problem.title": "Second copy"}}}


def seen(world: World) -> PublishedCatalogue:
    return PublishedCatalogue("loja", world.admin.shelf, world.admin.kept)


@pytest.mark.parametrize(("locale", "title"), [("en", "Second copy"), ("es", "own"), ("pt-BR", "own")])
def test_a_published_title_is_told_in_a_language_or_as_it_was_written(locale: str, title: str) -> None:
    world = World(BILL_IN_ENGLISH, a_topic(TOW))
    own = dict(seen(world).topics())

    told = dict(seen(world).topics(locale))

    assert told == own | ({ScriptId(BILL): title} if title != "own" else {})


def test_the_titles_of_a_candidate_are_translated_too() -> None:
    candidate = make_candidate("loja", {ScriptId(BILL): BILL_IN_ENGLISH}, (), World(a_topic(BILL)).admin)

    assert dict(candidate.after.topics("en")) == {ScriptId(BILL): "Second copy"}
    assert dict(candidate.before.topics("en")) == dict(candidate.before.topics())


def test_a_button_in_another_language_ranks_as_its_own_words_do() -> None:
    world = World(a_topic(BILL), a_topic(TOW))
    own = a_topic(TOW)["match"]["examples"][0]
    cast = Cast(meanings={"tow": own}, translations={"en": {"actions.tow": "Xyzzy"}})

    before = seen(world).rank("Xyzzy")
    load_pack(replace(Pack("loja", "Loja", {}), cast=cast), {}, world.admin)

    assert before.candidates != seen(world).rank(own).candidates
    assert seen(world).rank("Xyzzy").candidates == seen(world).rank(own).candidates
    assert seen(world).glance("Xyzzy").candidates == seen(world).rank(own).candidates
