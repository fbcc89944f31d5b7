"""What words ask of contracts that the ledger cannot filter: a matter, how they were bought, a company by its name."""

import re

from roteiro.domain.message import fold

__all__ = ["company_in", "names_matter", "names_way"]

_MATTER = re.compile(r"\b(?:gast\w+|pag\w+|spen[dt]\w*|paid|torr\w+) (?:\w+ ){0,4}(?:com|on|con) [a-z]{4,}")
_WAY = re.compile(
    r"\b(?:(?:sem|com|por|via|de|without|by|sin|con) (?:(?:a|uma|una|any) )?(?:licitac(?:ao|oes)|dispensas?|"
    r"inexigibilidade|pregao|pregoes|concorrencia|adesao|tender(?:ing|s)?|bidding|waivers?|licitacion(?:es)?)"
    r"|(?:contrat\w+|compras?) (?:emergencia(?:l|is)|direta|diretas|dispensad[oa]s)|contratac(?:ao|oes) diretas?"
    r"|(?:contratos|contracts) (?:vigentes|ativos|em vigor|encerrados|vencidos|in force)"
    r"|(?:emergency|no bid|direct) (?:contracts?|purchases?)|contratos de emergencia)\b"
)
_FIRM = (
    r"(?:empresa|firma|companhia|construtora|fornecedor(?:a)?|contratada|company|firm|supplier|vendor|contractor|"
    r"proveedor(?:a)?)"
)
_NO_NAME = (  # what follows "a empresa" where no name does
    r"(?:que|qual|quais|mais|menos|com|sem|de|da|do|das|dos|del|em|na|no|nas|nos|para|pra|por|contratad\w+|recebe\w*|"
    r"receb\w+|ganh\w+|vend\w+|tem|teve|tinha|fornec\w+|e|eh|foi|sao|esta|dele|dela|deles|delas|disso|desse|dessa|nao|ja|"
    r"estatal|publica|privada|principal|who|that|which|with|in|of|for|is|was|got|has|had|received?|receives|won|wins|sold|"
    r"the|one|most|al|en|con|mas|es|tiene|gano|recibio|vendio|estrangeira|sozinha|atende\w*|atual|a|o|as|os|aqui|acima|"
    r"cada|algum\w*|maior(?:es)?|menor(?:es)?|qualquer|tod[oa]s?|governo|ministerio|orgao|presidencia|uniao|prefeitura|"
    r"fantasma\w*|suspeita|laranja|pequen[ao]|grande|nova|novo|responsavel|vencedor[ao]?|unic[ao]|mesm[ao]|outr[ao]|"
    r"cnpj|eu|voces?|ele|ela|eles|elas|they|he|she|it|government|ministry|agency|gobierno|ministerio|organismo)"
)
_NAMED = re.compile(
    rf"\b{_FIRM} (?:chamada |chamado |de nome |named |called |llamada )?"
    rf"((?!{_NO_NAME}\b)[a-z0-9]{{2,}}(?: (?!{_NO_NAME}\b)[a-z0-9&]+){{0,5}})"
)
_GETS = r"(?:receb\w+|ganh\w+|vend\w+|fornece\w*|fatur\w+|receive[sd]?|got|get|recibio|gano|vendio)"
_PAID = re.compile(
    rf"\b(?:quanto|how much(?: did)?|cuanto)(?: (?:e )?que)? (?:ja )?(?:a |o |la |el |the )?"
    rf"((?!{_NO_NAME}\b)(?!{_FIRM}\b)(?!{_GETS}\b)[a-z0-9]{{3,}}(?: (?!{_GETS}\b)[a-z0-9&]+){{0,5}}) (?:ja )?{_GETS}\b"
)

_LETTERS = re.compile(r"[a-z]{2}")  # a year is no name


def names_matter(words: str) -> bool:
    """Say whether spending on some matter is asked for.

    >>> names_matter("quanto o governo gastou com vacina?"), names_matter("quanto o MEC gastou?")
    (True, False)
    """
    return _MATTER.search(fold(words)) is not None


def names_way(words: str) -> bool:
    """Say whether contracts made or standing in some way are asked for: without a tender, in force.

    >>> names_way("contratos sem licitação da saúde"), names_way("contratos da saúde")
    (True, False)
    """
    return _WAY.search(fold(words)) is not None


def company_in(words: str, *, has_organ: bool = False) -> str:
    """Return the name of a company that words ask about, without its signs; empty if they name none.

    `has_organ`: the words name an organ, so that who "recebeu" may be that one.

    >>> company_in("quanto a Empresa Fictícia 0038 recebeu em 2025?"), company_in("qual empresa mais recebeu?")
    ('ficticia 0038', '')
    """
    said = fold(words)
    found = _NAMED.search(said) or (None if has_organ else _PAID.search(said))
    return found[1] if found and _LETTERS.search(found[1]) else ""
