"""What a customer wants, where no matching is needed: a person, a greeting, a pause, an answer. Word lists only.

Lists hold folded words (`message.fold`) and are compared as whole words, so "depoimento" holds no "oi".
"""

import re
from collections.abc import Sequence

from roteiro.domain.message import fold
from roteiro.domain.values.naming import one_typo_apart

__all__ = [
    "COMPLAINTS",
    "PEOPLE",
    "chosen_topic",
    "is_courtesy",
    "is_no",
    "is_yes",
    "queue_wanted",
    "takes_back",
    "wants_all",
    "wants_bot",
    "wants_to_stop",
]

PEOPLE = "padrao"  # the queue of those who ask for a person
COMPLAINTS = "reclamacao"  # the queue of those who want to complain

# "O atendente do banco" and "um operador de guincho" are other people's: "de" leads on only to words of our own house.
_OURS = (
    "voces|vcs|novo|verdade|carne|plantao|atendimento|equipe|suporte|empresa|seguradora|central|seguros?|sac|vendas|"
    "turno|time|site|chat|ustedes|nuevo|verdad|yours?|my own"
)
_ATTENDANT = (
    "(?:(?:ajuda|atendimento|suporte|contato|apoio|ayuda|atencion) human[oa]|human (?:help|support|being)|"
    "ser humano|pessoa real|pessoa de verdade|gente de verdade|real person|persona real|"
    "atendentes?|human[oa]?|operadora?|consultora?|supervisora?|gerente|agente?|representative|representante|"
    rf"servidora?|operator|manager)(?! (?:de|do|da|dos|das|del|of|at|from) (?!(?:{_OURS})\b))"
)
_ANYBODY = "pessoa|pessoas|gente|alguem|person|someone|somebody|anyone|persona|alguien"
_OUTSIDE = "procon|ouvidoria|advogado|advogada"  # asked for by name; the words alone are no request
_CALL = "chama|chame|chamar"
_SPEAK = (
    f"falar|fala|conversar|{_CALL}|passa|passe|passar|transfere|transfira|transferir|me liga|me ligue|"
    "speak|talk|connect|transfer me|transfer us|hablar|pasame|transfierame|comunicame"
)
_WANT = (
    "quero|queria|preciso|prefiro|gostaria de|pode me passar|tem|cade|me da|want|need|get me|quiero|necesito|prefiero"
)
_LINKS = (
    "(?:com|c|para|pra|pro|um|uma|o|a|de|do|da|algum|alguma|outro|outra|mim|me|por favor|"
    "to|with|an|the|another|us|con|un|una|el|la|otro|otra)"
)
# "chama alguém aí" and "pode me passar para alguém?" ask for a person; "posso chamar alguém para trocar o vidro?",
# "passa gente na rua" and "posso passar para alguém da família?" do not.
_TO_ME = r"(?:$| (?:ai|aqui|agora|por favor|da equipe|para me|pra me|para falar|pra falar|para atender)\b)"
_WHO_HELPS = r"(?:pra|para|que)(?: (?:possa|pode|me|mim|vir))* (?:atender|explicar|ajudar|orientar|falar)"
_WHO_SPEAKS = rf"(?:com quem (?:eu )?(?:possa|posso|pudesse|consigo|da para|da pra) (?:falar|conversar)|{_WHO_HELPS})"
_REQUEST = re.compile(
    rf"\b(?:(?:{_SPEAK})(?: {_LINKS}){{0,4}} (?:{_ATTENDANT}|{_OUTSIDE})"
    rf"|(?:(?!(?:{_CALL}|passar|transferir)\b)(?:{_SPEAK})|me passar|me transferir)(?: {_LINKS}){{1,4}} (?:{_ANYBODY})"
    rf"|(?:{_CALL})(?: {_LINKS}){{0,3}} (?:{_ANYBODY})(?={_TO_ME})"
    rf"|(?:{_WANT})(?: {_LINKS}){{0,3}} (?:{_ATTENDANT})"
    rf"|(?:quero|queria|want|quiero)(?: {_LINKS}){{0,3}} (?:{_OUTSIDE})"
    rf"|tem (?:alguem|uma pessoa|gente)(?: ai| aqui)? {_WHO_SPEAKS}"
    rf"|(?:nao|num|n) tem ninguem(?: ai| aqui)? {_WHO_HELPS}"
    rf"|(?:quero|queria|prefiro|want|quiero)(?: {_LINKS}){{0,3}} (?:{_ANYBODY})$)\b"
)
# What may stand between "não" and the verb it denies: in "não aguento mais, quero falar…" nothing is denied.
_DENIED = (
    "(?:me|mais|e|eu|agora|ainda|so|estou|to|vou|precisa|preciso|necessario|quero|queria|querendo|gosto|adianta|de|que|"
    "want|need|have|like|please|quiero|necesito|hace falta|por favor)"
)
_NEGATED = re.compile(
    rf"\b(?:nao|n|nem|sem|not|don t|dont|no|sin)(?: {_DENIED}){{0,4}} (?:{_SPEAK}|{_WANT})"
    rf"(?: (?!(?:{_SPEAK}|{_WANT})\b)\w+){{0,4}} (?:{_ATTENDANT}|{_OUTSIDE}|{_ANYBODY})\b"
)
_JUST_THAT = re.compile(
    rf"(?:(?:um|uma|an?|una?) )?(?:{_ATTENDANT}|{_ANYBODY})(?: humano| humana)?(?: por favor| please)?"
    rf"|(?:outro|outra|another|otro) (?:{_ATTENDANT})(?: por favor| please)?"
    r"|(?:tem |is |hay )(?:alguem|anyone|anybody|someone|alguien) (?:ai|there|ahi)"
)
_CLAUSE = re.compile(r"[,.;:!?\n]+")
_COMPLAINT = re.compile(
    r"(?:(?:eu )?(?:(?:quero|queria|preciso|vou|gostaria de|desejo) )?(?:(?:fazer|registrar|abrir) )?(?:uma )?"
    r"(?:reclamar|reclamacao)(?: formal)?"
    r"|(?:i (?:want|need|would like|d like) to )?(?:complain|(?:make|file) a complaint|complaint)"
    r"|(?:(?:quiero|quisiera|deseo) )?(?:(?:poner|presentar) una queja|queja|quejarme))"
    r"(?: por favor| please| (?:do|da|de|dos|das|sobre|contra|about|against|del|por) .*)?"
)

_BOTH = re.compile(
    r"(?:quero )?(?:os dois|as duas|ambos|ambas|os 2|as 2|both|both of them|los dos|las dos)(?: por favor)?"
)
_STOP = re.compile(
    r"(?:nao )?(?:deixa|deixe|esquece|esqueca)(?: (?:pra|para) la| isso)?"
    r"|me enganei(?: (?:desculp[ae]|de (?:assunto|opcao|canal|lugar)|nao (?:e|era) (?:isso|aqui|esse).{0,40})){0,2}"
    r"|(?:quero|vou|prefiro) (?:parar|sair|desistir disso)|nao quero mais(?: isso| continuar)?"
    r"|never mind|forget it|stop|dejalo|olvidalo|quiero parar"
)
_TAKEN_BACK = re.compile(
    r"\b(?:nao|nem) (?:quero|vou|queria|precisa|pode|e pra|era pra)(?: mais)? (?:cancelar|encerrar|desistir)\b"
    r"|\b(?:mudei de ideia|quero manter|quero continuar com o seguro|cancela o cancelamento|nao cancel[ae])\b"
)
_BOT = "(?:robo|bot|robot|chatbot|voce|vc|ia|assistente(?: virtual)?|usted|you)"
_NOBODY = (
    "(?:(?:falar |conversar )?(?:com )?(?:um |uma |o |a |an? )?(?:atendente|pessoa|humano|alguem|ninguem|atendimento)|"
    "person|agent|human|persona)"
)
_BACK = re.compile(
    rf"(?:(?:na verdade|ah|entao|ok|oi|por favor|deixa(?: (?:pra|para) la)?|quero|queria|prefiro|posso|vou|vamos|eu|"
    rf"let me|i want to|i d rather|please|quiero|prefiero) ){{0,4}}"
    rf"(?:(?:pode(?: ser)? )?(?:continuar?|continue|seguir?|segue|volt(?:ar?|e))"
    rf"(?: a conversar| a falar| aqui)?(?: (?:com|pro|pra|para|ao|o|a|por))*(?: aqui)? {_BOT}(?: mesmo| aqui)?"
    rf"|(?:falar|conversar) com (?:o )?(?:robo|bot|chatbot)"
    rf"|cancel(?:ar?|e)(?: (?:o|a|meu|minha|esse|esta|la|el|the|my))? "
    rf"(?:atendimento|atendente|fila|pedido de (?:atendente|pessoa)|espera|handoff|agent|atencion)(?: humano)?"
    rf"|(?:sair|saia|me tir[ae]) da fila|nao (?:quero|preciso)(?: mais)?(?: de)?(?: mais)? {_NOBODY}(?: mais)?"
    rf"|(?:go |going )?(?:back to|continue with|go on with) (?:the )?{_BOT}|(?:leave|exit) the queue"
    rf"|i don t (?:want|need) (?:an? |the )?{_NOBODY}(?: anymore| any more)?"
    rf"|(?:volver|seguir) (?:al|con el) {_BOT}|salir de la fila)(?: por favor| please| obrigad[oa])?"
)
_OWN_WORD = "atendente"  # that our own texts tell customers to write
_SHORT_REQUEST = 8  # words; "quero falar com um atendnte por favor" and one more
_SHORT_ANSWER = 6  # words; a longer text is a demand of its own and goes to the matcher
_THUMBS = frozenset("👍👎")
_YES = frozenset("sim s isso correto exato claro ok yes yeah si".split())
_AGREES = re.compile(
    r"(?:pode(?: (?:ser|confirmar|seguir|continuar|prosseguir|falar|comecar|mandar))?|quero(?: sim)?|claro que sim|"
    r"com certeza|bora|vamos(?: la)?|beleza|blz|perfeito|por favor|aceito|ta (?:bom|certo)|tudo (?:certo|ok)|"
    r"esta (?:certo|correto)|certinho|isso (?:ai|mesmo)|exatamente|confirm(?:o|a|ado)|aham|uhum|fechado|positivo|"
    r"combinado|sure|of course|go ahead|please|claro que si|dale|por supuesto)(?: por favor| obrigad[oa])?"
)
_DECLINES = re.compile(
    r"(?:prefiro|melhor|acho que|agora|por enquanto) nao|depois|mais tarde|deixa|deixa pra depois|nao valeu|nao quero|"
    r"nem pensar|quero nao|de jeito nenhum|de forma alguma|nao mesmo|not now|later|no thanks|ahora no|despues|mejor no"
)
_NO = frozenset("nao n nenhum nenhuma nope no ninguno ninguna none neither negativo".split())
_AROUND_YES = frozenset("pode ser por favor quero mesmo e isso please vamos".split())
_AROUND_NO = frozenset(
    "obrigado obrigada obg thanks gracias quero precisa por enquanto agora e isso dos das de duas dois desses dessas "
    "esses essas deles delas of them".split()
)
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
    said = _spelled(fold(text))
    if _COMPLAINT.fullmatch(said):
        return COMPLAINTS
    clauses = (_spelled(fold(clause)) for clause in _CLAUSE.split(text))  # a "não" denies nothing beyond its own clause
    asked = _JUST_THAT.fullmatch(said) or any(_REQUEST.search(c) and not _NEGATED.search(c) for c in clauses)
    return PEOPLE if asked else None


def _spelled(said: str) -> str:
    """Return a short text with one slip of the finger in "atendente" mended; longer ones say enough besides."""
    words = said.split()
    if len(words) > _SHORT_REQUEST:
        return said
    return " ".join(_OWN_WORD if one_typo_apart(word, _OWN_WORD) else word for word in words)


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


def is_yes(text: str) -> bool:
    """Say whether the whole answer is a yes.

    >>> is_yes("Sim, pode ser!"), is_yes("sim, mas antes o boleto")
    (True, False)
    """
    words = set(fold(text).split())
    if text.strip() in _THUMBS:
        return text.strip() == "👍"
    return (bool(words & _YES) and words <= _YES | _AROUND_YES) or _AGREES.fullmatch(fold(text)) is not None


def is_no(text: str) -> bool:
    """Say whether the whole answer is a no.

    >>> is_no("não, obrigada"), is_no("nenhuma dessas"), is_no("não sei")
    (True, True, False)
    """
    words = set(fold(text).split())
    if text.strip() == "👎":
        return True
    return (bool(words & _NO) and words <= _NO | _AROUND_NO) or _DECLINES.fullmatch(fold(text)) is not None


def wants_all(text: str) -> bool:
    """Say whether the answer to "A or B?" is both.

    >>> wants_all("os dois"), wants_all("o dois")
    (True, False)
    """
    return _BOTH.fullmatch(fold(text)) is not None


def wants_to_stop(text: str) -> bool:
    """Say whether the whole message wants to leave the running script.

    >>> wants_to_stop("deixa pra lá"), wants_to_stop("deixei pra lá o boletim")
    (True, False)
    """
    return _STOP.fullmatch(fold(text)) is not None


def wants_bot(text: str) -> bool:
    """Say whether who waits for a person would rather go on with the bot.

    >>> wants_bot("na verdade deixa, pode continuar vc"), wants_bot("quero cancelar o contrato")
    (True, False)
    """
    return _BACK.fullmatch(fold(text)) is not None


def takes_back(text: str) -> bool:
    """Say whether the words take a cancellation back: a plain no, or that nothing shall be cancelled.

    >>> takes_back("não quero mais cancelar o seguro"), takes_back("não tenho o número")
    (True, False)
    """
    return is_no(text) or _TAKEN_BACK.search(fold(text)) is not None


def chosen_topic(text: str, titles: Sequence[str]) -> int | None:
    """Return which of the offered titles a short answer names (0 is the first); None if it names none or several.

    >>> chosen_topic("a segunda opção", ["Sinistro", "Cobertura"])
    1
    """
    words = fold(text).split()
    if not words or len(words) > _SHORT_ANSWER:
        return None
    core = _telling(words)
    if not core:  # "sim" means the best one, which was named first
        return 0 if _YES & set(words) else None
    if len(core) == 1 and (place := _place(core[0], len(titles))) is not None:
        return place
    named = [at for at, title in enumerate(titles) if set(core) <= set(fold(title).split())]
    return named[0] if len(named) == 1 else None


def _telling(words: Sequence[str]) -> list[str]:
    core = [word for word in words if word not in _FILLERS]
    return core[:1] if core[1:] == ["one"] else core  # "the second one"


def _place(word: str, count: int) -> int | None:
    if word in _LAST:
        return count - 1
    return next((at for at, words in enumerate(_PLACES[:count]) if word in words), None)


def _squeeze(word: str) -> str:
    """Write repeated letters once, so that "oiiii" is "oi"."""
    return re.sub(r"(.)\1+", r"\1", word)


def _squeezed(phrases: str) -> frozenset[str]:
    return frozenset(_squeeze(phrase) for phrase in phrases.split(","))


_COURTESIES = _squeezed(
    "oi,oie,ola,opa,eai,e ai,salve,alo,bom dia,boa tarde,boa noite,boas,tudo bem,tudo bom,td bem,como vai,blz,"
    "beleza,obrigado,obrigada,obg,brigado,brigada,valeu,vlw,agradeco,grato,grata,de nada,tchau,ate logo,ate mais,"
    "hello,hi,hey,good morning,good afternoon,good evening,thanks,thank you,thx,bye,goodbye,"
    "for your help,for the help,hola,buenos dias,buenas tardes,buenas noches,buenas,gracias,por la ayuda,adios,"
    "hasta luego"
)
_AROUND_COURTESIES = _squeezed(
    "e,muito,voce,vc,com,pela,ajuda,por,tudo,mesmo,gente,pessoal,a,todos,you,very,much,so,all,there,everyone,muchas,y"
)
