"""Where a name of a list counts that nobody asked for: what stands before and after it."""

import re
from collections.abc import Sequence

from roteiro.domain.values.days import MONTHS
from roteiro.domain.values.naming import Span

__all__ = [
    "FINDINGS",
    "LOOKING",
    "MONTH",
    "QUALITY",
    "SPENDING",
    "is_alone",
    "is_elsewhere",
    "is_joined",
    "is_meant",
    "is_refused",
    "is_somebodys",
    "stands_alone",
    "without",
]

_LOOK_BACK = 60  # characters before a name that can hold its context
_LOOK_AHEAD = 40
_OF = r"[dn][aeo]s?"
QUALITY = (
    r"(?: (?:public|suspeit|estranh|errad)[oa]s?| irregular(?:es)?| recentes| federais| fora do (?:normal|padrao))?"
)
# A name that says by itself that it is a ministry's.
_OWN = re.compile(r"ministerio d[aeo]s? |ministry of |[a-z]+ ministry\b")
_MINISTRY = re.compile(r"\b(?:ministerio|pasta) d[aeo]s? $")
_STRONG = re.compile(
    r"\b(?:(?:ministerio|pasta) d[aeo]s?|(?:contratos?|gastos?|despesas?|verbas?|recursos|licitac(?:ao|oes)|"
    rf"orcamentos?|pagamentos?|compras?){QUALITY} (?:{_OF}|com [ao]s?)) $"
)
FINDINGS = (
    r"(?:anomalias?|indicios?|irregularidades?|padr(?:ao|oes)|investigac(?:ao|oes)|fraudes?|fornecedores|pregoes|corrupcao|"
    r"desvios?|roubos?)"
)
LOOKING = (
    r"(?:(?:vi|li)?ver|olhar|mostr\w+|list\w+|investig\w+|analis\w+|compar\w+|verifi\w+|consult\w+|audit\w+|"
    r"fiscaliz\w+|apur\w+)"
)
SPENDING = r"(?:gast|contrat|compr|pag|licit)(?:ou|aram|a|am|ando)"
_SUMMED = r"(?:fornecedor|empresas?|maior(?:es)?|mais (?:car|alt)[oa]s?|total|soma|lista)"
_SIGNING = r"(?:tem|teve|possui|assin(?:ou|aram)|fechou|fecharam|firm(?:ou|aram)|celebr(?:ou|aram)|fez|fizeram)"
_SELLING = r"(?:(?:vend|fornec|entreg|receb)\w+|contratos?|fornecedor(?:es)?|empresas?)"
_SPENT_BY = r"(?:gast|pag|contratad|comprad|assinad)[oa]s? p[eo]l[ao]s?"
# These say less: the name must also end what is said of it (`_ENDED`), or be who spends.
_WEAK = re.compile(
    rf"\b(?:{FINDINGS}{QUALITY} {_OF}|(?:algo|coisa|nada|tudo)(?: de)?{QUALITY} n[ao]s?|{SPENDING} n[ao]s?|"
    rf"receb\w+ d[ao]s?|{_SUMMED}{QUALITY} {_OF}|{_SIGNING} [ao]s?|{_SPENT_BY}|"
    rf"{_SELLING}(?: (?:mais|menos))? (?:para [oa]s?|pr[ao]s?|[ao]s?)|"
    rf"{LOOKING}(?: (?:{_OF}|[oa]s?|os d[aeo]s?))?) $"
)
_BOUGHT = r"(?:abri(?:u|ram)|anda|andam|spen[dt]|bought|signed|paid|has|have|gasto|compro|pago)"
_DOES = rf"(?:(?:ja|mais|menos|so|tambem) )?(?:{SPENDING}|{_SIGNING}|{_BOUGHT})"
_SPENDS = re.compile(rf" (?:mais )?{SPENDING}\b")
# "quantos contratos a defesa fez": the verbs of a count say who does it only where contracts are counted.
_COUNTED = re.compile(r"\b(?:contratos?|contracts?|compras?|licitac(?:ao|oes)|fornecedores|quanto|how much|cuanto)\b")
_SIGNS = re.compile(rf" {_DOES}\b")
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENDED = re.compile(
    r"\s*(?:$|[^\w\s]|(?:e|ou|x|vs|versus|com|comparad\w+|em|n[aeo]s?|n?est[ea]|n?ess[ea]|desde|entre|durante|ano|"
    r"ultim\w+|agora|hoje|tambem|tb|acima|abaixo|mai\w+|men\w+|ate|a partir|por|pra|pfv|[0-9]\S*|"
    rf"y|and|vs|en|in|during|since|from|last|this|durante|el ano|del ano|este|hasta|until|segundo|conforme|"
    rf"(?:d[aeo]s?|of|de) (?:[0-9]|ano|mes|ultim|{MONTH})|{MONTH})\b)"
)
# Before a name that stands for the organ itself, whatever else is said: an article, or what one asks about.
_ARTICLE = re.compile(
    r"(?:^|[^\w\s]|\b(?:[dn]?[ao]s?|ao|aos|pel[ao]s?|pr[ao]s?|de la|el|los|las|del|al|the|of|did|does|by|for|at|from|"
    r"in|en|entre|between|proveedores de|"
    r"contratos?|gastos?|despesas?|compras?|pagamentos?|licitac(?:ao|oes)|contracts?|spending|suppliers|proveedores|"
    rf"{FINDINGS}|{LOOKING}|[0-9]{{4}})) ?$"
)
# Before a name that is a plain word there: "meu trabalho", "boa cultura".
_SOMEBODYS = re.compile(
    r"\b(?:uma?|uns|umas|an|me[us]|minhas?|seus?|suas?|noss[ao]s?|ess[ea]s?|est[ea]s?|aquel[ea]s?|bo[ma]|bons|boas|otim[oa]|"
    r"muit[oa]|"
    r"tod[oa]|cada|dar|deu|dei|pouc[oa]|nenhum|my|your|this|that|good|great|su|mi|tu|buen) $"
)

_LITTLE = frozenset(
    "e a o as os da do das dos na no nas nos de em ou com para pra pro x vs agora mas entao so oi ola ok certo "
    "sim tambem  tb quero queria ver quer olhar mostra mostre me outra vez novo ano passado este esse deste desse "
    "nesse neste ultimo  ultimos ultima meses mes trimestre semestre tira tirar retira sem menos nao era eh y and "
    "now the of about what el la  los las del ahora por favor pfv ai ministerio pasta".split()
) | frozenset(MONTHS)
_JOINT = re.compile(
    r"(?: ?[,/&+] ?|,? (?:e|ou|x|vs|versus|com|y|and) )(?:(?:[dn]?[aeo]s?|com [ao]s?) )?(?:ministerio d[aeo]s? )?"
)
_REFUSED = re.compile(
    r"\b(?:tir(?:a|ar|e|o)|retir(?:a|ar|e)|remov(?:a|e|er)|exclu[ai]r?|sem|menos|exceto|fora|"
    r"(?:nao|nem)(?: (?:e|eh|era|quero|queria|sao)(?: (?:mais|ver|saber))?)?)(?: mais)?"
    r" (?:(?:[dn]?[aeo]s?|[oa]s? d[aeo]s?) )?$"
)
# Of a town, a state, a court: what bears a ministry's name there is none of its own.
_OTHERS = r"(?:prefeituras?|municipios?|estado|consumidor|trabalho|governo d[oe] estado)"
_ELSEWHERE_AFTER = re.compile(rf" (?:municipal|estadual|eleitoral|militar|civil|d[eoa]s? {_OTHERS})\b")
_NAMED_THING = re.compile(r"(?:^|\b(?:[dn]?[ao]s?|de|ministerio d[aeo]|secretarias?(?: \w+){0,2} d[aeo]s?) )$")
_JUSTICE_ALONE = re.compile(r"justica federal\b")
_ELSEWHERE_BEFORE = re.compile(r"\b(?:secretarias?|tribunal)(?: \w+){0,2} d[aeo]s? $")


def is_meant(levelled: str, span: Span, needs: str) -> bool:
    """Say whether a name stands where one counts that `needs` what an entry says."""
    if needs == "none" or _OWN.match(levelled, span.start):
        return True
    before = levelled[max(0, span.start - _LOOK_BACK) : span.start]
    if needs == "ministry":
        return _MINISTRY.search(before) is not None
    if _STRONG.search(before):
        return True
    return (_WEAK.search(before) is not None and _ENDED.match(levelled, span.end) is not None) or (
        _SPENDS.match(levelled, span.end) is not None
        or (_SIGNS.match(levelled, span.end) is not None and _COUNTED.search(levelled) is not None)
    )


def stands_alone(levelled: str, span: Span) -> bool:
    """Say whether a name may stand for the organ itself where a demand of organs names no other: "a defesa em 2025".

    "Justiça social" and "em defesa de" say something else.
    """
    before = levelled[max(0, span.start - _LOOK_BACK) : span.start]
    is_ended = _ENDED.match(levelled, span.end) is not None or _SIGNS.match(levelled, span.end) is not None
    return is_ended and _ARTICLE.search(before) is not None


def is_somebodys(levelled: str, span: Span) -> bool:
    """Say whether a name is a plain word of the customer's: "meu trabalho"."""
    return _SOMEBODYS.search(levelled[max(0, span.start - _LOOK_BACK) : span.start]) is not None


def is_alone(levelled: str, spans: Sequence[Span]) -> bool:
    """Say whether a message holds nothing but names and little words: "e a defesa?", "quero os dos transportes"."""
    levelled = without(levelled, spans)
    return all(word in _LITTLE or word[0].isdecimal() for word in re.findall(r"\w+", levelled))


def is_joined(levelled: str, one: Span, other: Span) -> bool:
    """Say whether two names are said in one breath: "transportes e saúde", "a cultura, o esporte"."""
    first, second = sorted((one, other), key=lambda span: span.start)
    return _JOINT.fullmatch(levelled, first.end, second.start) is not None


def is_refused(levelled: str, span: Span) -> bool:
    """Say whether a name is one that is not wanted: "tira a saúde", "não é a defesa"."""
    return _REFUSED.search(levelled[max(0, span.start - _LOOK_BACK) : span.start]) is not None


def is_elsewhere(levelled: str, span: Span) -> bool:
    """Say whether a name is that of somebody else: "justiça eleitoral", "secretaria de saúde", "defesa civil"."""
    before = levelled[max(0, span.start - _LOOK_BACK) : span.start]
    if not _NAMED_THING.search(before):
        return False
    after = _ELSEWHERE_AFTER.match(levelled[: span.end + _LOOK_AHEAD], span.end)
    return bool(after or _ELSEWHERE_BEFORE.search(before) or _JUSTICE_ALONE.match(levelled, span.start))


def without(levelled: str, spans: Sequence[Span]) -> str:
    """Return a text with names replaced by blanks, so that places stay what they are."""
    for span in spans:
        levelled = levelled[: span.start] + " " * (span.end - span.start) + levelled[span.end :]
    return levelled
