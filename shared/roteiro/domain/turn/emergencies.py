"""Whether somebody is hurt or wants to die, by word lists alone: then a person is called, and a number comes first.

A needless number costs a smile; a missed one may cost a life. Negations and talk of things are left out all the same.
"""

import re
from collections.abc import Iterator

from roteiro.domain.message import fold

__all__ = ["alarm_of"]

_ACCIDENT = r"(?:acidente|batida|colisao|atropelamento|capotagem|hora|local|accident|crash|accidente|choque)"
_DIED = r"(?:morreu|morreram|faleceu|faleceram|mort[oa]s?|died|dead|murio|murieron|muert[oa]s?)"
_HURT = re.compile(
    r"\b(?:ferid[oa]s?|machucad[oa]s?|machucou|machucaram|feriu|feriram|sangrando|sangramento|hemorragia|desmaiou|"
    r"desmaiad[oa]s?|desacordad[oa]s?|inconscientes?|nao (?:acorda|respira|responde)|atropelad[oa]s?|atropelaram|"
    r"atropel(?:ei|ou)(?: \w+){0,2} (?:pessoa|alguem|gente|crianca|pedestre|ciclista|motoqueiro|mulher|homem)|"
    r"presos? nas ferragens|socorro|"
    r"(?<! a )(?<!para )vitimas?(?! d[eo] (?:golpe|fraude|roubo|furto|assalto|clonagem|estelionato))|"
    r"(?:cham\w+|precis\w+|mand\w+|pec\w+|cade)(?: \w+){0,3} (?:ambulancia|samu|resgate)|"
    r"(?:ambulancia|samu|resgate)(?: \w+){0,3} (?:urgente|rapido|agora|ja)|"
    rf"{_DIED}(?: \w+){{0,3}} (?:n[oa]|in the|en el|en la|the) {_ACCIDENT}|"
    rf"{_ACCIDENT}(?: \w+){{0,3}} {_DIED}|(?:alguem|gente|pessoa|someone|alguien)(?: \w+){{0,2}} {_DIED}|"
    r"injured|bleeding|unconscious|(?:call|need|send)(?: \w+){0,2} ambulance|"
    r"herid[oa]s?|inconsciente|llam\w+(?: \w+){0,2} ambulancia)\b"
)
_DENIED = re.compile(
    r"\b(?:ninguem|nao|sem|nenhum|nenhuma|nem|no one|nobody|not|nadie|sin|no (?:hay|hubo|esta|estan))\b(?: \w+){0,5} ?$"
)
# "Meu carro está machucado" is a joke about a dent, or a customer without a better word.
_THING = re.compile(
    r"\b(?:carro|carrinho|moto|veiculo|caminhao|parachoque|lataria|porta|farol|retrovisor|vidro|pneu|roda|capo|celular|"
    r"bolso|orgulho|casa|muro|portao|seguro|car|bike|coche)"
    r"(?: (?:ta|esta|ficou|foi|todo|toda|bem|muito|meio|um|pouco|so|que|is|was|got|quedo))* ?$"
)
# Of oneself, in the first person; "morrer de rir" and "meu chefe vai me matar" are talk.
_WISH = (
    r"(?<!nao )(?<!nunca )(?:quero|queria|vou|posso|penso em|pensei em|pensando em|vontade de|tentei|tentar|prefiro|"
    r"pensamentos? de|ideia de)(?: (?:muito|mesmo|so|ate|logo))?"
)
_DESPAIR = re.compile(
    rf"\b(?:{_WISH} (?:me matar|morrer(?! de\b)|me suicidar|suicidio|sumir do mundo|dar fim (?:a|na) minha vida|"
    r"(?:tirar|acabar com|dar fim a|por fim a)(?: a)? minha(?: propria)? vida)|"
    r"(?:nao quero|nao aguento)(?: mais)? viver(?: mais)?(?! (?:com|de|em|n[oa]s?|aqui|assim)\b)|"
    r"nao vejo (?:mais )?(?:sentido|razao|motivo) (?:em|para|pra) viver|"
    r"(?<!not )(?<!never )(?<!don t )(?:want|going|gonna|wanna|thinking (?:of|about)|thought (?:of|about))(?: to)? "
    r"(?:kill(?:ing)? myself|die|end(?:ing)? my life|suicide)|i am suicidal|i m suicidal|"
    r"(?<!no )(?:quiero|voy a|pienso en|ganas de) (?:matarme|suicidarme|quitarme la vida|morirme|morir)(?! de\b)|"
    r"no quiero (?:seguir viviendo|vivir mas))\b"
)
_CLAUSE = re.compile(r"[.;:!?\n,]+|\b(?:mas|porém|porem|but|pero)\b", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:e|ou|nem|or|and|ni|y|o|{_DIED})\b")  # "não há feridos, mortos ou vítimas" is one denial


def alarm_of(text: str) -> str:
    """Return the key of what must be said at once: `distress` or `emergency`; empty if nobody is in danger.

    "Ninguém se machucou", dented cars and questions about cover are no emergency.

    >>> alarm_of("tem gente ferida"), alarm_of("ninguém ficou ferido"), alarm_of("quero me matar")
    ('emergency', '', 'distress')
    """
    if _DESPAIR.search(fold(text)):
        return "distress"
    is_hurt = not text.rstrip().endswith("?") and any(_hurts(clause) for clause in _clauses(text))
    return "emergency" if is_hurt else ""


def _clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a text, folded; a list goes on behind its commas."""
    clause = ""
    for part in map(fold, _CLAUSE.split(text)):
        if clause and not (_GOES_ON.match(part) or _HURT.match(part)):
            yield clause
            clause = part
        else:
            clause = f"{clause} {part}".strip()
    yield clause


def _hurts(clause: str) -> bool:
    return any(
        not _DENIED.search(clause[: found.start()]) and not _THING.search(clause[: found.start()])
        for found in _HURT.finditer(clause)
    )
