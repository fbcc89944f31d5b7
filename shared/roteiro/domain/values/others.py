"""Who is meant where no entry of a list is named: somebody else, or all of them."""

import re
from collections.abc import Sequence

from roteiro.domain.values.contexts import FINDINGS, LOOKING, MONTH, QUALITY, SPENDING, is_joined, without
from roteiro.domain.values.naming import Span
from roteiro.domain.values.value import CERTAIN

__all__ = ["anyone_else", "is_all", "is_everybody", "someone_spends"]

_NO_ENTRY = -1
_TOWNS_AND_STATES = re.compile(
    r"\b(?:prefeituras?|governo estadual|governo d[oe] (?:estado|distrito)|assembleia legislativa|"
    r"(?:camara|secretaria)s? (?:municipa|estadua)\w+)\b"
)
# Public bodies that people ask for by these names (chosen): an entry of the list that has such a name comes first.
_BODIES = re.compile(
    r"\b(?:ibama|icmbio|petrobras|eletrobras|correios|dnit|fnde|inss|incra|funai|fiocruz|embrapa|anvisa|anatel|"
    r"aneel|antt|anac|antaq|capes|cnpq|inep|ibge|ipea|bndes|banco d[aeo]s? \w+|banco central|bacen|caixa economica|"
    r"caixa federal|policia federal|policia rodoviaria|prf|exercito|marinha|aeronautica|forcas armadas|stf|stj|tse|tst|"
    r"stm|tcu|cnj|cnmp|mpf|mpt|dpu|trf[0-9]?|trt[0-9]?|supremo|defensoria|ministerio publico|senado|senador(?:es)?|"
    r"senate|supreme court|chamber of deputies|camara(?: federal| dos deputados)?|camara de diputados|"
    r"corte suprema|congress?o?|deputados|tribuna(?:l|is)|judiciario|legislativo|universidade federal|infraero|itaipu|"
    r"furnas|embraer|sebrae|senai|sesi|sesc|bank of brazil|central bank|secretaria d[aeo]s?)\b"
)
_UNKNOWN_MINISTRY = re.compile(
    r"\b(?:ministerios? d[aeo]l?s? |ministry (?:of|for) )(?:the |la |el |los |las )?(?=[a-z]{3})"
)
_ASKED_ABOUT = (
    rf"(?:contratos?|contracts?|gastos?|despesas?|licitac(?:ao|oes)|pagamentos?|compras?|purchases|spending|suppliers?|"
    rf"vendors?|proveedores|fornecedor(?:es)?|{FINDINGS}){QUALITY}"
)
_COMMON = (
    r"(?:cnpj|governo|gobierno|government|federal|brasil|brazil|uniao|ministeri\w+|ministr\w+|orgaos?|agenc\w+|executivo|"
    rf"portal|pais|estado|ano|mes|contrat\w+|ultim|year|month|20[0-9]|(?:{MONTH})\b)"
)
# A proper name after what one asks about: "contratos da Xerox", "investigue a Xerox". Not of what is everybody's.
_PROPER = re.compile(
    rf"\b(?:{_ASKED_ABOUT} (?:[dn][ao]s?|del|of|of the|by|at|from)|{LOOKING} (?:[oa]s?|el|la|the)|investigate|"
    r"compar[^.,;]{1,60} (?:com|e|with|and|con|y) (?:[oa]s?|the|el|la)|"
    r"(?:vend|fornec)\w+(?: mais)? (?:pr[ao]s?|para [oa]s?)|^(?:e|and|y) (?:[dn]?[ao]s?|the|el|la)) "
    rf"(?=[a-z])(?!{_COMMON})"
)
# Who is said to spend, with an article: "quanto o metrô gastou", "how much did the zoo spend", "cuánto gastó el museo".
_LITTLE = (
    r"(?!(?:governos?|uniao|brasil|pais|executivo|estado|gente|pessoal|ministerios?|orgaos?|pastas?|povo|empresas?|"
    r"fornecedor\w*|total|mesm[oa]|mais|menos|mai?or\w*|valor|que|qual|contrat\w+|ano|mes|senhora?|dinheiro|"
    r"government|ministry|ministries|agenc\w+|country|brazil|they|it|he|she|we|you|company|supplier\w*|vendor\w*|"
    r"gobierno|ministerio|organismos?|en|de|del|durante|este|el ano|esta|proveedor\w*|cada|tod[oa]s?|all|each|every|"
    rf"federal|adminis\w+|whole|entire|same|year|month|ultim\w+|last|first|primeir\w+|(?:{MONTH})\b|[0-9]))"
)
_DOES = (
    rf"(?:{SPENDING}|assin(?:ou|aram)|fech(?:ou|aram)|firm(?:ou|aram)|celebr(?:ou|aram)|fez|fizeram|possui|tem|teve)"
)
_COUNTED = r"(?:quanto|qnto|qto|quant[oa]s(?: \w+){1,2}|quais(?: \w+){1,3}|que contratos)(?: (?:e|foi) que)?(?: ja)?"
_SPENDERS = re.compile(
    rf"\b(?:{_COUNTED} [oa]s? {_LITTLE}[a-z]\w*(?: \w+){{0,5}}? (?:ja )?{_DOES}"
    rf"|(?:quanto|qnto|qto) (?:ja )?{SPENDING} [oa]s? {_LITTLE}[a-z]\w+"
    rf"|(?:how much|what|how many \w+) (?:did|does|has|have) (?:the )?{_LITTLE}[a-z]\w*(?: \w+){{0,5}}? "
    rf"(?:spen[dt]|paid|pay|buy|bought|sign|signed|have)"
    rf"|cuant[oa]s?(?: \w+)? (?:gasto|compro|pago|contrato|firmo|tiene) (?:el |la |los |las )?{_LITTLE}[a-z]\w*)\b"
)
_ALL = re.compile(r"\b(?:tod[oa]s|tudo|qualquer um|qualquer|geral|all|any|todo|cualquiera)\b")
_SEVERAL = (
    r"(?:orgaos?|ministerios?|pastas|secretarias|entidades|reparticoes|agencies|ministries|departments|bodies|"
    r"organs|organismos|entidades|instituciones)"
)
_STATE = r"(?:governo|gobierno|executivo|uniao|administracao|government)"
_WHOLE = r"(?:todo|toda|inteir[oa]|complet[oa]|enter[oa]|em geral|no geral|como um todo|en su conjunto|as a whole)"
_FEDERAL = r"(?: federal| brasileir[oa]| brasileno| publica)?"
# What may follow "o governo" said of the whole: "o governo de Minas" is another.
_GOES_ON = (
    rf"(?=\s*(?:$|[^\w\s]|(?:{SPENDING}|{_WHOLE}|assin\w+|fech\w+|fez|tem|teve|ja|mais|em|n[ao]s?|neste|nesse|"
    r"este|desde|entre|durante|com|de 20|de [a-z]+ de 20|ano|ultim\w+|spen[dt]|buy|bought|paid|sign|signed|in|during|"
    r"since|on|last|this|with|gasto|compro|pago|en|este|acima|abaixo|above|below|por|per|agora|hoje|20[0-9]{2})\b))"
)
_EVERYBODY = re.compile(
    rf"\b(?:tod[oa]s(?: [oa]s)? {_SEVERAL}|todos (?:los|las) {_SEVERAL}|todas las {_SEVERAL}|"
    rf"(?:all|every|each)(?: of)?(?: the)?(?: federal)? (?:{_SEVERAL}|agency|ministry|department)|qualquer {_SEVERAL}|"
    rf"(?:o )?(?:conjunto|total|soma) d[oa]s {_SEVERAL}|{_STATE}{_FEDERAL} {_WHOLE}|"
    rf"(?:tod[oa]|whole|entire|all)(?: of)?(?: o| a| el| la| the)?(?: federal)? {_STATE}|"
    rf"{_STATE}{_FEDERAL}{_GOES_ON}|(?:o |el )?(?:brasil|pais)(?: todo| inteiro| entero)? {SPENDING})\b"
)
_JUST_ALL = re.compile(
    r"(?:(?:e|y|and|agora|now|ahora|mas|ok|quero|queria|ver|mostra|mostre|me|sim|yes|nao|no|pode ser|para|pra|for|of|"
    r"de|com|from|os|los|the|as|las) )*(?:todos|todas|todos eles|todas elas|tudo|all|all of them|everyone|everybody|"
    r"everything|todo|geral|qualquer um|tanto faz|cualquiera|any|o geral|no geral|em geral|em todos|em todas|every one)"
    r"(?: (?:juntos|juntas|eles|elas|together|por favor|please|ellos))*"
)


def anyone_else(text: str, levelled: str, spans: Sequence[Span]) -> bool:
    """Say whether a message asks about somebody who is no entry: a town or state whatever else it names, or a body.

    Where an entry is named, a body counts only if it is said in one breath with it.
    A wrong alarm is worse than a question too many, so these are few words.
    """
    levelled = without(levelled, spans)
    if _TOWNS_AND_STATES.search(levelled):
        return True
    others = _others(text, levelled)
    return any(is_joined(levelled, one, span) for one in others for span in spans) if spans else bool(others)


def _others(text: str, levelled: str) -> list[Span]:
    """Return where bodies are named that are no entry, as far as their names are known or written as names."""
    proper = [] if text.isupper() else [one for one in _PROPER.finditer(levelled) if text[one.end()].isupper()]
    named = [*_UNKNOWN_MINISTRY.finditer(levelled), *proper]
    words = [Span(_NO_ENTRY, one.end(), one.end() + _length(levelled[one.end() :]), CERTAIN) for one in named]
    return [*(Span(_NO_ENTRY, one.start(), one.end(), CERTAIN) for one in _BODIES.finditer(levelled)), *words]


def _length(rest: str) -> int:
    """Return how long the word is that a text begins with."""
    return len(re.split(r"\W", rest, maxsplit=1)[0])


def someone_spends(levelled: str) -> bool:
    """Say whether somebody who was not recognised is said to spend or to sign: "quanto o metrô gastou?"."""
    return _SPENDERS.search(levelled) is not None


def is_everybody(levelled: str) -> bool:
    """Say whether words that name nobody mean all there are: "o governo todo", "e todos?"."""
    return _EVERYBODY.search(levelled) is not None or _JUST_ALL.fullmatch(levelled.strip(" .,;:!?…")) is not None


def is_all(levelled: str) -> bool:
    """Say whether an answer names nobody because everybody is meant: "todos", "tanto faz, tudo"."""
    return _ALL.search(levelled) is not None
