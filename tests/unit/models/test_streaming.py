"""A completion that arrives piece by piece is believed only when it is whole."""

import json
from typing import Any

import pytest

from roteiro.errors import ModelUnavailable
from roteiro.models.streaming import Heard
from tests.model_server import event, piece

SAID = [event(piece("Sim, ")), event(piece("é coberta.")), event(piece(finish="stop"))]
END = b"data: [DONE]\n\n"


def heard(*chunks: bytes) -> Heard:
    listener = Heard()
    for chunk in chunks:
        listener.hear(chunk)
    return listener


@pytest.mark.parametrize(
    "chunks",
    [
        [*SAID, END],
        SAID,
        [b"".join(SAID) + END],
        [bytes([byte]) for byte in b"".join(SAID)],
        [b": ping\n\n", *SAID, END],
        [b"event: message\r\n", *(chunk.replace(b"\n", b"\r\n") for chunk in SAID)],
        [event(piece("", role="assistant")), *SAID],
        [b"".join(SAID).rstrip(b"\n")],
    ],
)
def test_pieces_make_one_text_however_they_are_cut(chunks: list[bytes]) -> None:
    assert heard(*chunks).text() == "Sim, é coberta."


def test_the_first_token_is_noticed() -> None:
    listener = heard(b": ping\n\n", event(piece("", role="assistant")))
    before = listener.has_begun

    listener.hear(event(piece("S")))

    assert (before, listener.has_begun) == (False, True)


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ({"prompt_tokens": 70, "completion_tokens": 9}, (70, 9)),
        ({"prompt_tokens": 70}, (70, 0)),
        ({"prompt_tokens": "70", "completion_tokens": -1}, (0, 0)),
        (None, (0, 0)),
        ([], (0, 0)),
    ],
)
def test_what_it_cost_is_read_where_the_server_tells(usage: Any, counted: tuple[int, int]) -> None:
    assert heard(*SAID, event({**piece(), "choices": [], "usage": usage})).usage == counted


@pytest.mark.parametrize(
    "chunks",
    [
        [],
        [END],
        SAID[:2],
        [*SAID[:2], END],
        [SAID[0], event(piece(finish="length"))],
        [SAID[0], event(piece(finish="content_filter"))],
        [SAID[0], SAID[1][:20]],
    ],
)
def test_what_is_cut_or_ends_in_another_way_is_nonsense(chunks: list[bytes]) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        heard(*chunks).text()

    assert caught.value.reason == "error"


@pytest.mark.parametrize(
    "chunk",
    [
        b"<html>gateway</html>\n",
        b'{"choices": []}\n',
        b"data: {\n",
        b"data: []\n",
        b"data: 7\n",
        b'data: {"error": {"message": "overloaded"}}\n',
        b'data: {"choices": [7]}\n',
        b"data: \xff\xfe\n",
        event(piece(tool_calls=[{"index": 0}])),
        event(piece(function_call={"name": "cancel"})),
        b"data: " + json.dumps({"choices": [{"delta": {"content": ["a"]}}]}).encode() + b"\n",
    ],
)
def test_what_is_no_piece_of_a_completion_is_refused_as_it_comes(chunk: bytes) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        heard(SAID[0], chunk)

    assert caught.value.reason == "error"
