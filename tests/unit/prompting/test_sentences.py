"""What of a reply may be shown while it is still coming."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roteiro.errors import ModelUnavailable
from roteiro.prompting.masking import Masks
from roteiro.prompting.prompt import Prompt
from roteiro.prompting.reply import checked
from roteiro.prompting.sentences import Sentences, cut

TOLD = Prompt((("user", "Em 30 dias, R$ 1.500,00."),), "")


def heard(text: str, prompt: Prompt = TOLD, size: int = 1) -> list[str]:
    """Return what is shown of a text that comes a few letters at a time."""
    sentences = Sentences(prompt)
    return [one for at in range(0, len(text), size) if (one := sentences.hear(text[at : at + size]))]


def masked() -> Prompt:
    masks = Masks({"Ana Maria": "NAME"})
    return Prompt((("user", masks.hide("Sou a Ana Maria, CPF 529.982.247-25")),), "", masks=masks)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sim.", []),
        ("Sim. ", []),
        ("Sim. N", ["Sim. "]),
        ("Sim! Não? Talvez… Fim", ["Sim! ", "Não? ", "Talvez… "]),
        ("Em 30 dias, R$ 1.500,00. Certo", ["Em 30 dias, R$ 1.500,00. "]),
        ("Disse “sim.” E foi", ["Disse “sim.” "]),
        ("Um item\n\nOutro", ["Um item\n\n"]),
        ("  Sim. Não", ["Sim. "]),
        ("Sim.\u200b N", ["Sim. "]),
        ("Olhe v1.2 agora", []),
    ],
)
def test_a_sentence_leaves_once_the_next_has_begun(text: str, shown: list[str]) -> None:
    assert heard(text, Prompt((("user", "30 1.500,00 1.2"),), "")) == shown


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_data_come_back_whole_however_the_reply_is_cut(size: int) -> None:
    shown = heard("Certo, <NAME_1>. Seu CPF é <CPF_1>. Mais algo?", masked(), size)

    assert "".join(shown) == "Certo, Ana Maria. Seu CPF é 529.982.247-25. "


@pytest.mark.parametrize("text", ["Veja <b. Isto", "Veja <script. Depois. Fim"])
def test_an_open_tag_holds_back_all_that_follows(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sim. ", "Veja www.golpe.example. "),
        ("Sim. ", "São 90 reais. "),
        ("Sim. ", "Anotei <CPF_7>. "),
        ("", "O CPF é 111.444.777-35. "),
        ("Sim. ", "Use **isto**. "),
    ],
)
def test_a_sentence_that_may_not_be_shown_ends_the_reply(before: str, after: str) -> None:
    sentences = Sentences(TOLD)
    shown = sentences.hear(f"{before}E") if before else ""

    with pytest.raises(ModelUnavailable) as refused:
        sentences.hear(f" ainda. {after}Fim")

    assert (shown, refused.value.reason) == (before, "filtered")


def test_what_would_be_wrong_over_two_sentences_is_seen_with_the_second() -> None:
    prompt = Prompt((), "", titles=("Seguro. Auto",))
    sentences = Sentences(prompt)
    sentences.hear("Temos Seguro. ")

    with pytest.raises(ModelUnavailable):
        sentences.hear("Auto é outro. Fim")


@pytest.mark.parametrize("part", ["Você tem 3 dias. E", "Seu CPF é <CPF_2>. E", f"{'Bem ' * 60}. E"])
def test_a_rewording_adds_no_number_no_mark_and_not_much_text(part: str) -> None:
    prompt = Prompt((), "", wording_of="Informe o <CPF_1> em 30 dias.", masks=masked().masks)

    with pytest.raises(ModelUnavailable):
        heard(part, prompt, 500)


def test_json_is_nobodys_to_read() -> None:
    prompt = Prompt((), "", schema={"properties": {"a": {}}})

    assert heard('{"a": "Sim. Não. "}', prompt) == []


WORDS = st.lists(st.sampled_from(["sim", "não.", "<NAME_1>", "<CPF_1>.", "ok!", "e", "\n", "fim?", "“a.”"]))


@settings(max_examples=300, deadline=None)
@given(WORDS, st.integers(1, 9))
def test_what_is_shown_always_begins_the_reply_that_is_believed(words: list[str], size: int) -> None:
    prompt, text = masked(), " ".join([*words, "fim"])

    shown = "".join(heard(text, prompt, size))

    whole = checked(text, prompt)
    assert whole.startswith(shown)
    assert not shown or shown[-1].isspace()


@given(st.text(alphabet="ab.!? \n…”", max_size=60))
def test_a_text_is_cut_after_blanks_alone_and_nothing_is_lost(text: str) -> None:
    pieces = cut(text)

    assert "".join(pieces) == text
    assert all(piece[-1].isspace() for piece in pieces[:-1])
    assert all(piece.strip() for piece in pieces) or not text.strip()
