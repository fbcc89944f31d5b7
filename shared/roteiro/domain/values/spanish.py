"""Spanish number words as the Portuguese ones that `numbers` reads, each at its own place in the text."""

from collections.abc import Iterator, Sequence

from roteiro.domain.values.numbers import Word

__all__ = ["in_portuguese"]

_PAIRS = (
    "uno um, dos dois, cuatro quatro, siete sete, ocho oito, nueve nove, diez dez, once onze, doce doze, trece treze, "
    "quince quinze, dieciseis dezesseis, diecisiete dezessete, dieciocho dezoito, diecinueve dezenove, veinte vinte, "
    "treinta trinta, cuarenta quarenta, cincuenta cinquenta, sesenta sessenta, ochenta oitenta, "
    "cien cem, ciento cento, doscientos duzentos, trescientos trezentos, "
    "cuatrocientos quatrocentos, quinientos quinhentos, seiscientos seiscentos, setecientos setecentos, "
    "ochocientos oitocentos, novecientos novecentos, millon milhao, millones milhoes, "
    "y e, medio meio, media meia, reales reais"
)
_WORDS = dict(pair.split() for pair in _PAIRS.split(", "))
_TWENTY = "veinti"  # "veintitres" is one word for "vinte e tres"


def in_portuguese(words: Sequence[Word]) -> list[Word]:
    """Return words with the Spanish ones translated; not for Portuguese, where "dos" and "once" mean something else."""
    return [translated for word in words for translated in _translated(word)]


def _translated(word: Word) -> Iterator[Word]:
    if word.text.startswith(_TWENTY) and (unit := word.text.removeprefix(_TWENTY)):
        yield from (word._replace(text=text) for text in ("vinte", "e", _WORDS.get(unit, unit)))
    else:
        yield word._replace(text=_WORDS.get(word.text, word.text))
