"""Customer text to folded words, and to the one form in which two texts count as the same (tier 0)."""

import re
import unicodedata

from roteiro.matching.phrases import CARRIERS, SPELLINGS

__all__ = ["fold", "normalise", "words"]

LONGEST_TEXT = 2000  # characters looked at; the HTTP edge refuses longer messages, this bounds the time of any caller
LONGEST_WORD = 28  # letters; beyond that it is base64, a key or a stuck key, not a word of pt, en or es

_LINK = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[^\s@]+\.\S+")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
_WAVES = str.maketrans({"👋": " oi ", "\U0001f64b": " oi "})  # greetings that need no word
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_WORD = re.compile(r"[^\W_]+")
_CARRIER = re.compile(rf"^(?:(?:{'|'.join(sorted(CARRIERS, key=len, reverse=True))}) )+")


def fold(text: str) -> str:
    """Lower-case without accents, links, apostrophes inside words or stretched letters ("Nãooo" is "nao")."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].lower().translate(_WAVES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _APOSTROPHE.sub("", _LINK.sub(" ", plain))
    return _STRETCHED.sub(r"\1", plain)


def words(text: str) -> list[str]:
    """The folded words in order, chat spellings written out ("vc" is "voce"); words no language has are dropped."""
    found = _WORD.findall(fold(text))
    return [SPELLINGS.get(word, word) for word in found if len(word) <= LONGEST_WORD]


def normalise(text: str) -> str:
    """The words without punctuation and without what merely carries a request ("gostaria de", "how do i")."""
    plain = " ".join(words(text)) + " "
    return _CARRIER.sub("", plain).strip() or plain.strip()
