"""What people also write that no company's script handles, in pt, en and es: the texts of the background class."""

from roteiro.matching.background.english import ENGLISH
from roteiro.matching.background.portuguese import PORTUGUESE
from roteiro.matching.background.spanish import SPANISH

__all__ = ["BACKGROUND"]

BACKGROUND: tuple[str, ...] = (*PORTUGUESE, *ENGLISH, *SPANISH)
