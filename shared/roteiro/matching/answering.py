"""Short answers to "A ou B?": "o primeiro", "a segunda opção", "2", "sim", "nenhum dos dois"."""

from collections.abc import Sequence

from roteiro.matching.text import words

__all__ = ["NONE_OF_THEM", "named", "position"]

NONE_OF_THEM = -1

_POSITIONS = {
    word: place
    for place, names in enumerate(
        (
            "primeiro primeira 1 um uma 1o 1a first primero primera",
            "segundo segunda 2 dois duas 2o 2a second two dos",
            "terceiro terceira 3 tres 3o 3a third three tercero tercera",
        )
    )
    for word in names.split()
}
_YES = frozenset("sim s isso exato exatamente claro certo correto ok positivo uhum yes yeah yep si".split())
_NO = frozenset("nao nenhum nenhuma nem neither none no ninguno ninguna outro outra".split())
_LAST = frozenset("ultimo ultima last".split())
_FILLING = frozenset(
    "o a e os as de do da dos das opcao alternativa numero item the one option number quero queria prefiro acho que "
    "pode ser seria sobre por favor porfavor mesmo esse essa este esta la el opcion please deles "
    "delas i want coisa".split()
)


def position(message: str, offered: int) -> int | None:
    """Which of `offered` topics is meant, counted from 0; `NONE_OF_THEM`; or `None`: the words say something else."""
    said = words(message)
    telling = [word for word in said if word not in _FILLING and word not in _YES]
    places = {_place(word, offered) for word in telling}
    if said and not telling:
        return 0 if any(word in _YES for word in said) else None
    if any(word in _NO for word in telling) and all(word in _NO or word in _POSITIONS for word in telling):
        return NONE_OF_THEM
    chosen = places.pop() if len(places) == 1 else None
    return chosen if chosen is not None and chosen < offered else None


def _place(word: str, offered: int) -> int | None:
    return offered - 1 if word in _LAST else _POSITIONS.get(word)


def named(message: str, titles: Sequence[str]) -> int | None:
    """The only title that shares a word with the message, counted from 0, if exactly one does."""
    said = set(words(message))
    shared = [said & set(words(title)) for title in titles]
    telling = [place for place, both in enumerate(shared) if both - set().union(*shared[:place], *shared[place + 1 :])]
    return telling[0] if len(telling) == 1 else None
