"""What lint says of examples: too few, with personal data, the same in two scripts, without near misses."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from roteiro.domain.authoring.checking import ScriptDocument
from roteiro.domain.authoring.lint_rules.finding import Finding, error, warning
from roteiro.domain.message import fold
from roteiro.domain.values.parsing import Hints, find_all

__all__ = ["Neighbours", "look_at_examples"]

_FEWEST = 8  # examples (specified)
_PERSONAL = ("cpf", "cnpj", "email", "phone_br")
_MAYBE_PERSONAL = re.compile(r"[0-9]|@|arroba")  # a quick look first: 40,000 examples come in one file
_UNASKED = Hints(date(2000, 1, 1), asked=False)  # no date is looked for, so any day does
# Two scripts are close when so much of the words that stand in several of their examples is the same; chosen so that
# the five scripts of the insurance pack are close to one another no more than customers confuse them.
_CLOSE = 0.25
_SHORTEST_WORD = 4  # letters; shorter ones are in every example of every script


class Neighbours:
    """Scripts by name, as what one of them may clash with; all of them were checked."""

    def __init__(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self.ids: dict[int, list[str]] = defaultdict(list)
        self.slugs: dict[str, list[str]] = defaultdict(list)
        self.examples: dict[str, list[str]] = defaultdict(list)
        self.titles = {name: int(document["problem"]["id"]) for name, document in documents.items()}
        self._words = {name: _vocabulary(_examples(document)) for name, document in documents.items()}
        for name, document in documents.items():
            self.ids[self.titles[name]].append(name)
            self.slugs[document.get("slug") or ""].append(name)
            for text in _examples(document):
                self.examples[fold(text) or text].append(name)

    def other_with(self, example: str, name: str) -> str | None:
        """Return another script that has an example too, if one has."""
        return next((other for other in self.examples[fold(example) or example] if other != name), None)

    def close_to(self, name: str) -> str | None:
        """Return the closest script, if one is close."""
        own = self._words[name]
        shares = {other: len(own & words) / len(own | words or {""}) for other, words in self._words.items()}
        best = max((other for other in shares if other != name), key=lambda other: shares[other], default=None)
        return best if best is not None and shares[best] >= _CLOSE else None


def look_at_examples(name: str, script: ScriptDocument, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield what is wrong with a script's examples, alone and beside the others; `name` is its own among them."""
    texts = script.match.examples
    if len(texts) < _FEWEST:
        yield warning("few_examples", "match", "examples", count=len(texts), limit=_FEWEST)
    yield from _personal("examples", texts)
    yield from _personal("negative_examples", script.match.negative_examples)
    for place, text in enumerate(texts):
        if other := neighbours.other_with(text, name):
            yield error("example_in_two", "match", "examples", place, text=text, other=neighbours.titles[other])
    if texts and not script.match.negative_examples and (close := neighbours.close_to(name)):
        yield warning("no_negative_example", "match", other=neighbours.titles[close])


def _personal(name: str, texts: Sequence[str]) -> Iterator[Finding]:
    for place, text in enumerate(texts):
        kinds = _PERSONAL if _MAYBE_PERSONAL.search(text) else ()
        if kind := next((kind for kind in kinds if find_all(kind, text, _UNASKED)), None):
            yield warning("personal_data", "match", name, place, kind=kind)


def _examples(document: Mapping[str, Any]) -> list[str]:
    return list((document.get("match") or {}).get("examples") or ())


def _vocabulary(texts: list[str]) -> set[str]:
    """Return the words that stand in at least two examples."""
    counts = Counter(word for text in texts for word in set(fold(text).split()) if len(word) >= _SHORTEST_WORD)
    return {word for word, count in counts.items() if count > 1}
