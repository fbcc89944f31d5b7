"""Which slots a message names, and which part of it speaks of each: "o valor é 120 e o telefone é 11 98765-4321"."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from roteiro.domain.message import fold
from roteiro.domain.script import Script

__all__ = ["Mention", "mentions", "names_of"]

_SHORTEST_NAME = 3  # letters; shorter words of a label are grammar
# What customers call values of a kind, whatever a script's label says.
_BY_KIND: Mapping[str, str] = {
    "email": "email mail",
    "phone_br": "telefone fone celular whatsapp zap numero",
    "cpf": "cpf",
    "cnpj": "cnpj",
    "cpf_or_cnpj": "cpf cnpj documento",
    "plate": "placa",
    "cep": "cep",
    "date": "data dia",
    "money_brl": "valor preco",
    "policy_number": "apolice",
}
_GRAMMAR = frozenset("do da dos das de para por com sem que uma uns seu sua meu minha the of numero tem".split())
_WORD = re.compile(r"\w+(?:[.-]\w+)*")


class Mention(NamedTuple):
    """A slot that is named, and the words after its name, up to the next one's."""

    slot: str
    said: str


def mentions(words: str, script: Script, among: Iterable[str]) -> list[Mention]:
    """Return the slots that a message names, in its order; a word that two of them share names neither."""
    names = _told_apart({slot: names_of(slot, script) for slot in among})
    found: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(words):
        slot = names.get(_joined(match[0]))
        if slot and all(slot != other for *_, other in found):
            found.append((match.start(), match.end(), slot))
    ends = [*(start for start, *_ in found[1:]), len(words)]
    return [Mention(slot, words[after:end]) for (_, after, slot), end in zip(found, ends, strict=False)]


def names_of(slot: str, script: Script) -> set[str]:
    """Return the words that may name a slot: of its label, of its own name, and of its kind."""
    said = f"{script.slots[slot].label} {slot.replace('_', ' ')}"
    words = {_joined(word) for word in _WORD.findall(said)} | set(_BY_KIND.get(script.slots[slot].kind, "").split())
    return {word for word in words if len(word) >= _SHORTEST_NAME} - _GRAMMAR


def _told_apart(names: Mapping[str, set[str]]) -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for slot, words in names.items():
        for word in words:
            owners.setdefault(word, set()).add(slot)
    return {word: next(iter(slots)) for word, slots in owners.items() if len(slots) == 1}


def _joined(word: str) -> str:
    """Fold a word and write "e-mail" as "email"."""
    return fold(word).replace(" ", "")
