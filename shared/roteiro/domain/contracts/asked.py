"""What words want to know of contracts: totals, the largest, suppliers, one supplier, one contract."""

import re
from enum import StrEnum
from typing import NamedTuple

from roteiro.domain.message import fold
from roteiro.domain.values.letters import level

__all__ = ["MOST", "SURE", "Asked", "Topic", "asked_in"]

MOST = 20  # lines of one answer (chosen: three screens of a phone)
_USUAL = 5  # lines where nobody said how many


class Topic(StrEnum):
    """What is asked; OVERVIEW is what words ask that name no other."""

    OVERVIEW = "overview"
    TOTAL = "total"
    COUNT = "count"
    LARGEST = "largest"
    SUPPLIERS = "suppliers"
    ORGANS = "organs"
    SUPPLIER = "supplier"  # one, by its CNPJ
    CONTRACT = "contract"  # one, by its number


SURE = frozenset({Topic.TOTAL, Topic.COUNT, Topic.LARGEST, Topic.SUPPLIERS})  # with an organ or a period: a look-up


class Asked(NamedTuple):
    """A question: how many lines it wants at most, and the supplier or the number that it names (else empty).

    `number` is as people wrote it. `by_count`: suppliers are ranked by how many contracts they have. `is_cut`: more
    lines were wanted than are given; `others`: more than one supplier or number was named, and this is the first.
    """

    topic: Topic
    most: int = _USUAL
    supplier: str = ""
    number: str = ""
    by_count: bool = False
    is_cut: bool = False
    others: bool = False

    @property
    def names_one(self) -> bool:
        """Say whether one supplier or one contract is asked for."""
        return bool(self.supplier or self.number)


_CNPJ = re.compile(r"(?<![0-9a-z.])[0-9a-z]{2}\.?[0-9a-z]{3}\.?[0-9a-z]{3} ?/ ?[0-9a-z]{4} ?-? ?[0-9]{2}(?![0-9a-z])")
_PLAIN_CNPJ = re.compile(r"(?<![0-9a-z./-])[0-9]{14}(?![0-9a-z/-])")
_SIGN = re.compile(r"\bn\.? ?[º°ª]", re.IGNORECASE)  # "nº": without its mark it would be "no", which is a word
_NUMBERED = re.compile(
    r"\b(?:(?:contrat[oa]|contract)(?: de)?(?: ?(?:numero|number|num|no?\.|n[ro]?))?|numero|number)[ .:]*"
    r"([0-9][0-9.]*[/-][0-9]{4}|[0-9]{6,})(?![0-9a-z/])"
)
_NUMBER = re.compile(r"(?<![0-9./-])(?:[0-9][0-9.]*/[0-9]{4}|[0-9]{6,})(?![0-9a-z/])")
# "lei nº 14.133/2021": numbers of something else.
_OF_ELSE = re.compile(
    r"\b(?:lei|leis|decreto|portaria|resolucao|normativa|processo|pregao|edital|licitacao|protocolo|investigacao|inv|"
    r"telefone|celular|cpf|cep|law|decree|process|protocol|investigation|phone|ley|proceso|protocolo|telefono)"
    r"(?: (?:de|com|o|of|the|el|e|eh|is|es))?[ :]*$"
)
_ORGAN = r"(?:orgaos?|ministerios?|agenc(?:y|ies)|ministr(?:y|ies)|departments?|organismos?)"
_ORGANS = r"(?:orgaos|ministerios|agencies|ministries|organismos)"
_SPENDS = r"(?:gast\w+|spen\w+|contrat(?:a|am|ou|aram)|compr(?:a|am|ou|aram))"
_CONTRACT = r"(?:contrat\w+|contracts?|compras?|purchases?|licitac\w+)"
_SEVERAL = r"(?:contratos|contracts|compras|purchases)"
_SUPPLIER = (
    r"(?:fornecedor(?:es|as?)?|empresas?|construtoras?|firmas?|contratad[oa]s|cnpjs?|suppliers?|vendors?|contractors?|"
    r"compan(?:y|ies)|proveedor(?:es)?)"
)
_GETS = r"(?:receb\w+|ganh\w+|vend\w+|fornece\w*|got|receive[sd]?|gano|recibio)"
_MORE = r"(?:mais|maior(?:es)?|menos|most|more|least|mas|largest|biggest|mayor(?:es)?)"
_GREAT = (
    r"(?:maior(?:es)?|mais car[oa]s?|mais alt[oa]s?|top|largest|biggest|highest|most expensive|mayor(?:es)?|"
    r"mas car[oa]s?|mas alt[oa]s?)"
)
_BOUND = r"(?! (?:do )?que\b)(?! (?:a|de|than|to) (?:r )?[0-9]+ (?:mil\w*|bil\w*|reais|thousand)\b)(?! than\b)"
# In this order: "quais ministérios têm os maiores contratos?" asks for ministries, not for contracts.
_PHRASES = (
    (Topic.ORGANS, rf"(?:ranking|top|rank)(?: \w+){{0,2}} {_ORGANS}|(?:por|by) {_ORGAN}"),
    (Topic.ORGANS, rf"(?:(?:quais|qual|que|cual|cuales)(?: \w+){{0,2}}|which|what) {_ORGAN}\b.*\b{_MORE}"),
    (Topic.ORGANS, rf"(?:{_ORGANS}|orgao|ministerio)(?: que| that)? {_MORE} {_SPENDS}"),
    (Topic.ORGANS, rf"(?:quem|qual|who|which|quien|cual)(?: \w+){{0,2}} {_SPENDS} (?:o |the )?{_MORE}"),
    (
        Topic.COUNT,
        rf"(?:quant[oa]s|qtos|how many|cuant[oa]s|numero de|number of)(?: \w+)? (?:{_CONTRACT}|{_SUPPLIER})",
    ),
    (Topic.SUPPLIERS, _SUPPLIER),
    (Topic.SUPPLIERS, rf"(?:quem|who|quien(?:es)?)(?: \w+){{0,2}} {_GETS}"),
    (Topic.LARGEST, _GREAT + _BOUND),
    (
        Topic.LARGEST,
        rf"(?:list\w*|relacao|mostr\w+|show|muestr\w+|quais|que|which|what|cuales)(?: \w+){{0,3}} {_SEVERAL}",
    ),
    (Topic.TOTAL, r"(?:quanto|qnto|qto|total|soma|how much|spending|spen[dt]|cuanto|gast(?:ou|aram)|valor gasto)"),
)
_TOPICS = tuple((topic, re.compile(rf"\b{phrase}\b")) for topic, phrase in _PHRASES)
_MANY = {
    word: number
    for number, words in enumerate(
        (
            "dois|duas|two",
            "tres|three",
            "quatro|four|cuatro",
            "cinco|five",
            "seis|six",
            "sete|seven|siete",
            "oito|eight|ocho",
            "nove|nine|nueve",
            "dez|ten|diez",
        ),
        start=2,
    )
    for word in words.split("|")
}
_RANKED = (
    r"(?:maior(?:es)?|principais|primeir[oa]s|contratos|fornecedores|empresas|orgaos|ministerios|largest|biggest|"
    r"suppliers|contracts|mayores)"
)
_HOW_MANY = re.compile(
    rf"\b(?:top|os|as|los|las|the) ([0-9]{{1,3}}|{'|'.join(_MANY)})\b(?! (?:mes|ano|dia|month|year))"
    rf"|\b([0-9]{{1,3}}|{'|'.join(_MANY)}) {_RANKED}\b"
)
_BY_COUNT = re.compile(
    rf"\b(?:{_MORE}|maior (?:numero|quantidade) de|(?:largest|highest) number of) {_SEVERAL}\b|\bmais frequentes?\b"
    r"|\bmost frequent\b|\bmas frecuentes?\b"
)
_ONE = re.compile(
    r"\b(?:qual|cual|which|what)(?: (?:e|foi|eh|is|was|es|fue|seria))? (?:o|a|the|el|la)? ?"
    r"(?:contrato |contract )?(?:maior|mais (?:caro|alto)|largest|biggest|mayor|mas caro)\b(?!es)"
)


def asked_in(words: str) -> Asked | None:
    """Return what a message asks; None if it only says which organ or period, as "e em 2024?" does.

    >>> asked_in("os 10 maiores contratos da saúde").most, asked_in("e em 2024?")
    (10, None)
    >>> asked_in("contratos do CNPJ 12.345.678/0001-90").supplier, asked_in("contrato nº 12/2025 do MEC").number
    ('12345678000190', '12/2025')
    """
    levelled, said = level(_SIGN.sub("numero ", words)), fold(words)
    if suppliers := _suppliers(levelled):
        return Asked(Topic.SUPPLIER, supplier=suppliers[0], others=len(suppliers) > 1)
    if number := _numbered(levelled):
        return Asked(Topic.CONTRACT, number=number, others=len(set(_NUMBER.findall(levelled))) > 1)
    topic = next((topic for topic, pattern in _TOPICS if pattern.search(said)), None)
    return _listed(topic, said) if topic else None


def _suppliers(levelled: str) -> list[str]:
    found = _CNPJ.findall(levelled) or _PLAIN_CNPJ.findall(levelled)
    return list(dict.fromkeys(map(number_of, found)))


def _numbered(levelled: str) -> str:
    found = (one[1] for one in _NUMBERED.finditer(levelled) if not _OF_ELSE.search(levelled[: one.start()]))
    return next(found, "")


def number_of(cnpj: str) -> str:
    """Return a CNPJ as the ledger has it.

    >>> number_of("12.345.678/0001-90")
    '12345678000190'
    """
    return "".join(filter(str.isalnum, cnpj)).upper()


def _listed(topic: Topic, said: str) -> Asked:
    wanted = _wanted(said)
    by_count = topic is Topic.SUPPLIERS and _BY_COUNT.search(said) is not None
    return Asked(topic, min(wanted, MOST), by_count=by_count, is_cut=wanted > MOST)


def _wanted(said: str) -> int:
    if _ONE.search(said):
        return 1
    found = _HOW_MANY.search(said)
    told = (found[1] or found[2]) if found else ""
    return _MANY.get(told) or int(told or _USUAL) or _USUAL
