"""A language model of a few kilobytes, made up on the spot: it speaks in random letters, and any llama.cpp can load it.

Each token's embedding has a constant first number, so that the first column of the output weights is a plain bias: it
makes letters likely, an end now and then, and a string's closing quote soon.
"""

import random
import struct
from pathlib import Path
from typing import Any

_WIDTH, _HIDDEN, _HEADS, _CONTEXT = 32, 32, 2, 16_384
_LETTERS = " abcdefghijlmnopqrstuvz.,?"
_JSON = '{}[]":_-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZkwxy'
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6  # token types of the format
_END = 2
_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
_ALIGNMENT = 32
_NORM = 5.6  # what the layer's norm makes of the 1 at the head of an embedding: the root of its width

Token = tuple[str, int, float]


def write_tiny_model(path: Path, seed: int = 4) -> None:
    """Write a GGUF file (version 3) with a llama of one layer."""
    draw = random.Random(seed)  # noqa: S311 - weights, no secret
    tokens = _tokens()
    tensors = _tensors(draw, tokens)
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(_facts(tokens)))
    facts = b"".join(_text(name) + _value(value) for name, value in _facts(tokens).items())
    infos, data = b"", b""
    for name, (shape, numbers) in tensors.items():
        infos += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        data += struct.pack(f"<{len(numbers)}f", *numbers)
        data += b"\0" * (-len(data) % _ALIGNMENT)
    before = head + facts + infos
    path.write_bytes(before + b"\0" * (-len(before) % _ALIGNMENT) + data)


def _tokens() -> list[Token]:
    """Return (text, type, bias): what a sentence is made of is likely, bytes are not."""
    special = [("<unk>", _UNKNOWN, -9.0), ("<s>", _CONTROL, -9.0), ("</s>", _CONTROL, 2.0)]
    spoken = [("▁" if letter == " " else letter, _NORMAL, 2.0) for letter in _LETTERS]
    written = [(letter, _NORMAL, 1.0 if letter == '"' else -4.0) for letter in _JSON]
    return [*special, *((f"<0x{byte:02X}>", _BYTE, -9.0) for byte in range(256)), *spoken, *written]


def _tensors(draw: random.Random, tokens: list[Token]) -> dict[str, tuple[tuple[int, ...], list[float]]]:
    def drawn(count: int) -> list[float]:
        return [draw.gauss(0, 0.05) for _ in range(count)]

    embeddings = [number for _ in tokens for number in [1.0, *drawn(_WIDTH - 1)]]
    output = [number for _, _, bias in tokens for number in [bias / _NORM, *drawn(_WIDTH - 1)]]
    square = {f"blk.0.attn_{name}.weight": ((_WIDTH, _WIDTH), drawn(_WIDTH**2)) for name in ("q", "k", "v", "output")}
    wide = {f"blk.0.ffn_{name}.weight": ((_WIDTH, _HIDDEN), drawn(_WIDTH * _HIDDEN)) for name in ("gate", "up", "down")}
    norms = {f"{name}_norm.weight": ((_WIDTH,), [1.0] * _WIDTH) for name in ("blk.0.attn", "blk.0.ffn", "output")}
    return {
        "token_embd.weight": ((_WIDTH, len(tokens)), embeddings),
        "output.weight": ((_WIDTH, len(tokens)), output),
        **square,
        **wide,
        **norms,
    }


def _facts(tokens: list[Token]) -> dict[str, Any]:
    return {
        "general.architecture": "llama",
        "llama.block_count": 1,
        "llama.context_length": _CONTEXT,
        "llama.embedding_length": _WIDTH,
        "llama.feed_forward_length": _HIDDEN,
        "llama.attention.head_count": _HEADS,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.dimension_count": _WIDTH // _HEADS,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": [text for text, _, _ in tokens],
        "tokenizer.ggml.scores": [0.0 for _ in tokens],
        "tokenizer.ggml.token_type": [kind for _, kind, _ in tokens],
        "tokenizer.ggml.eos_token_id": _END,
        "tokenizer.chat_template": _TEMPLATE,
    }


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(value: Any) -> bytes:
    """Return a value with its type before it: 4 unsigned, 5 signed (in lists), 6 float, 8 text, 9 list."""
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    kind, form = {str: (8, ""), float: (6, "f"), int: (5, "i")}[type(value[0])]
    items = b"".join(map(_text, value)) if kind == 8 else struct.pack(f"<{len(value)}{form}", *value)
    return struct.pack("<IIQ", 9, kind, len(value)) + items
