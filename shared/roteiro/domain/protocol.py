"""The protocol number a customer can quote: date, seven random digits, two check digits.

`AAAAMMDD` + 7 + 2, check digits by ISO 7064 MOD 97-10 (the whole number modulo 97 is 1), which catches every wrong
digit and every swap of neighbours. Random, so that it shows no volumes and cannot be counted through.
"""

import re
from datetime import date

__all__ = ["RANDOM_NUMBERS", "is_protocol", "issue", "shown"]

RANDOM_NUMBERS = 10_000_000  # how many numbers one day has
_DIGITS = 17


def issue(day: date, draw: int) -> str:
    """Return the 17 digits for a day (in the company's zone) and a random number below RANDOM_NUMBERS.

    >>> issue(date(2026, 11, 21), 4839201)
    '20261121483920175'
    """
    body = f"{day:%Y%m%d}{draw:07d}"
    return f"{body}{98 - int(body) * 100 % 97:02d}"


def is_protocol(text: str) -> bool:
    """Say whether a text, with or without separators, is a number whose check digits are right."""
    digits = re.sub(r"[\s.-]", "", text)
    return digits.isascii() and digits.isdigit() and len(digits) == _DIGITS and int(digits) % 97 == 1


def shown(number: str) -> str:
    """Return the number as people read it.

    >>> shown("20261121483920175")
    '20261121-4839201-75'
    """
    return f"{number[:8]}-{number[8:15]}-{number[15:]}"
