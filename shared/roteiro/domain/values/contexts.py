"""Where a name of a list counts that nobody asked for: what stands before and after it, and who is no entry at all."""

import re
from collections.abc import Sequence

from roteiro.domain.values.days import MONTHS
from roteiro.domain.values.naming import Span

__all__ = ["anyone_else", "is_all", "is_alone", "is_elsewhere", "is_joined", "is_meant", "is_refused"]

_LOOK_BACK = 60  # characters before a name that can hold its context
_LOOK_AHEAD = 40
_OF = r"[dn][aeo]s?"
_QUALITY = (
    r"(?: (?:public|suspeit|estranh|errad)[oa]s?| irregular(?:es)?| recentes| federais| fora do (?:normal|padrao))?"
)
# A name that says by itself that it is a ministry's.
_OWN = re.compile(r"ministerio d[aeo]s? |ministry of |[a-z]+ ministry\b")
_MINISTRY = re.compile(r"\b(?:ministerio|pasta) d[aeo]s? $")
_STRONG = re.compile(
    r"\b(?:(?:ministerio|pasta) d[aeo]s?|(?:contratos?|gastos?|despesas?|verbas?|recursos|licitac(?:ao|oes)|"
    rf"orcamentos?|pagamentos?|compras?){_QUALITY} (?:{_OF}|com [ao]s?)) $"
)
_FINDINGS = (
    r"(?:anomalias?|indicios?|irregularidades?|padr(?:ao|oes)|investigac(?:ao|oes)|fraudes?|fornecedores|pregoes|corrupcao|"
    r"desvios?|roubos?)"
)
_LOOKING = (
    r"(?:(?:vi|li)?ver|olhar|mostr\w+|list\w+|investig\w+|analis\w+|compar\w+|verifi\w+|consult\w+|audit\w+|"
    r"fiscaliz\w+|apur\w+)"
)
_SPENDING = r"(?:gast|contrat|compr|pag|licit)(?:ou|aram|a|am|ando)"
_SUMMED = r"(?:fornecedor|empresas?|maior(?:es)?|mais (?:car|alt)[oa]s?|total|soma|lista)"
_SIGNING = r"(?:tem|possui|assin(?:ou|aram)|fechou|fez|vend\w+ (?:para|pra))"
_SPENT_BY = r"(?:gast|pag|contratad|comprad|assinad)[oa]s? p[eo]l[ao]s?"
# These say less: the name must also end what is said of it (`_ENDED`), or be who spends.
_WEAK = re.compile(
    rf"\b(?:{_FINDINGS}{_QUALITY} {_OF}|(?:algo|coisa|nada|tudo)(?: de)?{_QUALITY} n[ao]s?|{_SPENDING} n[ao]s?|"
    rf"receb\w+ d[ao]s?|{_SUMMED}{_QUALITY} {_OF}|{_SIGNING} [ao]s?|{_SPENT_BY}|"
    rf"{_LOOKING}(?: (?:{_OF}|[oa]s?|os d[aeo]s?))?) $"
)
_SPENDS = re.compile(rf" (?:mais )?{_SPENDING}\b")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENDED = re.compile(
    r"\s*(?:$|[^\w\s]|(?:e|ou|x|vs|versus|com|comparad\w+|em|n[aeo]s?|n?est[ea]|n?ess[ea]|desde|entre|durante|ano|"
    r"ultim\w+|agora|hoje|tambem|tb|acima|abaixo|mai\w+|men\w+|ate|a partir|por|pra|pfv|[0-9]\S*|"
    rf"d[aeo]s? (?:[0-9]|ano|mes|ultim|{_MONTH}))\b)"
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
_NAMED_THING = re.compile(r"(?:^|\b(?:[dn]?[ao]s?|ministerio d[aeo]|secretarias?(?: \w+){0,2} d[aeo]s?) )$")
_JUSTICE_ALONE = re.compile(r"justica federal\b")
_ELSEWHERE_BEFORE = re.compile(r"\b(?:secretarias?|tribunal)(?: \w+){0,2} d[aeo]s? $")
_TOWNS_AND_STATES = re.compile(
    r"\b(?:prefeituras?|governo estadual|governo d[oe] (?:estado|distrito)|assembleia legislativa|"
    r"(?:camara|secretaria)s? (?:municipa|estadua)\w+)\b"
)
# Public bodies that people ask for by these names (chosen): an entry of the list that has such a name comes first.
_BODIES = re.compile(
    r"\b(?:ibama|icmbio|petrobras|eletrobras|correios|dnit|fnde|inss|incra|funai|fiocruz|embrapa|anvisa|anatel|"
    r"aneel|antt|anac|capes|cnpq|inep|ibge|ipea|bndes|banco do brasil|caixa economica|policia federal|"
    r"policia rodoviaria|prf|exercito|marinha|aeronautica|forcas armadas|stf|stj|tse|tst|tcu|mpf|"
    r"ministerio publico|senado|camara dos deputados|congresso|tribunal|universidade federal|"
    r"secretaria d[aeo])\b"
)
_UNKNOWN_MINISTRY = re.compile(r"\b(?:ministerio d[aeo]s?|ministry of) (?=[a-z]{4})")
# A proper name after what one asks about: "contratos da Xerox". Not of what is everybody's.
_PROPER = re.compile(
    rf"\b(?:contratos?|gastos?|despesas?|licitac(?:ao|oes)|pagamentos?|compras?|{_FINDINGS}){_QUALITY} [dn][ao]s? "
    r"(?=[a-z])(?!(?:cnpj|governo|brasil|uniao|ministerios?|orgaos?|executivo|portal|pais|estado|ano|mes|contratos?|"
    r"ultim))"
)
_ALL = re.compile(r"\b(?:tod[oa]s|tudo|qualquer um|qualquer|geral|all|any|todo|cualquiera)\b")


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
    )


def is_alone(levelled: str, spans: Sequence[Span]) -> bool:
    """Say whether a message holds nothing but names and little words: "e a defesa?", "quero os dos transportes"."""
    levelled = _without(levelled, spans)
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


def anyone_else(text: str, levelled: str, spans: Sequence[Span]) -> bool:
    """Say whether a message asks about somebody who is no entry: a town or state whatever else it names, or a body.

    A body counts only where no entry is named. A wrong alarm is worse than a question too many, so these are few words.
    """
    levelled = _without(levelled, spans)
    if _TOWNS_AND_STATES.search(levelled):
        return True
    if spans:
        return False
    if _BODIES.search(levelled) or _UNKNOWN_MINISTRY.search(levelled):
        return True
    return not text.isupper() and any(text[found.end()].isupper() for found in _PROPER.finditer(levelled))


def is_all(levelled: str) -> bool:
    """Say whether an answer names nobody because everybody is meant: "todos", "tanto faz, tudo"."""
    return _ALL.search(levelled) is not None


def _without(levelled: str, spans: Sequence[Span]) -> str:
    """Return a text with names replaced by blanks, so that places stay what they are."""
    for span in spans:
        levelled = levelled[: span.start] + " " * (span.end - span.start) + levelled[span.end :]
    return levelled
