"""The clauses of a message: who introduces himself, greets and tells a story asks for something in one of them."""

import re

__all__ = ["clauses"]

FEWEST_WORDS = 3  # of a clause that can ask for something by itself; chosen
MOST = 6  # clauses looked at, so that a long letter costs no more than six messages

_BREAK = re.compile(r"[.,;:!?\n]+(?=\s|$)")


def clauses(message: str) -> list[str]:
    """Return the clauses of a message that has several, without the shortest.

    >>> clauses("Boa tarde, sou da ONG Rios. O que é pregão?"), clauses("O que é pregão?")
    (['sou da ONG Rios', 'O que é pregão'], [])
    """
    found = [clause.strip() for clause in _BREAK.split(message)]
    if sum(map(bool, found)) < 2:  # noqa: PLR2004 - one clause is the message itself
        return []
    return [clause for clause in found if len(clause.split()) >= FEWEST_WORDS][:MOST]
