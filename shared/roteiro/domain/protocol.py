"""The protocol number a customer can quote: date, seven random digits, two check digits.

`AAAAMMDD` + 7 + 2, check digits by ISO 7064 MOD 97-10 (the whole number modulo 97 is 1), which catches every wrong
digit and every swap of neighbours. Random, so that it shows no volumes and cannot be counted through. Who may read
what stands under a number shows its access key: ten Crockford base-32 characters that only we can make.
"""

import hmac
import re
from datetime import date, datetime

from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import COMPANY_ZONE, last_moment

__all__ = [
    "RANDOM_NUMBERS",
    "access_key",
    "due_of",
    "is_printed",
    "is_protocol",
    "is_strong",
    "issue",
    "mark_id",
    "opens",
    "owner_of",
    "plain",
    "shown",
]

RANDOM_NUMBERS = 10_000_000  # how many numbers one day has
_DIGITS = 17
_KEY_LENGTH = 10  # characters of 5 bits: at 20 look-ups a minute nobody tries 2**50
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # source: crockford.com/base32.html
_MISREAD = str.maketrans("ILO", "110", " -")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_SAMPLE = "550e8400-e29b-41d4-a716-446655440000"  # printed in the second seed's documents: everybody knows it


def issue(day: date, draw: int) -> str:
    """Return the 17 digits for a day (in the company's zone) and a random number below RANDOM_NUMBERS.

    >>> issue(date(2026, 11, 21), 4839201)
    '20261121483920175'
    """
    body = f"{day:%Y%m%d}{draw:07d}"
    return f"{body}{98 - int(body) * 100 % 97:02d}"


def is_protocol(text: str) -> bool:
    """Say whether a text, with or without separators, is a number whose check digits are right."""
    digits = plain(text)
    return digits.isascii() and digits.isdigit() and len(digits) == _DIGITS and int(digits) % 97 == 1


def due_of(number: str) -> datetime | None:
    """Return until when a number's demand must be answered; None for what is no number of ours.

    >>> due_of("20261121483920175").isoformat()
    '2026-11-28T23:59:59-03:00'
    """
    try:
        opened = datetime.strptime(number[:8], "%Y%m%d").replace(tzinfo=COMPANY_ZONE)
    except ValueError:
        return None
    return last_moment(opened.date())


def plain(text: str) -> str:
    """Return a number without the separators that people write."""
    return re.sub(r"[\s.-]", "", text)


def shown(number: str) -> str:
    """Return the number as people read it.

    >>> shown("20261121483920175")
    '20261121-4839201-75'
    """
    return f"{number[:8]}-{number[8:15]}-{number[15:]}"


def mark_id(number: str) -> str:
    """Return the id of the mark that makes a number unique and says whose it is."""
    return f"~p:{number}"


def access_key(secret: bytes, number: str) -> str:
    """Return the key of a number as people read it; HMAC-SHA256, nothing of it is stored.

    >>> access_key(b"k" * 32, "20261121483920175")
    'M3FGW-HN8GC'
    """
    bits = int.from_bytes(hmac.digest(secret, number.encode(), "sha256")) >> (256 - 5 * _KEY_LENGTH)
    letters = [_CROCKFORD[bits >> 5 * place & 31] for place in reversed(range(_KEY_LENGTH))]
    return f"{''.join(letters[:5])}-{''.join(letters[5:])}"


def opens(given: str, secret: bytes, number: str) -> bool:
    """Say whether a key, however it was written down, is that of a number; the time it takes says nothing."""
    read = given.upper().translate(_MISREAD)
    return hmac.compare_digest(read.encode(), access_key(secret, number).replace("-", "").encode())


def is_strong(conversation: ConversationId) -> bool:
    """Say whether nobody can guess an id: a UUID, and not the one that stands in a public document."""
    return _UUID.fullmatch(conversation) is not None and not is_printed(conversation)


def is_printed(conversation: ConversationId) -> bool:
    """Say whether an id stands in a public document: everybody may try it."""
    return conversation.lower() == _SAMPLE


def owner_of(conversation: ConversationId, user: str) -> str:
    """Return whose a conversation becomes in which `user`, who signed in, writes: a printed id is nobody's own."""
    return "" if is_printed(conversation) else user
