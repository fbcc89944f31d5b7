import time

import pytest

from roteiro.domain.turn.wishes import (
    COMPLAINTS,
    PEOPLE,
    chosen_topic,
    is_courtesy,
    is_no,
    is_yes,
    queue_wanted,
    wants_bot,
)

ASKING_IN_PORTUGUESE = """
quero falar com um atendente
Quero falar com uma pessoa
falar com atendente
falar com humano
Atendente
atendente!!
atendente, por favor
humano
pessoa
tem alguém aí?
tem algum atendente aí?
tem alguém aí com quem eu possa conversar?
tem alguém que possa me atender?
não tem ninguém pra me explicar por telefone?
preciso falar com alguém
quero falar com alguém de verdade
me passa para um atendente
passa pro atendente
passe para um humano, por favor
me transfere para um atendente
transfira para um supervisor
pode me transferir para o gerente?
quero um atendente humano
quero um ser humano
preciso de atendimento humano
prefiro falar com gente
prefiro uma pessoa
gostaria de conversar com uma pessoa real
posso falar com uma pessoa?
dá pra falar com alguém?
falar c/ atendente
chama um atendente
chama alguém aí
chame uma pessoa
pode chamar alguém para me atender?
pode me passar para outra pessoa?
pode me transferir pra alguém?
me chama um humano
cadê o atendente?
me dá um atendente
não aguento mais, quero falar com uma pessoa
não aguento mais quero falar com uma pessoa
não entendi nada, me passa para um atendente
não quero mais falar com robô, quero falar com um atendente
não quero robô quero atendente
não consigo falar com um atendente
quero falar com a ouvidoria
vou falar com o Procon
quero falar com um advogado
outro atendente
atendente humano
me liga com um atendente
QUERO FALAR COM UM ATENDENTE AGORA
bati o carro e quero falar com alguém
"""
ASKING_IN_ENGLISH = """
I want to talk to a person
I want to speak to a human
can I talk to someone?
talk to an agent please
let me speak to a manager
let me speak with another person
human please
agent
representative
I need a human
get me a human
please connect me to a representative
connect me with an agent
transfer me to a person
I want a real person
real person please
can you transfer me to someone?
I'd like to talk to a supervisor
I don't want a bot, I want to talk to a person
is anyone there?
"""
ASKING_IN_SPANISH = """
quiero hablar con una persona
quiero hablar con un agente
hablar con un humano
quiero un agente
necesito hablar con alguien
necesito un agente
prefiero hablar con una persona
pásame con un agente
comunícame con un representante
transfiérame con una persona
¿puedo hablar con alguien?
agente, por favor
una persona, por favor
quiero una persona
no quiero hablar con un robot, quiero hablar con una persona
un agente humano
otro agente
¿hay alguien ahí?
"""
NOT_ASKING_IN_PORTUGUESE = """
tem alguém para trocar o vidro?
não tem ninguém ferido
não quero falar com atendente
não quero falar com um atendente
nao quero mais falar com atendente
n quero falar com atendente
não preciso de atendente
não precisa chamar ninguém
não preciso falar com ninguém
não quero conversar com uma pessoa
nem quero falar com atendente
sem falar com atendente, por favor
não é preciso passar para um atendente
não me passa para um atendente
não adianta falar com atendente
a outra pessoa fugiu
outra pessoa
uma pessoa bateu no meu carro
tem pessoa ferida
tem gente ferida
tem uma pessoa machucada
tem alguém ferido
pode uma pessoa dirigir meu carro?
outra pessoa pode dirigir meu carro?
o seguro cobre outra pessoa dirigindo?
quero incluir uma pessoa na apólice
quero cobertura para outra pessoa
quero um seguro para uma pessoa da família
preciso incluir mais uma pessoa
quero colocar outra pessoa como condutor
bati no carro de outra pessoa, o seguro paga o conserto dela?
atropelei uma pessoa
alguém roubou meu carro
alguém bateu em mim e fugiu
gente, roubaram meu carro
passa gente na minha rua toda hora
posso chamar alguém para trocar o vidro?
posso transferir para alguém da família?
posso passar para outra pessoa?
o atendente me disse que cobria
já falei com o atendente ontem
o gerente da oficina pediu o boletim
o motorista passou o sinal e não falou com ninguém
sou pessoa jurídica
foi erro humano
falei com meu advogado e ele pediu a apólice
o Procon fica aberto hoje?
advogado
quero que a pessoa que bateu pague
quantas pessoas o seguro cobre?
a pessoa com quem falei sumiu
quero transferir o seguro para outra pessoa
transferir a apólice para o nome de outra pessoa
passei o carro para uma pessoa
quero vender o carro para uma pessoa
quero cancelar o seguro
"""
NOT_ASKING_IN_ENGLISH = """
I don't want to talk to a person
I don’t want to talk to an agent
do not transfer me to an agent
I don't need an agent
someone hit my car
another person was driving
a person was hurt
can another person drive my car?
I need insurance for one person
my agent told me it was covered
why does a transfer to someone take so long?
"""
NOT_ASKING_IN_SPANISH = """
no quiero hablar con una persona
no necesito un agente
no quiero un agente
una persona chocó mi coche
otra persona conducía
hay una persona herida
¿puede otra persona conducir mi coche?
alguien robó mi coche
"""
ASKING = (ASKING_IN_PORTUGUESE, ASKING_IN_ENGLISH, ASKING_IN_SPANISH)
NOT_ASKING = (NOT_ASKING_IN_PORTUGUESE, NOT_ASKING_IN_ENGLISH, NOT_ASKING_IN_SPANISH)
LANGUAGES = ("pt", "en", "es")


def phrasings(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("block", ASKING, ids=LANGUAGES)
def test_whoever_asks_for_a_person_is_understood(block: str) -> None:
    missed = [said for said in phrasings(block) if queue_wanted(said) != PEOPLE]

    assert missed == []


@pytest.mark.parametrize("block", NOT_ASKING, ids=LANGUAGES)
def test_whoever_only_mentions_or_refuses_a_person_is_not_handed_off(block: str) -> None:
    mistaken = [said for said in phrasings(block) if queue_wanted(said) is not None]

    assert mistaken == []


@pytest.mark.parametrize(
    "said",
    [
        "Reclamação",
        "reclamação!",
        "quero reclamar",
        "eu quero fazer uma reclamação",
        "quero registrar uma reclamação formal",
        "quero reclamar do atendimento",
        "vou reclamar, por favor",
        "gostaria de fazer uma reclamação sobre a demora da vistoria",
        "complaint",
        "I want to complain",
        "I'd like to make a complaint, please",
        "I want to complain about the delay",
        "queja",
        "quiero poner una queja",
        "quisiera presentar una queja por la demora",
    ],
)
def test_whoever_wants_to_complain_goes_to_the_complaints(said: str) -> None:
    assert queue_wanted(said) == COMPLAINTS


@pytest.mark.parametrize(
    "said",
    [
        "não quero reclamar",
        "não tenho do que reclamar",
        "o vizinho vive reclamando",
        "quero reclamar o pagamento",
        "I can't complain",
    ],
)
def test_a_word_of_complaint_alone_is_no_complaint(said: str) -> None:
    assert queue_wanted(said) is None


@pytest.mark.parametrize("said", ["", "   ", "👍", "...", "?"])
def test_words_that_say_nothing_want_nothing(said: str) -> None:
    assert queue_wanted(said) is None
    assert not is_courtesy(said)
    assert chosen_topic(said, ["Sinistro"]) is None


@pytest.mark.parametrize(
    "said",
    [
        "oi",
        "oiii bom dia",
        "Olá!",
        "opa, tudo bem?",
        "boa taaaarde",
        "bom dia pessoal",
        "obrigado, tchau",
        "muito obrigada pela ajuda",
        "valeu!!! 👍",
        "tchau, até mais",
        "hello there",
        "thank you very much",
        "thanks for your help",
        "thanks for your help bye",
        "Good morning!",
        "¡Hola! Buenos días",
        "muchas gracias por la ayuda",
    ],
)
def test_only_a_greeting_thanks_or_goodbye_is_a_courtesy(said: str) -> None:
    assert is_courtesy(said)


@pytest.mark.parametrize(
    "said",
    [
        "oi, bati o carro",
        "bom dia, quero cancelar",
        "depoimento",
        "obrigado, mas e a franquia?",
        "sim",
        "ok",
        "voce",
        "muito",
        "tudo",
        "hi, my car was stolen",
        "hola, choqué",
        "oi oi oi oi roubo",
    ],
)
def test_a_demand_is_no_courtesy_even_with_a_greeting(said: str) -> None:
    assert not is_courtesy(said)


TITLES = ["Sinistro Automotivo", "Esclarecimento de Cobertura", "Cancelamento de Seguro"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("sim", 0),
        ("Sim, isso!", 0),
        ("sim, o primeiro", 0),
        ("a segunda opção", 1),
        ("2", 1),
        ("opção 3", 2),
        ("o último", 2),
        ("a terceira, por favor", 2),
        ("sinistro", 0),
        ("é sobre cobertura", 1),
        ("Cancelamento de Seguro", 2),
        ("quero o cancelamento", 2),
        ("yes", 0),
        ("the second one", 1),
        ("the first one please", 0),
        ("number one", 0),
        ("the second", 1),
        ("sí, el primero", 0),
        ("la segunda", 1),
    ],
)
def test_a_short_answer_names_one_of_the_offered_topics(said: str, place: int | None) -> None:
    assert chosen_topic(said, TITLES) == place


@pytest.mark.parametrize(
    "said",
    [
        "não",
        "nenhum",
        "o quarto",
        "4",
        "de",
        "sinistro ou cobertura",
        "não, cobertura",
        "roubaram meu carro hoje de manhã perto da praça",
        "quero saber sobre o cancelamento de seguro",
    ],
)
def test_an_answer_that_names_none_or_several_chooses_nothing(said: str) -> None:
    assert chosen_topic(said, TITLES) is None


def test_an_answer_of_six_words_is_short_and_of_seven_a_demand() -> None:
    assert chosen_topic("eu quero o segundo por favor", TITLES) == 1
    assert chosen_topic("eu quero é o segundo por favor", TITLES) is None


def test_the_title_itself_is_an_answer() -> None:
    assert chosen_topic("Cobertura", ["Sinistro", "Cobertura"]) == 1


def test_a_word_that_stands_in_two_titles_chooses_nothing() -> None:
    assert chosen_topic("seguro", ["Cancelamento de Seguro", "Contratação de Seguro"]) is None


def test_the_third_of_two_topics_does_not_exist() -> None:
    assert chosen_topic("a terceira", TITLES[:2]) is None
    assert chosen_topic("a última", TITLES[:2]) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "quero um ",
        "falar com para um o ",
        "nao ",
        "nao quero falar ",
        "oi ",
        "a",
        "1 ",
        "reclamacao do ",
        "por favor ",
        "ã",
        ",",
        "hace falta ",
    ],
)
def test_hostile_words_are_read_in_a_moment(piece: str) -> None:
    said = (piece * 4000)[:4000]
    began = time.perf_counter()

    queue_wanted(said)
    is_courtesy(said)
    chosen_topic(said, TITLES)

    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("said", "sim|Quero|pode ser|claro que sim|com certeza|bora|beleza|isso|dale".split("|"))
def test_people_agree_in_many_words(said: str) -> None:
    assert is_yes(said)
    assert not is_no(said)


@pytest.mark.parametrize("said", "não|prefiro não|depois|não, valeu|nenhuma dessas|ahora no|no thanks".split("|"))
def test_people_decline_in_many_words(said: str) -> None:
    assert is_no(said)
    assert not is_yes(said)


@pytest.mark.parametrize("said", ["quero o boleto", "não sei", "pode ser que sim ou não", "talvez", "depois de amanhã"])
def test_what_is_neither_is_left_to_other_rules(said: str) -> None:
    assert not is_yes(said)
    assert not is_no(said)


@pytest.mark.parametrize(
    "words",
    [
        "quero continuar com o robô",
        "na verdade deixa, pode continuar vc",
        "cancelar atendimento",
        "não quero mais atendente",
        "não preciso mais de uma pessoa",
        "sair da fila",
        "continue with the bot",
        "I don't need a person anymore",
        "seguir con el robot",
    ],
)
def test_who_would_rather_have_the_bot_again_is_heard(words: str) -> None:
    assert wants_bot(words)


@pytest.mark.parametrize(
    "words", ["quero cancelar meu seguro", "não quero falar com robô", "pode continuar", "quero falar com você", "oi"]
)
def test_other_words_of_who_waits_stay_for_the_people(words: str) -> None:
    assert not wants_bot(words)
