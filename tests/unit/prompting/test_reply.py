import time

import pytest

from roteiro.errors import ModelUnavailable
from roteiro.prompting.reply import checked_reply

FENCE = "k3x9q"


@pytest.mark.parametrize(
    "reply",
    [
        "Sim, a franquia vale por evento.",
        "São 7 passos. Você está no 2º.",
        "A cobertura básica inclui incêndio;\na de roubo é opcional.",
        "Custa R$ 1.500,00 por ano.",
        "Claro! 👨‍👩‍👧 Pode incluir a família.",
        "Não sei dizer. Posso chamar um atendente?",
        "a" * 1200,
    ],
)
def test_a_plain_short_reply_is_shown_as_it_is(reply: str) -> None:
    assert checked_reply(reply, fence=FENCE) == reply


@pytest.mark.parametrize(
    ("reply", "shown"),
    [("  Sim.\n", "Sim."), ("S\u200bim\u202e.", "Sim."), ("Sim.\x07", "Sim."), ("\ufeffSim.", "Sim.")],
)
def test_a_reply_is_trimmed_and_freed_of_unseen_characters(reply: str, shown: str) -> None:
    assert checked_reply(reply, fence=FENCE) == shown


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "  \n ",
        "\u200b\u202e",
        "a" * 1201,
        "Veja https://exemplo.com",
        "Veja HTTP://exemplo",
        "Acesse www.exemplo",
        "Acesse exemplo.com.br agora",
        "fale em golpe.info",
        "<b>Sim</b>",
        "<script>alert(1)</script>",
        "Seu e-mail é <EMAIL>",
        "</cliente>",
        "![foto](x)",
        "[clique](x)",
        "```código```",
        "# Título",
        "Primeiro\n## Segundo",
        "**Sim**",
        f"A marca é {FENCE}.",
        "Veja exem\u200bplo.com",
        "ht\u200btps://x",
    ],
)
def test_anything_else_is_refused_as_filtered(reply: str) -> None:
    with pytest.raises(ModelUnavailable) as refused:
        checked_reply(reply, fence=FENCE)

    assert refused.value.reason == "filtered"


def test_a_refusal_never_repeats_the_models_words() -> None:
    with pytest.raises(ModelUnavailable) as refused:
        checked_reply("segredo https://exemplo.com", fence=FENCE)

    assert "segredo" not in str(refused.value)


def test_without_a_fence_nothing_counts_as_leaked() -> None:
    assert checked_reply("Sim.", fence="") == "Sim."


@pytest.mark.parametrize("piece", ["a", "a-", "a.", "<", "<a", "![", "# ", "*", "`", "www", "é", "\n#"])
def test_a_hostile_reply_is_checked_in_a_moment(piece: str) -> None:
    reply = (piece * 100_000)[:100_000]
    began = time.perf_counter()

    with pytest.raises(ModelUnavailable):
        checked_reply(reply, fence=FENCE)

    assert time.perf_counter() - began < 1
