"""What a customer wants, where no matching is needed: a person, a greeting, an answer to "A or B?". Word lists only.

Lists hold folded words (`message.fold`) and are compared as whole words, so "depoimento" holds no "oi".
"""

import re
from collections.abc import Sequence

from roteiro.domain.message import fold

__all__ = ["COMPLAINTS", "PEOPLE", "chosen_topic", "is_courtesy", "queue_wanted"]

PEOPLE = "padrao"  # the queue of those who ask for a person
COMPLAINTS = "reclamacao"  # the queue of those who want to complain

_ATTENDANT = (
    "atendente|atendentes|humano|humana|ser humano|pessoa real|pessoa de verdade|operador|operadora|consultor|"
    "consultora|supervisor|gerente|agent|human|representative|operator|supervisor|manager|agente|representante"
)
_ANYBODY = "pessoa|pessoas|gente|alguem|person|someone|somebody|persona"
_OUTSIDE = "procon|ouvidoria|advogado|advogada"  # asked for by name; the words alone are no request
_SPEAK = (
    "falar|fala|conversar|chama|chame|chamar|passa|passe|passar|transfere|transfira|transferir|"
    "speak|talk|connect|transfer|hablar|pasame|transfierame|comunicame"
)
_WANT = (
    "quero|queria|preciso|prefiro|gostaria de|pode me passar|tem|cade|me da|want|need|get me|quiero|necesito|prefiero"
)
_LINKS = (
    "(?:com|para|pra|pro|um|uma|o|a|de|do|da|algum|alguma|outro|outra|mim|me|por favor|to|with|an|the|con|un|una|el|la)"
)
_REQUEST = re.compile(
    rf"\b(?:(?:{_SPEAK})(?: {_LINKS}){{0,4}} (?:{_ATTENDANT}|{_ANYBODY}|{_OUTSIDE})"
    rf"|(?:{_WANT})(?: {_LINKS}){{0,3}} (?:{_ATTENDANT})"
    rf"|(?:quero|queria|prefiro|want|quiero)(?: {_LINKS}){{0,3}} (?:{_ANYBODY})$)\b"
)
_NEGATED = re.compile(
    rf"\b(?:nao|nem|sem|not|don t|no)(?: \w+){{0,2}} (?:{_SPEAK}|{_WANT})(?: \w+){{0,4}} (?:{_ATTENDANT}|{_ANYBODY})\b"
)
_JUST_THAT = re.compile(rf"(?:um |uma |an? |una? )?(?:{_ATTENDANT}|{_ANYBODY})(?: por favor| please)?")
_COMPLAINT = re.compile(
    r"(?:eu )?(?:(?:quero|queria|preciso|vou|gostaria de|desejo) )?(?:(?:fazer|registrar|abrir) )?(?:uma )?"
    r"(?:reclamar|reclamacao)(?: formal)?(?: por favor)?"
    r"|(?:i (?:want|would like) to )?(?:complain|(?:make|file) a complaint|complaint)(?: please)?"
    r"|(?:quiero |deseo )?(?:poner una queja|queja|presentar una queja)(?: por favor)?"
)

_SHORT_ANSWER = 6  # words; a longer text is a demand of its own and goes to the matcher
_YES = frozenset("sim s isso correto exato claro ok yes yeah si".split())
_PLACES = (
    frozenset("1 um primeiro primeira first one primero primera".split()),
    frozenset("2 dois segundo segunda second two dos".split()),
    frozenset("3 tres terceiro terceira third three tercero tercera".split()),
)
_LAST = frozenset("ultimo ultima last".split())
_FILLERS = _YES | frozenset(
    "o a os as e eh de da do opcao numero sobre quero eu the is it option number about i la el es opcion esse essa "
    "este esta mesmo por favor please pode ser".split()
)


def queue_wanted(text: str) -> str | None:
    """Return the queue of people that the words ask for (PEOPLE or COMPLAINTS); None if they ask for nobody.

    >>> queue_wanted("quero falar com um atendente"), queue_wanted("não quero falar com atendente")
    ('padrao', None)
    """
    said = fold(text)
    if _COMPLAINT.fullmatch(said):
        return COMPLAINTS
    asked = _JUST_THAT.fullmatch(said) or (_REQUEST.search(said) and not _NEGATED.search(said))
    return PEOPLE if asked else None


def is_courtesy(text: str) -> bool:
    """Say whether the words are only a greeting, thanks or goodbye.

    >>> is_courtesy("Oiii, bom dia!"), is_courtesy("oi, bati o carro")
    (True, False)
    """
    words = [_squeeze(word) for word in fold(text).split()]
    at, greeted = 0, False
    while at < len(words):
        length = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in _COURTESIES), 0)
        if not length and words[at] not in _AROUND_COURTESIES:
            return False
        greeted = greeted or bool(length)
        at += length or 1
    return greeted


def chosen_topic(text: str, titles: Sequence[str]) -> int | None:
    """Return which of the offered titles a short answer names (0 is the first); None if it names none or several.

    >>> chosen_topic("a segunda opção", ["Sinistro", "Cobertura"])
    1
    """
    words = fold(text).split()
    if not words or len(words) > _SHORT_ANSWER:
        return None
    core = [word for word in words if word not in _FILLERS]
    if not core:  # "sim" means the best one, which was named first
        return 0 if _YES & set(words) else None
    if len(core) == 1 and (place := _place(core[0], len(titles))) is not None:
        return place
    named = [at for at, title in enumerate(titles) if set(core) <= set(fold(title).split())]
    return named[0] if len(named) == 1 else None


def _place(word: str, count: int) -> int | None:
    if word in _LAST:
        return count - 1
    return next((at for at, words in enumerate(_PLACES[:count]) if word in words), None)


def _squeeze(word: str) -> str:
    """Write repeated letters once, so that "oiiii" is "oi"."""
    return re.sub(r"(.)\1+", r"\1", word)


_COURTESIES = frozenset(
    " ".join(map(_squeeze, phrase.split()))
    for phrase in (
        "oi,oie,ola,opa,eai,e ai,salve,alo,bom dia,boa tarde,boa noite,boas,tudo bem,tudo bom,td bem,como vai,blz,"
        "beleza,obrigado,obrigada,obg,brigado,brigada,valeu,vlw,agradeco,grato,grata,de nada,tchau,ate logo,ate mais,"
        "hello,hi,hey,good morning,good afternoon,good evening,thanks,thank you,thx,bye,goodbye,"
        "hola,buenos dias,buenas tardes,buenas noches,buenas,gracias,adios,hasta luego"
    ).split(",")
)
_AROUND_COURTESIES = frozenset(
    "e muito voce vc com pela ajuda por tudo mesmo gente pessoal a todos you very muchas".split()
)
