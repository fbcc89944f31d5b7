"""Days seen from today: "ontem", "há três dias", "sexta passada", "segunda-feira da semana passada"."""

import re
from datetime import date, timedelta

from roteiro.domain.values.days import COUNT, COUNTS, WEEKDAYS, Rule, Said

__all__ = ["RULES", "VAGUE"]

_WEEK = 7
_WEEKS_BACK = {"retrasada": 2, "passada": 1}  # "da semana passada"; any other week named is the next one
_MOST_DAYS = 36_525  # a century: more is no date anybody means, and would leave the calendar
_SHIFTS = {
    **dict.fromkeys(("antes de ontem", "anteontem", "anteayer", "the day before yesterday"), -2),
    **dict.fromkeys(("ontem", "yesterday", "ayer"), -1),
    **dict.fromkeys(("hoje", "today", "hoy"), 0),
    **dict.fromkeys(("depois de amanha", "the day after tomorrow", "pasado manana"), 2),
    **dict.fromkeys(("amanha", "tomorrow"), 1),
}
_BACK = -1
_AHEAD = re.compile("que vem|proxim")
_BACKWARD = re.compile("passad|ultim|retrasad")
_UNIT = "(?P<unit>dias?|semanas?)"
_NUMBER = rf"(?P<n>[0-9]{{1,5}}|{COUNT})"
# "a segunda via" and "a quinta parcela" are no days.
_COUNTED_THINGS = "via|vez|vezes|opcao|parcela|pessoa|pagina|chance|tentativa|unidade|linha|casa|porta"
_NAMED_DAY = rf"\b(?P<name>{'|'.join(WEEKDAYS)})(?P<feira>[ -]feira)?s?\b(?! (?:{_COUNTED_THINGS})\b)"
_BEFORE = r"(?P<before>\b(?:semana passada,? (?:n[ao] )?|ultim[ao] |proxim[ao] |(?:n|nest|ness|dest|dess)[aeo] ))?"
_AFTER = (
    "(?P<after> passad[ao]| retrasad[ao]| que vem| da semana passada| da semana retrasada| da semana que vem|"
    " da proxima semana)?"
)


def _shifted(found: re.Match[str], said: Said) -> date:
    return said.today + timedelta(days=_SHIFTS[found[0]])


def _ago(found: re.Match[str], said: Said) -> date | None:
    return _counted(found, said.today, _BACK)


def _from_now(found: re.Match[str], said: Said) -> date | None:
    return _counted(found, said.today, 1)


def _counted(found: re.Match[str], today: date, direction: int) -> date | None:
    count = COUNTS.get(found["n"]) or int(found["n"])
    days = count * (_WEEK if found["unit"].startswith("semana") else 1)
    return today + timedelta(days=direction * days) if days <= _MOST_DAYS else None


def _weekday(found: re.Match[str], said: Said) -> date:
    """Read a weekday: the last one before today, the next one after it, or that of the week named."""
    around = f"{found['before'] or ''}{found['after'] or ''}"
    day = WEEKDAYS[found["name"]]
    monday = said.today - timedelta(days=said.today.weekday())
    if "semana" in around:
        weeks = next((back for word, back in _WEEKS_BACK.items() if word in around), -1)
        return monday + timedelta(days=day - weeks * _WEEK)
    if _AHEAD.search(around) or (said.ahead and not _BACKWARD.search(around)):
        return said.today + timedelta(days=(day - said.today.weekday() - 1) % _WEEK + 1)
    last = said.today - timedelta(days=(said.today.weekday() - day - 1) % _WEEK + 1)
    return last - timedelta(days=_WEEK) if "retrasad" in around else last


def _ambiguous(_found: re.Match[str], _said: Said) -> str:
    return "ambiguous"


_FULL = _NAMED_DAY.replace("[ -]feira)?", "[ -]feira)")
RULES = (
    Rule(re.compile(rf"\b(?:{'|'.join(_SHIFTS)})\b"), _shifted),
    Rule(re.compile(rf"\b(?:ha|faz|tem) (?:uns |umas |cerca de )?{_NUMBER} {_UNIT}\b(?: atras)?"), _ago),
    Rule(re.compile(rf"\b{_NUMBER} {_UNIT} atras\b"), _ago),
    Rule(re.compile(rf"\bdaqui (?:a )?{_NUMBER} {_UNIT}\b"), _from_now),
    Rule(re.compile(_BEFORE + _FULL + _AFTER), _weekday, weak=True),
    Rule(re.compile(_BEFORE + _NAMED_DAY + _AFTER.removesuffix("?")), _weekday, weak=True),
    Rule(re.compile(_BEFORE + r"\b(?P<name>sabado|domingo)\b" + _AFTER), _weekday, weak=True),
    Rule(re.compile(_BEFORE + _NAMED_DAY + _AFTER), _weekday, only_asked=True, weak=True),
)
VAGUE = (
    Rule(re.compile(r"\bsemana (?:passada|retrasada|que vem)\b|\bproxima semana\b|\bfim de semana\b"), _ambiguous),
    Rule(re.compile(rf"\b(?:ha|faz) (?:uns |umas )?(?:{COUNT}|[0-9]{{1,3}}) (?:mes|meses|anos?)\b"), _ambiguous),
)
