"""Who signs a reply, and what the id of an action means."""

import pytest

from roteiro.domain.cast import Agent, Cast

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
