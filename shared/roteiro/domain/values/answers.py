"""Yes or no, said in Portuguese, English or Spanish, as an answer to a question; unsure and both are told apart."""

import re

from roteiro.domain.message import fold
from roteiro.domain.texts import text as text_of
from roteiro.domain.values.value import BARE, CERTAIN, LIKELY, Found, Hints, Problem, Value

__all__ = ["find_answers"]

_YES = (
    "sim|s|ss|isso|isso mesmo|isso ai|correto|certo|certinho|exato|exatamente|confirmo|confirmado|pode ser|"
    "pode|claro|com certeza|certamente|ok|okay|uhum|aham|positivo|quero|aceito|concordo|afirmativo|e isso|e isso mesmo|"
    "fechado|beleza|blz|ta certo|esta certo|ta correto|esta correto|perfeito|por favor|tenho|houve|"
    "yes|y|yeah|yep|yup|sure|correct|right|of course|si|claro que si|por supuesto"
)
_NO = (
    "nao|n|nn|nao quero|negativo|ainda nao|claro que nao|de jeito nenhum|de forma alguma|de modo algum|nunca|jamais|"
    "nem pensar|nada disso|errado|incorreto|ta errado|esta errado|nope|no|nah|not yet|of course not|never|"
    "todavia no|aun no|nao houve|nao tenho|nao tem|nao e|nao foi|nao confirmo|nao esta|nao ta|nao aceito|nao concordo|"
    "nao pode|nao precisa|nao obrigado|nao obrigada|not correct|not really|incorrect"
)
_UNSURE = (
    "talvez|depende|acho|mais ou menos|quem sabe|maybe|perhaps|tal vez|quizas|quiza|pode ser que sim pode ser que nao"
)
_FILLERS = "ah|eh|e|hum|hm|bom|bem|entao|olha|eu|acho que|creio que|i think|creo que|well|pues|que|sim sim|a|opa|oi|ja"

_ANSWER = re.compile(rf"(?:(?:{_FILLERS}) ){{0,3}}(?:(?P<no>{_NO})|(?P<yes>{_YES}))\b")
_ENDING = re.compile(r"(?:^| )(?:(?P<no>nao|no)|(?P<yes>sim|yes|si))$")
_DOUBT = re.compile(rf"(?:(?:{_FILLERS}) ){{0,2}}(?:{_UNSURE})\b(?! que (?:sim|nao|si|no)\b)")
_YES_WORD = re.compile(r"\b(?:sim|yes|si|s)\b")
_NO_WORD = re.compile(r"\b(?:nao|no|n|not)\b")
_THUMBS = {"\N{THUMBS UP SIGN}": True, "\N{THUMBS DOWN SIGN}": False}
_LONGEST = 200  # characters of an answer that are looked at; its sense stands at the start or the end


def find_answers(text: str, hints: Hints) -> Found:
    """Find a yes or a no at the start or the end of an answer. Problem: `ambiguous` ("talvez", "sim e não")."""
    said = fold(text)
    thumbs = {truth for sign, truth in _THUMBS.items() if sign in text}
    if len(thumbs) > 1 or _DOUBT.match(said):
        yield Problem("ambiguous")
    elif thumbs and not said:
        yield _value(thumbs.pop(), text, CERTAIN, hints)
    else:
        yield from _in_words(said, text, hints)


def _in_words(said: str, text: str, hints: Hints) -> Found:
    start = _ANSWER.match(said[:_LONGEST])
    found = start or _ENDING.search(said[-_LONGEST:])
    if not found:
        return
    truth = found["yes"] is not None
    rest = said[found.end() :] if start else said[-_LONGEST:][: found.start()]
    if rest and (_NO_WORD if truth else _YES_WORD).search(rest[:_LONGEST]):
        yield Problem("ambiguous")
    else:
        yield _value(truth, text, BARE if not start else LIKELY if rest else CERTAIN, hints)


def _value(truth: bool, text: str, certainty: float, hints: Hints) -> Value:  # noqa: FBT001 - the answer itself
    start = len(text) - len(text.lstrip())
    return Value(truth, text_of("yes" if truth else "no", hints.locale), start, len(text.rstrip()), certainty)
