import time
from collections.abc import Callable

import pytest

from roteiro.domain.turn.wishes import PEOPLE, queue_wanted, wants_to_stop
from roteiro.domain.walking.cues import asks_repeat, corrects, is_question, wants_pause, wants_to_restart, wants_to_skip

Wish = Callable[[str], bool]

TABLES: dict[Wish, tuple[str, str]] = {
    wants_to_restart: (
        """
começar de novo
Quero começar de novo!
recomeçar
quero recomeçar tudo
vamos começar do zero
posso reiniciar?
pode recomeçar, por favor
voltar ao início
volta pro começo
comece outra vez
start over
can we start again?
let's start from scratch
restart please
empezar de nuevo
quiero volver a empezar
""",
        """
começar
quero começar
iniciar
não quero começar de novo
começou a chover de novo
quero recomeçar meu seguro depois da batida
voltei ao início da rua
o carro reiniciou sozinho
deixa pra lá
""",
    ),
    wants_to_stop: (
        """
deixa pra lá
esquece
não quero mais
quero parar
me enganei
me enganei, não era isso que eu queria
me enganei de assunto, desculpa
never mind
olvídalo
""",
        """
começar de novo
recomeçar
start over
me enganei, o e-mail certo é ana@exemplo.com.br
me enganei, é 12 de março
deixei pra lá o boletim
não quero mais falar disso com ele
""",
    ),
    corrects: (
        """
errei
errei, é 12/03
na verdade é 12 de março
ah, na verdade foi ontem
corrige o CPF
corrija: 529.982.247-25
quero corrigir a placa
corrigindo: ABC1D23
não, é 12 de março
Não, foi ontem
não. é ana@exemplo.com.br
nao, o certo é ABC1D23
o e-mail certo é ana@exemplo.com.br
o telefone correto é (11) 98765-4321
o certo é 01310-100
meu telefone mudou, agora é (11) 98765-4321
meu e-mail mudou
mudou para 01310-100
troquei os números, é 01310-100
inverti os dígitos
digitei errado
escrevi o CPF errado
passei a placa errada
falei a data errada, foi dia 5
a data está errada
quis dizer dia 5
é dia 4, quer dizer, dia 5
aliás, foi dia 5
me confundi, é 15
ops, é dia 5
desculpa, era 01310-100
troca para ABC1D23
muda a data: altera para dia 5
actually, it was yesterday
I meant 12 March
sorry, it is 01310-100
my mistake, it should be 3
no, it's ABC1D23
me equivoqué, es el 5
en realidad fue ayer
quise decir el 5
no, es el 12
""",
        """
12 de março
é o 529.982.247-25, tá?
não
não, obrigado
não sei
não é isso
não, ele fugiu
sim, é isso mesmo
ele mudou de faixa e bateu
troquei de carro no ano passado
troquei o pneu
o certo seria acionar o seguro?
quero falar com um atendente
a outra pessoa estava errada
quanto custa a franquia?
ontem à noite
I don't know
no, gracias
""",
    ),
    asks_repeat: (
        """
repete
pode repetir?
poderia repetir a pergunta?
repete por favor
fala de novo
não entendi
Não entendi a pergunta
eu não entendi nada
não entendi direito
como assim?
o que?
hã?
pode explicar melhor?
qual era a pergunta?
o que você disse?
can you repeat that please?
say that again
I don't understand
what do you mean?
no entiendo
otra vez por favor
""",
        """
não entendi por que negaram meu sinistro
o que é franquia?
o problema se repete todo dia
não repete
qual a pergunta da seguradora?
como aciono o seguro?
12/03/2026
entendi
sim
""",
    ),
    wants_to_skip: (
        """
pular
pula
pula essa
quero pular
pode pular
pode pular essa pergunta, por favor
próxima
próxima pergunta
prefiro não dizer
prefiro não informar
não quero informar
não quero informar meu CPF
eu não vou responder isso
prefiro não passar meu telefone
deixa em branco
skip
skip it please
can we skip this question?
I'd rather not say
prefer not to say
prefiero no decirlo
no quiero decir
""",
        """
não quero pular
ele pulou na frente do carro
não quero falar com atendente
não quero dizer que foi culpa dele
não vou passar para outra pessoa o seguro do carro
prefiro não
próxima segunda-feira
o próximo carro
não
passo a passo
""",
    ),
    wants_pause: (
        """
espera
espera aí
espera um pouco
espere, por favor
peraí
pera
só um minuto
um minuto
1 minuto
um momentinho, por favor
me dá um segundo
aguarda um instante
já volto
espera, já volto
só um minuto que vou pegar o documento
vou procurar
vou pegar a apólice
deixa eu ver
estou procurando o número
calma aí
ok, um momento
wait
one moment please
hold on
just a minute
give me a second
brb
un momento por favor
ya vuelvo
""",
        """
espero há um minuto
estou esperando há 3 dias
esperei um pouco e bati
vou ver um carro novo amanhã de manhã cedo
um minuto depois ele bateu em mim
por favor
ok
que
sim
vou pegar outro carro reserva da seguradora amanhã
wait, what does it cost?
""",
    ),
    is_question: (
        """
tem multa?
vocês cobrem vidro, né?
está?
qual é a franquia
quanto custa
como funciona o guincho
posso cancelar depois
cobre vidro
por que precisa do CPF?
se eu cancelar perco o bônus
what is the deductible
do I need the police report
is it covered
¿cuánto cuesta?
cuando pagan
""",
        """
a franquia é alta
é o 529.982.247-25, tá?
12 de março, ok?
12 de março
do dia 5
pode ser
tem sim
tem não
sim
ABC1D23
is yes
""",
    ),
}
ROWS = [
    (wish, said, expected)
    for wish, blocks in TABLES.items()
    for block, expected in zip(blocks, (True, False), strict=True)
    for said in block.strip().splitlines()
]


@pytest.mark.parametrize(("wish", "said", "expected"), ROWS, ids=[f"{row[0].__name__}: {row[1]}" for row in ROWS])
def test_a_phrase_is_understood_as_its_table_says(wish: Wish, said: str, expected: bool) -> None:  # noqa: FBT001 - row
    assert wish(said) is expected


@pytest.mark.parametrize(
    "said",
    [
        "ajuda humana",
        "quero ajuda humana",
        "preciso de suporte humano",
        "quero ouvidoria",
        "quero a ouvidoria",
        "quero o Procon",
        "quero falar com o atendente de vocês",
        "quero falar com o atendente de novo",
        "me passa para o supervisor do atendimento",
        "quero um humano de verdade",
        "I want human help",
        "human being please",
        "quiero ayuda humana",
    ],
)
def test_other_words_for_our_own_people_bring_them_too(said: str) -> None:
    assert queue_wanted(said) == PEOPLE


@pytest.mark.parametrize(
    "said",
    [
        "não consegui falar com o atendente do banco",
        "não consegui falar com o gerente da oficina",
        "operador de guincho",
        "preciso do operador de guincho",
        "quero um operador de guincho para o carro",
        "falar com o agente de trânsito",
        "não quero ouvidoria",
        "não quero ajuda humana",
        "a ouvidoria do banco respondeu",
        "tem procon na minha cidade?",
        "I could not talk to the manager of the bank",
        "no pude hablar con el gerente del banco",
    ],
)
def test_the_people_of_others_are_not_ours(said: str) -> None:
    assert queue_wanted(said) is None


@pytest.mark.parametrize("wish", list(TABLES), ids=lambda wish: wish.__name__)
@pytest.mark.parametrize("said", ["", "   ", "👍", "...", "\0", "\ud800"])
def test_words_that_say_nothing_wish_nothing(wish: Wish, said: str) -> None:
    assert not wish(said)


@pytest.mark.parametrize(
    "piece",
    ["nao ", "um minuto ", "vou pegar ", "digitei a ", "o email ", "pode ", "repete ", "deixa eu ver a ", "a", "não, "],
)
def test_hostile_words_in_a_script_are_read_in_a_moment(piece: str) -> None:
    said = (piece * 4000)[:4000]
    began = time.process_time()

    for wish in TABLES:
        wish(said)

    assert time.process_time() - began < 1
