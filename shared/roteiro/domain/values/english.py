"""English amounts as the Portuguese ones that `numbers` reads: "half a million", "two hundred and fifty thousand"."""

from collections.abc import Sequence

from roteiro.domain.values.numbers import Word

__all__ = ["in_portuguese"]

_SCALES = dict(
    pair.split()
    for pair in "thousand mil, million milhao, millions milhoes, billion bilhao, millon milhao, millones milhoes".split(
        ", "
    )
)
_UNITS = dict(
    pair.split()
    for pair in (
        "a um, an um, one um, two dois, three tres, four quatro, five cinco, six seis, seven sete, eight oito, "
        "nine nove, "
        "ten dez, eleven onze, twelve doze, thirteen treze, fourteen quatorze, fifteen quinze, sixteen dezesseis, "
        "seventeen dezessete, eighteen dezoito, nineteen dezenove, twenty vinte, thirty trinta, forty quarenta, "
        "fifty cinquenta, sixty sessenta, seventy setenta, eighty oitenta, ninety noventa"
    ).split(", ")
)
_HUNDREDS = dict(
    pair.split()
    for pair in (
        "a cento, one cento, two duzentos, three trezentos, four quatrocentos, five quinhentos, six seiscentos, "
        "seven setecentos, eight oitocentos, nine novecentos"
    ).split(", ")
)
_MOST = 6  # words of "two hundred and twenty five thousand" before its scale


def in_portuguese(words: Sequence[Word]) -> list[Word]:
    """Return words with English amounts translated; only those before "thousand", "million" and the like."""
    said: list[Word] = []
    for word in words:
        scale = _SCALES.get(word.text)
        if scale and said:
            said = _counted(said)
        said.append(word._replace(text=scale) if scale and said and _counts(said[-1]) else word)
    return said


def _counts(word: Word) -> bool:
    return word.text[0].isdigit() or word.text in {"meio", "cem", *_UNITS.values(), *_HUNDREDS.values()}


def _counted(said: list[Word]) -> list[Word]:
    """Return words with the number at their end translated."""
    if [word.text for word in said[-2:]] == ["half", "a"]:
        return [*said[:-2], said[-2]._replace(text="meio", end=said[-1].end)]
    at = len(said)
    while at and len(said) - at < _MOST and said[at - 1].text in (*_UNITS, "hundred", "and", "-"):
        at -= 1
    if [word.text for word in said[-2:]] == ["thanks", "a"]:
        return said
    number = [word for word in said[at:] if word.text not in ("and", "-")]
    return [*said[:at], *_summed(number)] if number else said


def _summed(number: Sequence[Word]) -> list[Word]:
    """Return "two hundred twenty" as "duzentos e vinte", each word at its own place."""
    summed: list[Word] = []
    for at, word in enumerate(number):
        if word.text == "hundred":
            continue
        before_hundred = at + 1 < len(number) and number[at + 1].text == "hundred"
        names = _HUNDREDS if before_hundred else _UNITS
        is_whole = before_hundred and at + 2 == len(number) and word.text in ("a", "one")
        text = "cem" if is_whole else names.get(word.text, word.text)
        joint = [word._replace(text="e")] if summed else []
        summed += [*joint, word._replace(text=text, end=number[at + 1].end if before_hundred else word.end)]
    return summed
