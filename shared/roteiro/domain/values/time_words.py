"""The words of times in Portuguese, English and Spanish, levelled: months, parts of a year, units, ordinals, counts."""

from collections.abc import Iterable

from roteiro.domain.values.days import COUNTS as _PORTUGUESE_COUNTS
from roteiro.domain.values.days import MONTHS as _PORTUGUESE_MONTHS
from roteiro.domain.values.letters import level

__all__ = [
    "ANY_ORDINAL",
    "COUNTED",
    "COUNTS",
    "DAYS_IN",
    "DAY_OF",
    "LAST",
    "LEFT",
    "LONG_MONTH",
    "MONTH",
    "MONTHS",
    "MONTHS_IN",
    "NAMED_YEAR",
    "NAMES",
    "NUMBER",
    "NUMBERED",
    "OF_A_YEAR",
    "OF_YEAR",
    "ORDINAL",
    "ORDINALS",
    "OWN_YEAR",
    "PART",
    "PARTS",
    "RIGHT",
    "START",
    "TH",
    "TO",
    "UNIT",
    "UNITS",
    "YEAR",
]

NAMES = {
    "pt-BR": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
_LONG = {level(name): at for names in NAMES.values() for at, name in enumerate(names, 1)}
_SHORT = {"feb": 2, "apr": 4, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "dec": 12, "ene": 1, "dic": 12}
MONTHS = _PORTUGUESE_MONTHS | _LONG | _SHORT
# Months in a part of a year, and what pages call it.
PARTS = {
    **dict.fromkeys(("trimestre", "tri", "quarter", "trimester", "t", "q"), (3, "quarter")),
    **dict.fromkeys(("semestre", "sem", "metade", "semester", "half", "mitad", "s", "h"), (6, "semester")),
    "bimestre": (2, "bimester"),
    **dict.fromkeys(("quadrimestre", "cuatrimestre"), (4, "quadrimester")),
}
UNITS = {name: unit for name, (_, unit) in PARTS.items()} | {
    **dict.fromkeys(("dia", "day"), "day"),
    **dict.fromkeys(("semana", "week"), "week"),
    **dict.fromkeys(("mes", "month"), "month"),
    **dict.fromkeys(("ano", "year"), "year"),
}
MONTHS_IN = {unit: size for size, unit in PARTS.values()} | {"month": 1, "year": 12}
DAYS_IN = {"day": 1, "week": 7}
ORDINALS = {
    name: n
    for n, names in enumerate(
        (
            "primeiro primeira primer primero primera first 1st i",
            "segundo segunda second 2nd ii",
            "terceiro terceira tercer tercero tercera third 3rd iii",
            "quarto quarta cuarto cuarta fourth 4th iv",
            "quinto quinta fifth 5th",
            "sexto sexta sixth 6th",
        ),
        1,
    )
    for name in (*names.split(), f"{n}o", f"{n}a", f"{n}")
}
COUNTS = _PORTUGUESE_COUNTS | {
    name: n
    for names in (
        "one two three four five six seven eight nine ten eleven twelve",
        "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for n, name in enumerate(names.split(), 1)
}


def _either(names: Iterable[str]) -> str:
    """Return a pattern of any of these names, the longest first, so that "setembro" is not "set"."""
    return "|".join(sorted(names, key=len, reverse=True))


# "May" is a word too: alone it is a month only after these.
_BEFORE_MAY = (rf"(?<=\b{word} )" for word in "in of since until till from through to before after".split())
_MAY = f"(?:{'|'.join(_BEFORE_MAY)})may"
LONG_MONTH = f"(?:{_either(set(_LONG) - {'may'})}|{_MAY})"
MONTH = _either(MONTHS)
YEAR = "(?:19|20)[0-9]{2}"
_AHEAD = r"(?![/.,-][0-9])"
OWN_YEAR = r"(?:ano(?! anterior)(?: passado| pasado| retrasado| atual| corrente| actual)?|(?:last|this|past) year)\b"
NAMED_YEAR = (
    rf"(?: ?(?:de|del|do|of|in|em|en|/|,)? ?(?:(?:the )?(?:ano|year) (?:de |of )?)?(?P<year>{YEAR})\b{_AHEAD}|"
    rf" (?:d(?:o|el?|este|esse) (?:este )?|of )?(?P<said>{OWN_YEAR}))"
)
OF_YEAR = f"{NAMED_YEAR}?"
LEFT = r"(?<![0-9a-z$])(?<!\$ )(?<![0-9][./,-])"
RIGHT = r"(?![0-9a-z])(?![./,-][0-9])"
PART = "(?:trimestre|semestre|metade|bimestre|quadrimestre|cuatrimestre|quarter|semester|trimester|half|mitad)"
UNIT = (
    "dias?|semanas?|mes|meses|anos?|bimestres?|trimestres?|quadrimestres?|cuatrimestres?|semestres?|"
    "days?|weeks?|months?|years?|quarters?|semesters?"
)
OF_A_YEAR = "meses|months|bimestres|trimestres|quarters"
NUMBER = rf"[0-9]{{1,3}}|{_either(COUNTS)}"
ORDINAL = _either(name for name in ORDINALS if not name.isdigit())
ANY_ORDINAL = _either(ORDINALS)
LAST = "(?:ultim[oa]s?|last|past|previous|final|latest)"
START = "(?:inicio|comeco|principios?|comienzos?|start|beginning)"
COUNTED = "(?:reais|real|contratos?|dias|pessoas|empresas|vezes|mil|milhoes)"
NUMBERED = "contrato|pregao|pregao eletronico|edital|processo|dispensa|convenio|empenho|contract"
TH = "(?:o|st|nd|rd|th)?"
TO = "(?: ?- ?| (?:a|ate|e|to|until|and|y|hasta|al?) (?:el |the |o )?)"
DAY_OF = r"(?: de| of|) "
