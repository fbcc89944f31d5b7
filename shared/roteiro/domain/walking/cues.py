"""What a customer does with a script's question instead of answering: corrects, skips, pauses, asks back. Word lists.

Lists hold folded words (`message.fold`) and are compared as whole words.
"""

import re

from roteiro.domain.message import fold

__all__ = [
    "asks_repeat",
    "calls_off",
    "changes_subject",
    "compares",
    "corrects",
    "declines",
    "finds_fault",
    "is_question",
    "wants_pause",
    "wants_something",
    "wants_to_restart",
    "wants_to_skip",
]

_RESTART = re.compile(
    r"(?:(?:eu )?(?:quero|queria|vou|vamos|posso|pode|podemos|da pra|preciso|prefiro|melhor) )?(?:"
    r"(?:recomec|reinici)(?:ar|a|e)(?: tudo)?|(?:comec|inici)(?:ar|a|e|amos)(?: tudo)?"
    r" (?:de novo|do zero|outra vez|novamente|do comeco|do inicio)"
    r"|volt(?:ar|a|e) (?:pro|para o|ao) (?:comeco|inicio))(?: por favor)?"
    r"|(?:(?:i want|can we|let s|let me)(?: to)? )?(?:start (?:over|again|from scratch)|restart|begin again)"
    r"(?: please)?"
    r"|(?:(?:quiero|puedo|vamos a) )?(?:(?:empezar|comenzar) (?:de nuevo|de cero|otra vez)|volver a empezar)"
)
# Said of a value ("troquei os números"), not of the world ("troquei de carro", "ele mudou de faixa").
_VALUE = "numero|numeros|digito|digitos|data|dia|telefone|celular|e ?mail|cpf|cnpj|placa|cep|endereco|valor|nome"
_WRONG = "digitei|escrevi|informei|passei|falei|disse|coloquei|mandei|botei|dei"
_CORRECTION = re.compile(
    rf"\b(?:errei|na verdade|corrigindo|corrig[ei]r?|corrija|correcao|retificando|me enganei|me confundi|me equivoquei"
    rf"|quis dizer|quer dizer|melhor dizendo|alias|(?:{_WRONG})(?: \w+){{0,4}} errad[oa]s?"
    rf"|(?:{_VALUE})(?: \w+){{0,3}} (?:certo|certa|correto|correta|novo|nova|mudou|errado|errada)"
    rf"|(?:o|a) (?:cert[oa]|corret[oa]|nov[oa]) (?:e|eh)|mudou (?:para|pra)|mudou$"
    rf"|(?:troquei|inverti)(?: (?:o|a|os|as|meu|minha))? (?:{_VALUE})|(?:troca|muda|altera|atualiza) (?:para|pra|por)"
    r"|(?:ops|opa|desculpe?|desculpa|perdao|sorry|perdon|foi mal) (?:e|eh|era|foi|its?|it is|es|era) "
    r"|actually|i meant|i mean|correction|my mistake|i was wrong|(?:it )?should be|i mistyped|typo|it changed"
    r"|me equivoque|en realidad|corrijo|corregir|quise decir|escribi mal|el correcto es|la correcta es)\b"
)
_NO_BUT = re.compile(
    r"\s*(?:n[aã]o|no)\s*[,.;:!…–-]+\s*(?:é|eh?|era|foi|o certo|a certa|it'?s|it’s|it is|es)\s", re.IGNORECASE
)
_REPEAT = re.compile(
    r"(?:(?:desculpa|desculpe|oi|ue|sorry|perdon) )?(?:(?:pode(?:ria)?|da pra|consegue|can you|puede|could you) )?(?:"
    r"(?:me )?(?:repet(?:e|ir|a)|explic(?:a|ar|ue)|fala|falar|diz|dizer|pergunta|perguntar|repeat|explain|explicar)"
    r"(?: (?:de novo|outra vez|novamente|melhor|a pergunta|isso|that|again|la pregunta|the question)){0,3}"
    r"|say (?:that )?again|otra vez|de novo"
    r"|(?:eu )?nao (?:entendi|compreendi)(?: (?:nada|direito|bem|a pergunta|o que voce (?:disse|quer|pediu)))?"
    r"|como assim|(?:o )?que(?: (?:foi|voce disse|disse))?|qual (?:e|era|foi) (?:mesmo )?a pergunta|ha|hein"
    r"|i (?:don t|do not|didn t) understand|what|what do you mean|pardon|no (?:entiendo|entendi)|como)"
    r"(?: por favor| please)?"
)
_SKIP = re.compile(
    r"(?:(?:eu )?(?:quero|pode|podemos|posso|vamos|prefiro|queria) )?(?:pular|pula|pule|passo|saltar)"
    r"(?: (?:essa|esta|isso|a pergunta|essa pergunta|esse|esse passo))?(?: por favor)?"
    r"|(?:proxima|next|siguiente)(?: (?:pergunta|question|pregunta))?|deixa em branco|sem resposta"
    r"|(?:eu )?(?:prefiro nao|nao quero|nao vou|nao gostaria de|prefiero no|no quiero)"
    r" (?:dizer|informar|responder|passar|dar|falar isso|falar|decir(?:lo)?|responder)"
    r"(?: (?!que\b|se\b|com\b|con\b)\w+){0,3}"
    r"|(?:can (?:we|i) )?skip(?: (?:it|this|that|this question))?(?: please)?"
    r"|(?:i d |i would )?(?:rather|prefer) not(?: to)?(?: (?:say|tell|answer|tell you))?|omitir"
)
_PAUSE = (
    r"(?:so |me da |da |espera |espere |aguarda |aguarde |just |give me |dame |deme |wait )?(?:um|1|uns|one|a|un) "
    r"(?:minuto|minutinho|minutos|momento|momentinho|instante|segundo|segundinho|pouco|pouquinho|min|seg|"
    r"minute|moment|second|sec|momentito|rato)|perai|pera ?(?:ai|la)?|espera(?: (?:ai|la|so))?|espere|aguarda|aguarde|"
    r"calma(?: ai)?|(?:eu )?ja volto|volto ja|ja ja|ja respondo|ja (?:te )?(?:mando|passo|envio)|"
    r"deixa eu (?:ver|procurar|pegar|achar|conferir)(?: \w+){0,3}|"
    r"(?:vou|estou|to) (?:procurar|pegar|buscar|conferir|procurando|pegando|buscando)(?: \w+){0,3}|"
    r"wait|hold on|hang on|be right back|brb|let me (?:check|look|see)|ya vuelvo|espereme"
)
_AROUND_PAUSE = frozenset(("por favor", "please", "ok", "que"))
_QUESTION = re.compile(
    r"(?:o que|que|qual|quais|quando|quanto|quantos|quantas|onde|como|por que|porque|quem|posso|"
    r"pode(?! (?:ser|seguir|continuar|falar|comecar|ir|prosseguir|mandar|perguntar|confirmar)\b)|da pra|"
    r"da para|tem(?! (?:sim|nao)\b)|cobre|what|which|when|where|how|why|who|can|does|do (?:i|you|we|they)|"
    r"is (?:it|there|the|my|this|that)|cuando|donde|cuanto|cual|puedo|se eu)\b"
)
_FAULT = re.compile(
    r"\b(?:errad[oa]s?|troc(?:ar|ou|a)|mud(?:ar|ou|a|ei)|corrig\w+|alter(?:ar|a)|arrum(?:ar|a)|cert[oa]|corret[oa]|ops|"
    r"wrong|change|fix|correct|cambiar|equivocad[oa])\b|^(?:nao|n|sim mas|mas|no)\b"
)
_NOTHING = re.compile(
    r"(?:nada|nenhum|nenhuma|nao obrigad[oa]|sem|nada nao|nada mais|nao quero|nao precisa|none|nothing|no thanks|"
    r"ninguno|ninguna)"
    r"(?: (?:observac(?:ao|oes)|comentarios?|preferencia|a declarar|por enquanto|mesmo|obrigad[oa]|nao|a dizer))?"
)
_SUBJECT = re.compile(
    r"(?:antes disso|mas antes|outra coisa|mudando de assunto|a proposito|por falar nisso|falando nisso|so uma duvida|"
    r"by the way|before that|another thing|antes de eso|otra cosa)\b"
)
_WANT = re.compile(
    r"\b(?:quero|queria|preciso|gostaria|desejo|como faco|da pra|tem como|pode me|me ajuda|i want|i need|i d like|"
    r"give me|show me|quiero|necesito|deme|dame|muestreme|muestrame)\b"
)
_CALL_OFF = re.compile(
    r"(?:(?:eu )?(?:quero|queria|vou|pode|prefiro) )?(?:cancelar?|cancele|desistir|desisto|desisti|cancel)"
    r"(?: (?:d?(?:isso|esse|essa|este|esta|o|a)|tudo|this|it))?(?: (?P<what>\w+(?: \w+){0,3}))?"
)
_COMPARING = re.compile(r"\b(?:compar\w+ (?:isso )?(?:com|to|with|con)|em relacao [ao]s?|versus|vs)\b")
_STEM = 5  # letters; "trocas" and "troca" should meet
_TAG = re.compile(r"\b(?:t[aá]|ok|viu|blz)\s?\?{1,3}$", re.IGNORECASE)  # "é dia 12, tá?" asks nothing
_PAUSING = re.compile(rf"(?:(?:{_PAUSE}|por favor|please|ok|que)(?: |$)){{1,4}}")


def wants_to_restart(text: str) -> bool:
    """Say whether the whole message wants to begin the running script again.

    >>> wants_to_restart("quero começar de novo"), wants_to_restart("começar")
    (True, False)
    """
    return _RESTART.fullmatch(fold(text)) is not None


def wants_to_skip(text: str) -> bool:
    """Say whether the whole answer is that they would rather not give it.

    >>> wants_to_skip("prefiro não informar"), wants_to_skip("não quero dizer que foi ele")
    (True, False)
    """
    return _SKIP.fullmatch(fold(text)) is not None


def wants_pause(text: str) -> bool:
    """Say whether the whole message only asks to wait.

    >>> wants_pause("só um minuto, já volto"), wants_pause("espero há um minuto")
    (True, False)
    """
    said = fold(text)
    return bool(_PAUSING.fullmatch(said)) and said not in _AROUND_PAUSE


def asks_repeat(text: str) -> bool:
    """Say whether the whole message only asks to hear the question again.

    >>> asks_repeat("pode repetir?"), asks_repeat("não entendi por que negaram")
    (True, False)
    """
    return _REPEAT.fullmatch(fold(text)) is not None


def compares(text: str) -> bool:
    """Say whether the words set something beside what was told before.

    >>> compares("compara com o ano passado"), compares("e o ano passado?")
    (True, False)
    """
    return _COMPARING.search(fold(text)) is not None


def corrects(text: str) -> bool:
    """Say whether a cue tells that something said before was wrong; the new value is for the parsers to find.

    >>> corrects("na verdade é 12 de março"), corrects("não, obrigado")
    (True, False)
    """
    return _NO_BUT.match(text) is not None or _CORRECTION.search(fold(text)) is not None


def is_question(text: str) -> bool:
    """Say whether the words ask something: a question mark at the end, or a question word at the start.

    >>> is_question("qual é a franquia"), is_question("a franquia é alta")
    (True, False)
    """
    return _TAG.sub("", text.rstrip()).endswith("?") or _QUESTION.match(fold(text)) is not None


def declines(text: str) -> bool:
    """Say whether the whole answer gives nothing: "pular", "nada", "sem observações".

    >>> declines("não, obrigado"), declines("nada funciona")
    (True, False)
    """
    return wants_to_skip(text) or _NOTHING.fullmatch(fold(text)) is not None


def finds_fault(text: str) -> bool:
    """Say whether the words are unhappy with something that was noted: "o valor está errado", "não, o dia…".

    >>> finds_fault("o cpf está errado"), finds_fault("meu cpf é este")
    (True, False)
    """
    return _FAULT.search(fold(text)) is not None


def changes_subject(text: str) -> bool:
    """Say whether the words announce another subject.

    >>> changes_subject("antes disso, quero saber do meu boleto"), changes_subject("foi antes disso")
    (True, False)
    """
    return _SUBJECT.match(fold(text)) is not None


def wants_something(text: str) -> bool:
    """Say whether the words hold a wish, as a demand of its own does.

    >>> wants_something("quero um seguro pra casa"), wants_something("meu nome é Carlos")
    (True, False)
    """
    return _WANT.search(fold(text)) is not None


def calls_off(text: str, title: str) -> bool:
    """Say whether the whole message calls off what runs under a title: "cancelar", "quero cancelar a troca".

    >>> calls_off("quero cancelar a troca", "Troca de produto"), calls_off("quero cancelar meu seguro", "Troca")
    (True, False)
    """
    found = _CALL_OFF.fullmatch(fold(text))
    if found is None:
        return False
    what = (found["what"] or "").split()
    running = {word[:_STEM] for word in fold(title).split()}
    return all(word[:_STEM] in running for word in what)
