"""Who signs a reply, and what the id of an action means."""

import pytest

from roteiro.domain.cast import Agent, Cast, Suggestion

ABAPORU, ANITA, MACHADO = (Agent(name, name.title(), "🎨", "papel", "faz") for name in ("abaporu", "anita", "machado"))
CAST = Cast(
    (ABAPORU, ANITA, MACHADO),
    routing={"default": "abaporu", "analyze": "anita", "question": "machado"},
    meanings={"start_investigation": "Quero investigar contratos"},
)


@pytest.mark.parametrize(
    ("intent", "own", "wish", "signed"),
    [
        ("analyze", "", "", ANITA),
        ("analyze", "", "machado", ANITA),
        ("analyze", "abaporu", "", ABAPORU),
        ("analyze", "nobody", "", ANITA),
        ("question", "", "", MACHADO),
        ("question", "machado", "anita", ANITA),
        ("question", "machado", "nobody", MACHADO),
        ("unknown", "", "", ABAPORU),
        ("unknown", "", "anita", ANITA),
        ("help", "abaporu", "anita", ANITA),
    ],
)
def test_the_routing_says_who_signs_and_a_wish_counts_where_it_leaves_that_open(
    intent: str, own: str, wish: str, signed: Agent
) -> None:
    assert CAST.agent(intent, own, wish) == signed


def test_a_pack_without_agents_has_nobody_to_sign() -> None:
    assert Cast().agent("analyze", "anita", "anita") is None


@pytest.mark.parametrize(
    ("message", "meant"),
    [("start_investigation", "Quero investigar contratos"), ("Start_Investigation", "Start_Investigation")],
)
def test_only_the_very_id_of_an_action_means_it(message: str, meant: str) -> None:
    assert CAST.meant(message) == meant


HELP = Suggestion("help", "Como funciona?", "help-circle", "Como isto funciona?")
SPOKEN = Cast(
    (ANITA,),
    (HELP,),
    meanings={"try_again": "Me ajude"},
    translations={
        "en": {
            "agents.anita.role": "Analyst",
            "suggestions.help.action": "How does this work?",
            "actions.try_again": "Help me",
        }
    },
)


@pytest.mark.parametrize(("locale", "role"), [("pt-BR", "papel"), ("en", "Analyst"), ("es", "papel")])
def test_an_agent_introduces_itself_in_a_language_and_keeps_its_name(locale: str, role: str) -> None:
    (anita,) = SPOKEN.agents_in(locale)

    assert (anita.name, anita.role, anita.description) == ("Anita", role, "faz")


@pytest.mark.parametrize(("locale", "action"), [("pt-BR", HELP.action), ("en", "How does this work?")])
def test_a_suggestion_sends_what_it_says_in_the_readers_language(locale: str, action: str) -> None:
    (shown,) = SPOKEN.suggestions_in(locale)

    assert (shown.id, shown.label, shown.icon, shown.action) == ("help", "Como funciona?", "help-circle", action)


@pytest.mark.parametrize(
    ("message", "locale", "meant"),
    [("try_again", "en", "Help me"), ("try_again", "es", "Me ajude"), ("Me ajude", "en", "Me ajude")],
)
def test_an_action_means_the_same_in_the_words_of_a_language(message: str, locale: str, meant: str) -> None:
    assert SPOKEN.meant(message, locale) == meant


@pytest.mark.parametrize(
    ("message", "original"),
    [("Help me", "Me ajude"), ("How does this work?", HELP.action), (HELP.action, HELP.action), ("help", "help")],
)
def test_a_button_is_known_by_its_message_in_any_language(message: str, original: str) -> None:
    assert SPOKEN.original(message) == original
    assert (message in SPOKEN.buttons) == (message != "help")
