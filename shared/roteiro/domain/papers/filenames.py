"""Names of stored files: safe in every folder, bucket and address; told by what is inside, so never reused."""

import hashlib
import re

from roteiro.errors import InvalidRequest

__all__ = ["FILE_NAME", "checked_name", "report_name"]

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.[a-z0-9]{2,5}")
_DIGEST = 32  # hexadecimal digits: 128 bits, which nobody guesses


def checked_name(name: str) -> str:
    """Return a name that can be no path; raises InvalidRequest (`bad_id`) for any other."""
    if not FILE_NAME.fullmatch(name):
        raise InvalidRequest(code="bad_id")
    return name


def report_name(number: str, content: bytes, form: str = "pdf") -> str:
    """Return the name of a report: another content is another file, and the same content the same one.

    >>> report_name("INV-2026-000001", b"%PDF-")
    'INV-2026-000001-38523c087796e5d5dd1cf9bad1fb0267.pdf'
    """
    return checked_name(f"{number}-{hashlib.sha256(content).hexdigest()[:_DIGEST]}.{form}")
