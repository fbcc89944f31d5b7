"""Customer text to words, stems and features."""

import pytest

from roteiro.matching.features import cosine, count_features, measure_rarity, weigh
from roteiro.matching.spelling import Speller
from roteiro.matching.stems import stem
from roteiro.matching.text import fold, normalise, words


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("NÃO Recebi", "nao recebi"),
        ("nãooooo", "nao"),
        ("don't", "dont"),
        ("veja https://exemplo.com.br/a?b=c aqui", "veja   aqui"),
        ("escreva para ana@exemplo.com.br", "escreva para  "),
        ("ＣＡＮＣＥＬＡＲ", "cancelar"),
    ],
)
def test_accents_capitals_links_and_stretched_letters_do_not_matter(said: str, folded: str) -> None:
    assert fold(said) == folded


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("vc n recebeu?", ["voce", "nao", "recebeu"]),
        ("qdo chega meu pgto", ["quando", "chega", "meu", "pagamento"]),
        ("carro bom", ["carro", "bom"]),
        ("oq vc faz", ["que", "voce", "faz"]),
        ("num entendi", ["num", "entendi"]),
        ("👋", ["oi"]),
        ("👍", []),
        ("A" * 10 + "b" * 25, ["ab"]),
        ("aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8", []),
    ],
)
def test_chat_spellings_are_written_out_and_noise_is_dropped(said: str, heard: list[str]) -> None:
    assert words(said) == heard


@pytest.mark.parametrize(
    "said",
    [
        "Gostaria de cancelar meu seguro.",
        "como faço para cancelar meu seguro?",
        "Olá, bom dia! Quero cancelar meu seguro",
        "CANCELAR MEU SEGURO!!!",
    ],
)
def test_what_merely_carries_a_request_is_stripped_for_tier_0(said: str) -> None:
    assert normalise(said) == "cancelar meu seguro"


def test_a_message_that_is_only_a_carrier_keeps_its_words() -> None:
    assert normalise("quero saber") == "quero saber"


def test_a_negation_is_never_stripped() -> None:
    assert normalise("não quero cancelar") != normalise("quero cancelar")


@pytest.mark.parametrize(
    ("one", "other"), [("cancelar", "cancelamento"), ("pagamentos", "pagamento"), ("transferred", "transferring")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_short_word_is_its_own_stem() -> None:
    assert stem("mais") == "mais"


def test_words_of_one_meaning_share_a_concept_across_languages() -> None:
    portuguese, english = count_features(["reembolso"]), count_features(["refund"])

    assert "s:reembolso" in portuguese
    assert "s:reembolso" in english


def test_unknown_words_make_a_text_weaker() -> None:
    documents = [count_features(["cancelar", "seguro"]), count_features(["marcar", "consulta"])]
    vocabulary = measure_rarity(documents)
    whole = weigh(documents[0], vocabulary)

    mixed = weigh(count_features(["cancelar", "seguro", "xilofone"]), vocabulary)

    assert cosine(whole, [whole]) == pytest.approx(1.0)
    assert cosine(whole, [mixed]) < 0.95


def test_a_text_without_known_words_has_no_features() -> None:
    vocabulary = measure_rarity([count_features(["cancelar"])])

    assert weigh(count_features(["zzz"]), vocabulary) == {}


@pytest.mark.parametrize("slip", ["zambomma", "zambmba", "zamobmba", "zambombaa", "zambumba"])
def test_one_slip_is_corrected_towards_a_word_of_the_catalogue(slip: str) -> None:
    speller = Speller({"zambomba": 0})

    assert speller.correct([slip]) == ["zambomba"]


def test_known_short_and_distant_words_are_left_alone() -> None:
    speller = Speller({"zambomba": 0, "casa": 1})

    assert speller.correct(["casas", "cas", "zombaria", "zambomba"]) == ["casa", "cas", "zombaria", "zambomba"]


def test_the_more_frequent_word_wins_a_tie() -> None:
    speller = Speller({"zarpada": 5, "zarpado": 1})

    assert speller.correct(["zarpadx"]) == ["zarpado"]


def test_noise_is_not_looked_up_for_ever() -> None:
    speller = Speller({"zambomba": 0})

    corrected = speller.correct(["zambomma"] * 50)

    assert corrected.count("zambomba") < 10
