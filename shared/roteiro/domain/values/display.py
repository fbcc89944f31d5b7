"""Stored values as people read them, in the language of the conversation; nothing is masked here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from roteiro.domain import protocol
from roteiro.domain.texts import text
from roteiro.domain.values import addresses, dates, documents, money, periods, phones, plates

__all__ = ["display"]

_Stored = str | bool | int | Sequence[str] | None

_SHOWN: dict[str, Callable[[str], str]] = {
    "cpf": documents.shown,
    "cnpj": documents.shown,
    "cpf_or_cnpj": documents.shown,
    "phone_br": phones.shown,
    "cep": addresses.shown,
    "plate": plates.shown,
    "protocol": protocol.shown,
}
_SHOWN_IN: dict[str, Callable[[str, str], str]] = {
    "date": lambda stored, locale: dates.shown(date.fromisoformat(stored), locale),
    "money_brl": money.shown,
    "period": periods.shown,
}
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def display(kind: str, stored: _Stored, locale: str, names: Mapping[str, str] = _NO_NAMES) -> str:
    """Return a slot's value as it is read; several are joined, none is said to be none.

    `names`: what the stored values of a choice or an entity are called (`{"auto": "Carro"}`).

    >>> display("date", "2026-03-12", "pt-BR"), display("money_brl", "1500.00", "pt-BR"), display("bool", True, "es")
    ('12/03/2026', 'R$ 1.500,00', 'sí')
    """
    if stored is None:
        return text("not_informed", locale)
    if isinstance(stored, bool):
        return text("yes" if stored else "no", locale)
    if isinstance(stored, str):
        return _one(kind, stored, locale, names)
    return str(stored) if isinstance(stored, int) else ", ".join(_one(kind, each, locale, names) for each in stored)


def _one(kind: str, stored: str, locale: str, names: Mapping[str, str]) -> str:
    if shown_in := _SHOWN_IN.get(kind):
        return shown_in(stored, locale)
    return _SHOWN[kind](stored) if kind in _SHOWN else names.get(stored, stored)
