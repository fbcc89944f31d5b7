"""The second look at an unsure message: once per turn, never for a glance, and never at the cost of an answer."""

import zlib
from array import array
from collections.abc import Sequence
from functools import cache

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.ids import ScriptId
from roteiro.errors import ModelUnavailable
from roteiro.matching.compiling import compile_index
from roteiro.matching.fitting import fit_fusion, texts_to_embed
from roteiro.ports import Document, Embedded, Shelf, Vector, Vote
from roteiro.prompting.ballot import Ballot
from roteiro.usecases.parts import has_parts, read_parts, write_parts
from roteiro.usecases.published import Kept, PublishedCatalogue
from roteiro.usecases.secondguess import SecondGuess
from roteiro.usecases.vectors import Taught, write_vectors
from tests.unit.matching.matching_catalogues import BILL, CRASH, SMALL

BACKGROUND = ("que horas são", "me conta uma piada", "previsão do tempo", "receita de bolo", "quem ganhou o jogo")
UNSURE, SURE = "tive um probleminha com o boleto do carro", "bati o carro"


def a_vector(text: str) -> Vector:
    numbers = array("f", [0.0] * 64)
    for word in text.split():
        numbers[zlib.crc32(word.encode()) % 64] = 1.0
    length = sum(numbers) ** 0.5
    return array("f", [number / length for number in numbers])


class Bag:
    """An Embedder that takes every message for `meant`, unless it fails with `error`."""

    name = "bag"

    def __init__(self, meant: str = "", error: Exception | None = None) -> None:
        self.meant, self.error = meant, error
        self.asked: list[list[str]] = []

    def embed(self, texts: Sequence[str], within: float | None = None) -> Embedded:
        self.asked.append(list(texts))
        if self.error:
            raise self.error
        return Embedded(tuple(a_vector(self.meant or text) for text in texts), 7)


class Ballots:
    """A Voter that always says the same."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.asked: list[Ballot] = []

    def vote(self, ballot: Ballot) -> Vote:
        self.asked.append(ballot)
        return Vote(self.label, 70)


class Papers(dict[str, Document]):
    """A shelf in memory that counts what is read."""

    reads = 0

    def get(self, key: str, default: object = None) -> Document | None:  # type: ignore[override] # the port's verb
        self.reads += 1
        return super().get(key)

    def create(self, key: str, document: Document) -> bool:
        return self.setdefault(key, document) is document

    def scan(self, prefix: str, after: str = "", limit: int = 200) -> list[Document]:
        self.reads += 1
        keys = sorted(key for key in self if key.startswith(prefix) and key > after)
        return [{"_id": key, **self[key]} for key in keys[:limit]]


@cache
def _compiled() -> tuple[bytes, bytes]:
    vectors = {text: a_vector(text) for text in texts_to_embed(SMALL, BACKGROUND)}
    return compile_index(SMALL, BACKGROUND), fit_fusion(SMALL, BACKGROUND, vectors, 0.5, lambda _: None)


@pytest.fixture
def shelf() -> Shelf:
    papers = Papers()
    index, vectors = _compiled()
    write_parts("index:i", index, papers)  # type: ignore[arg-type] # the verbs that are used
    write_parts("vectors:v", vectors, papers)  # type: ignore[arg-type] # same
    papers["catalogue:p"] = {"version": 3, "pack": "p", "index": "i", "vectors": {"name": "v", "model": "bag"}}
    return papers  # type: ignore[return-value] # same


def a_guess(shelf: Shelf, embedder: Bag | None = None, voter: Ballots | None = None) -> SecondGuess:
    return SecondGuess("p", shelf, Kept(), embedder, voter)


def test_a_turn_that_is_decided_again_asks_once(shelf: Shelf) -> None:
    embedder, voter = Bag("boleto vencido"), Ballots("none")
    catalogue = a_guess(shelf, embedder, voter)

    choices = [catalogue.rank(UNSURE) for _ in range(8)]

    assert {(choice.tier, choice.match_tokens) for choice in choices} == {(3, 77)}
    assert (len(embedder.asked), len(voter.asked)) == (1, 1)


def test_the_vector_decides_what_was_meant_and_the_event_is_told_its_price(shelf: Shelf) -> None:
    choice = a_guess(shelf, Bag("boleto vencido")).rank(UNSURE)

    assert (choice.tier, choice.match_tokens, choice.candidates[0].script) == (2, 7, BILL)
    assert choice.match_ms >= 0


def test_parts_of_a_message_are_ranked_by_words_alone(shelf: Shelf) -> None:
    embedder = Bag("boleto vencido")
    catalogue = a_guess(shelf, embedder)

    catalogue.rank(SURE)
    part = catalogue.rank(UNSURE)

    assert part.tier == 1
    assert embedder.asked == []


def test_a_glance_and_an_answer_among_offered_scripts_ask_nobody(shelf: Shelf) -> None:
    embedder = Bag("boleto vencido")
    catalogue = a_guess(shelf, embedder)

    catalogue.glance(UNSURE)
    catalogue.rank(UNSURE, [ScriptId(BILL), ScriptId(CRASH)])

    assert embedder.asked == []


@pytest.mark.parametrize("message", [SURE, UNSURE])
def test_where_nothing_is_asked_a_turn_reads_no_more_than_before(shelf: Shelf, message: str) -> None:
    seen = []
    for catalogue in (PublishedCatalogue("p", shelf, Kept()), a_guess(shelf)):
        before = shelf.reads  # type: ignore[attr-defined] # the test's own
        choice = catalogue.rank(message)
        seen.append((shelf.reads - before, choice.decision, choice.candidates))  # type: ignore[attr-defined] # same

    plain, second = seen
    assert plain == second


@pytest.mark.parametrize("error", [ModelUnavailable("slow", reason="timeout"), ModelUnavailable("no", reason="error")])
def test_a_failing_embedder_leaves_the_ranking_of_words(shelf: Shelf, error: Exception) -> None:
    plain = PublishedCatalogue("p", shelf, Kept()).rank(UNSURE)

    choice = a_guess(shelf, Bag(error=error)).rank(UNSURE)

    assert (choice.tier, choice.decision, choice.candidates) == (1, plain.decision, plain.candidates)


def test_vectors_that_the_pointer_names_and_nobody_wrote_are_done_without(shelf: Shelf) -> None:
    embedder = Bag("boleto vencido")
    for key in [key for key in shelf if key.startswith("vectors:")]:  # type: ignore[attr-defined] # the test's own
        del shelf[key]  # type: ignore[attr-defined] # same

    assert a_guess(shelf, embedder).rank(UNSURE).tier == 1
    assert embedder.asked == []


def test_a_ballot_holds_the_ranked_scripts_and_the_words(shelf: Shelf) -> None:
    voter = Ballots("none")

    a_guess(shelf, voter=voter).rank(UNSURE)

    ((ballot),) = voter.asked
    assert set(ballot.labels) == {"101", "102", "105", "none"}
    assert UNSURE in ballot.messages[-1][1]


def test_a_vote_for_a_leading_script_starts_it(shelf: Shelf) -> None:
    leading = PublishedCatalogue("p", shelf, Kept()).rank(UNSURE).candidates[1].script

    choice = a_guess(shelf, voter=Ballots(str(leading))).rank(UNSURE)

    assert (choice.decision, choice.candidates[0].script, choice.tier) == (Decision.MATCH, leading, 3)


def test_texts_are_fetched_in_batches_masked_and_with_a_bar(shelf: Shelf) -> None:
    embedder, heard = Bag(), list[float]()
    texts = tuple(f"texto {number} ana@exemplo.com.br" for number in range(150))

    done = write_vectors(Taught("i", SMALL, texts), "new", embedder, shelf, heard.append)

    assert done
    assert [len(batch) for batch in embedder.asked] == [64, 64, len(texts_to_embed(SMALL, texts)) - 128]
    assert not any("exemplo" in text for batch in embedder.asked for text in batch)
    assert (heard[-1], heard) == (1.0, sorted(heard))
    assert has_parts("vectors:new", shelf)


def test_vectors_whose_length_changes_on_the_way_are_none_at_all(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    class Growing(Bag):
        def embed(self, texts: Sequence[str], within: float | None = None) -> Embedded:
            return Embedded(tuple(array("f", [1.0] * len(texts)) for _ in texts))

    done = write_vectors(Taught("i", SMALL, tuple(map(str, range(70)))), "new", Growing(), shelf, lambda _: None)

    assert not done
    assert "published without sentence vectors" in caplog.text
    assert not has_parts("vectors:new", shelf)


def test_vectors_that_are_there_are_not_fetched_again(shelf: Shelf) -> None:
    embedder = Bag()

    assert write_vectors(Taught("i", SMALL, BACKGROUND), "v", embedder, shelf, lambda _: None)
    assert embedder.asked == []


def test_long_bytes_come_back_from_their_parts(shelf: Shelf) -> None:
    content = bytes(range(256)) * 8000

    write_parts("long:x", content, shelf)

    assert read_parts("long:x", shelf) == content
    assert len([key for key in shelf if key.startswith("long:")]) == 5  # type: ignore[attr-defined] # four and the end
