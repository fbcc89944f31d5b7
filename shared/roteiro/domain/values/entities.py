"""One entry of a pack's list, such as an organ: by name or alias as whole words; a bare code names nothing."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from roteiro.domain.values.contexts import (
    is_alone,
    is_elsewhere,
    is_joined,
    is_meant,
    is_refused,
    is_somebodys,
    stands_alone,
)
from roteiro.domain.values.letters import level
from roteiro.domain.values.naming import Name, Span, longest, named, words_in
from roteiro.domain.values.others import anyone_else, is_all, is_everybody, someone_spends
from roteiro.domain.values.problems import LISTED
from roteiro.domain.values.value import Entity, Found, Hints, Problem, Value

__all__ = ["find_entities"]

_EXACT = "="  # before an alias that counts only as it is written: "=MAPA" is not "mapa"
_SHORT_ANSWER = 20  # words; in a longer text no typo is forgiven and nothing is offered instead
_OFFERED = 3  # nearest names, at most (specs: slot types)
_NEAR = 0.6  # similarity from which a name is worth offering; difflib's own default
_LONGEST_GUESS = 60  # characters of an answer that are compared with the names; difflib is quadratic
_FEWEST_LETTERS = 4  # of a word that may recall a name ("desenvolvimento"), so that "da" recalls none
_FULL = "ministerio"  # a name that begins so is forgiven a typo in each word wherever it stands


def find_entities(text: str, hints: Hints) -> Found:
    """Find the entries named, each place once; unasked, one that needs a context only there. What is refused is not.

    Problem: `not_in_list` (near: up to three names, where some are alike): unasked only for a body that is no entry;
    `unsure` (near, ids: what names may mean where a demand has begun); `all` (everybody is meant).
    """
    if not hints.entities:
        return
    words, levelled = words_in(text), level(text)
    spans, is_other = _heard(text, words, levelled, hints)
    if is_other and not (hints.asked and spans):
        yield Problem("not_in_list")
        return
    doubtful = list[Span]()
    if hints.begun and not spans:
        spans, doubtful = _begun(text, words, levelled, hints)
    for span in spans:
        entity = hints.entities[span.at]
        yield Value(entity.id, entity.name, span.start, span.end, span.certainty)
    if not spans and (problem := _unmet(text, words, levelled, hints, doubtful)):
        yield problem


def _unmet(text: str, words: list[re.Match[str]], levelled: str, hints: Hints, doubtful: list[Span]) -> Problem | None:
    """Return why no entry is named, where that is to be told."""
    if doubtful:
        found = [hints.entities[at] for at in dict.fromkeys(span.at for span in doubtful)]
        facts = (("near", LISTED.join(one.name for one in found)), ("ids", LISTED.join(one.id for one in found)))
        return Problem("unsure", facts)
    if is_everybody(levelled):
        return Problem("all")
    if hints.asked:
        return _missing(text, words, levelled, hints.entities) if words else None
    return Problem("not_in_list") if hints.begun and someone_spends(levelled) else None


def _begun(text: str, words: list[re.Match[str]], levelled: str, hints: Hints) -> tuple[list[Span], list[Span]]:
    """Return the names that stand for their entries where a demand of entries names no other, and those that may."""
    named_ = [span for span in _spans(text, words, hints) if not is_refused(levelled, span)]
    open_ = [span for span in named_ if not is_somebodys(levelled, span)]
    taken = [span for span in open_ if hints.entities[span.at].needs == "context" and stands_alone(levelled, span)]
    return _with_joined(levelled, taken, open_), [] if taken else open_


def _heard(text: str, words: list[re.Match[str]], levelled: str, hints: Hints) -> tuple[list[Span], bool]:
    """Return the places of entries that are meant, and whether the words speak of somebody who is no entry."""
    everything = _spans(text, words, hints)
    own = [span for span in everything if not is_elsewhere(levelled, span)]
    meant = own if hints.asked else _meant(levelled, own, hints.entities)
    spans = [span for span in meant if not is_refused(levelled, span)]
    return spans, len(own) < len(everything) or bool(anyone_else(text, levelled, spans))


def _missing(text: str, words: list[re.Match[str]], levelled: str, entities: tuple[Entity, ...]) -> Problem:
    if is_all(levelled):
        return Problem("all")
    near = _nearest(text, words, entities)
    return Problem("not_in_list", (("near", " / ".join(near)),) if near else ())


def _spans(text: str, words: list[re.Match[str]], hints: Hints) -> list[Span]:
    names = _names(hints.entities)
    spans = longest(_as_written(named(words, (name for name, _ in names), typos=False), text, hints.entities))
    if not spans and len(words) <= _SHORT_ANSWER:
        loose = (name for name, is_exact in names if not is_exact and (hints.asked or name.words[0] == _FULL))
        spans = longest(named(words, loose, typos=True))
    return spans


def _meant(levelled: str, spans: list[Span], entities: tuple[Entity, ...]) -> list[Span]:
    """Keep the names that stand where they count, and those said in one breath with one."""
    open_ = [span for span in spans if _needs(levelled, span, entities) != "ministry"]
    if open_ and is_alone(levelled, spans):
        return [span for span in spans if span in open_ or is_meant(levelled, span, "ministry")]
    kept = [span for span in spans if is_meant(levelled, span, _needs(levelled, span, entities))]
    return sorted(_with_joined(levelled, kept, open_), key=lambda span: span.start)


def _needs(levelled: str, span: Span, entities: tuple[Entity, ...]) -> str:
    entity = entities[span.at]
    return "none" if _plain(levelled[span.start : span.end]) in _bodies(entity) else entity.needs


@lru_cache(maxsize=512)  # entries of packs, not what customers wrote
def _bodies(entity: Entity) -> frozenset[str]:
    acronyms = (name for name in entity.aliases if sum(map(str.isupper, name)) > 1 and " " not in name)
    return frozenset(map(_plain, (*entity.bodies, *acronyms)))


def _plain(name: str) -> str:
    return " ".join(word[0] for word in words_in(name))


def _with_joined(levelled: str, kept: list[Span], others: list[Span]) -> list[Span]:
    """Add the names that are said in one breath with one that is kept, forwards and then backwards."""
    for span in (*others, *reversed(others)):
        if span not in kept and any(is_joined(levelled, span, other) for other in kept):
            kept = [*kept, span]
    return kept


@lru_cache(maxsize=32)  # lists of packs, not what customers wrote
def _names(entities: tuple[Entity, ...]) -> tuple[tuple[Name, bool], ...]:
    """Return every name with its entry's number, and whether no typo is forgiven in it. Codes are left out."""
    found = []
    for at, entity in enumerate(entities):
        for name in (entity.name, *entity.aliases, *entity.bodies):
            words = tuple(word[0] for word in words_in(name))
            if words and not all(map(str.isdecimal, words)):
                found.append((Name(at, words), name.startswith(_EXACT) or name in entity.bodies))
    return tuple(found)


def _as_written(spans: Iterator[Span], text: str, entities: tuple[Entity, ...]) -> Iterator[Span]:
    """Drop what was said otherwise than an exact alias is written, unless a plain name says the same."""
    for span in spans:
        said = text[span.start : span.end]
        names = (*entities[span.at].aliases, *entities[span.at].bodies)
        exact = [name.removeprefix(_EXACT) for name in names if name.startswith(_EXACT)]
        if said in exact or level(said) not in map(level, exact):
            yield span


def _nearest(text: str, words: list[re.Match[str]], entities: tuple[Entity, ...]) -> list[str]:
    """Return the names that hold a longer word of the answer, then those that look like it."""
    if len(words) > _SHORT_ANSWER:
        return []
    names = [(name, is_exact) for name, is_exact in _names(entities) if not is_exact]
    said = {word[0] for word in words if len(word[0]) >= _FEWEST_LETTERS and word[0].isalpha()}
    recalled = [name.at for name, _ in names if len(said & set(name.words)) == len(said) and said]
    by_text = {" ".join(name.words): name.at for name, _ in names}
    alike = get_close_matches(level(text)[:_LONGEST_GUESS], by_text, n=_OFFERED, cutoff=_NEAR)
    return [entities[at].name for at in dict.fromkeys([*recalled, *(by_text[one] for one in alike)])][:_OFFERED]
