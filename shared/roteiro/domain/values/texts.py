"""Free text as an answer: as said, trimmed; courtesies and mere signs never fill a slot."""

from roteiro.domain.message import fold
from roteiro.domain.values.value import LIKELY, Found, Hints, Problem, Value

__all__ = ["find_long_texts", "find_texts", "is_unknown"]

_LONGEST_TEXT = 200  # characters
_LONGEST_LONG_TEXT = 1000  # characters, as a whole message
_EMPTY = frozenset(
    "ok,okay,certo,ta,ta bom,ta certo,sim,nao,isso,isso mesmo,beleza,blz,entendi,claro,pode ser,uhum,aham,hum,"
    "obrigado,obrigada,muito obrigado,muito obrigada,obg,valeu,vlw,oi,ola,opa,bom dia,boa tarde,boa noite,tudo bem,"
    "yes,no,sure,thanks,thank you,hello,hi,si,gracias,muchas gracias,hola,vale,de acuerdo,perfeito,combinado".split(",")
)
_UNKNOWN = frozenset(
    "nao sei,nao tenho,nao lembro,nao me lembro,nao faco ideia,nao faco a menor ideia,sei la,nao sei dizer,"
    "nao sei informar,nao sei te dizer,nao tenho certeza,nao tenho aqui,nao tenho agora,nao tenho isso,nem ideia,"
    "nao conheco,desconheco,esqueci,nao estou com ele,nao estou com ela,nao achei,nao encontrei,sem ideia,"
    "i don t know,i dont know,don t know,dont know,i don t have it,i don t remember,no idea,not sure,"
    "no se,no lo se,no tengo,no lo tengo,no recuerdo,no me acuerdo,ni idea".split(",")
)
_AROUND_UNKNOWN = frozenset(
    "eu ainda isso o a esse essa numero agora aqui no momento desculpa desculpe ih poxa ah hum mas infelizmente nao "
    "dele dela disso mais de cabeca comigo yet sorry".split()
)


def find_texts(text: str, hints: Hints) -> Found:
    """Take 1 to 200 characters. Problems: `none`, `too_short`, `too_long` (limit), `bad_form` (the pattern)."""
    yield _whole(text, hints, _LONGEST_TEXT)


def find_long_texts(text: str, hints: Hints) -> Found:
    """Take 1 to 1000 characters. Problems as for a text."""
    yield _whole(text, hints, _LONGEST_LONG_TEXT)


def is_unknown(text: str) -> bool:
    """Say whether the whole answer is that they do not know or do not have it.

    >>> is_unknown("Não sei, desculpa"), is_unknown("não sei se é 12/03")
    (True, False)
    """
    said = fold(text)
    if said in _UNKNOWN:
        return True
    words = said.split()[:12]  # a longer answer says more than that
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if " ".join(words[start:end]) in _UNKNOWN:
                return set(words[:start] + words[end:]) <= _AROUND_UNKNOWN
    return False


def _whole(text: str, hints: Hints, longest: int) -> Value | Problem:
    said = text.strip()
    folded = fold(text)
    most = int(hints.maximum) if hints.maximum else longest
    least = int(hints.minimum) if hints.minimum else 1
    if not any(map(str.isalnum, said)) or folded in _EMPTY:
        return Problem("none")
    if len(said) > most:
        return Problem("too_long", (("limit", str(most)),))
    if len(said) < least:
        return Problem("too_short", (("limit", str(least)),))
    if hints.pattern and not hints.pattern.fullmatch(said):
        return Problem("bad_form")
    start = len(text) - len(text.lstrip())
    return Value(said, said, start, start + len(said), LIKELY)
