from roteiro.domain.pack import Pack

PACK = Pack("seguros", "Seguros", {"pt-BR": {"waiting": "Você é o {position}º.", "greeting": "Oi! {isto} {} é texto."}})


def test_a_pack_says_its_own_text_with_the_placeholders_filled() -> None:
    assert PACK.say("waiting", "pt-BR", position=3) == "Você é o 3º."


def test_what_a_pack_does_not_say_the_engine_says_in_the_same_language() -> None:
    assert PACK.say("waiting", "en", position=3) == "Got it. You are number 3 in the queue."


def test_braces_in_a_packs_text_are_text() -> None:
    assert PACK.say("greeting", "pt-BR") == "Oi! {isto} {} é texto."


def test_braces_inside_a_fact_are_not_filled() -> None:
    pack = Pack("p", "P", {"pt-BR": {"clarify": "{topics} / {position}"}})

    assert pack.say("clarify", "pt-BR", topics="{position}", position=1) == "{position} / 1"
