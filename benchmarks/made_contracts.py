"""Made-up public contracts in the shape of the monthly files, clean or with planted anomalies; the same seed, the same.

Every name says that it is made up; units begin with 999, which no real unit does.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

__all__ = ["ORGANS", "Made", "Planted", "as_files", "make", "show"]

ORGANS = ("36000", "26000", "52000", "39000", "30000")
_OF = ("da Saúde", "da Educação", "da Defesa", "dos Transportes", "da Justiça e Segurança Pública")
NAMES = dict(zip(ORGANS, _OF, strict=True))
FIRST, LAST = date(2024, 1, 1), date(2026, 10, 31)
UNITS, FIRMS, SHOPS = 6, 90, 400  # per organ: units that buy, firms with contracts, and shops for small purchases
WAIVERS = 0.15  # of an organ's ordinary contracts
RETAIL, TWINS = 0.03, 0.005  # of items bought dear with good reason, of contracts made in two equal lots
LIMITS = {2024: (11_981_202, 5_990_602), 2025: (12_545_115, 6_272_559), 2026: (13_098_420, 6_549_211)}  # cents
CROWDED, HURRIED = ORGANS[3], (ORGANS[4], 2025)  # where concentration and the year-end rush are planted
ITEMS = (  # what is bought, and about what one of it costs in cents
    ("Papel A4, 75 g/m²", 2_490), ("Caneta esferográfica azul", 110), ("Notebook 14 polegadas", 489_000),
    ("Monitor 24 polegadas", 92_000), ("Cadeira giratória", 64_500), ("Mesa de trabalho", 71_000),
    ("Luva descartável, caixa", 3_350), ("Seringa 10 ml", 58), ("Café em pó, 500 g", 1_790),
    ("Água mineral, galão 20 l", 1_150), ("Pneu aro 15", 41_000), ("Tinta acrílica, 18 l", 23_900),
)  # fmt: skip
PURCHASE = (
    "Número do Contrato", "Objeto", "Fundamento Legal", "Modalidade Compra", "Situação Contrato",
    "Código Órgão Superior", "Nome Órgão Superior", "Código Órgão", "Nome Órgão", "Código UG", "Nome UG",
    "Data Assinatura Contrato", "Data Publicação DOU", "Data Início Vigência", "Data Fim Vigência",
    "Código Contratado", "Nome Contratado", "Valor Inicial Compra", "Valor Final Compra", "Número Licitação",
)  # fmt: skip
ITEM = (
    "Código Órgão", "Nome Órgão", "Código UG", "Nome UG", "Número Contrato", "Código Item Compra",
    "Descrição Item Compra", "Descrição Complementar Item Compra", "Quantidade Item", "Valor Item",
)  # fmt: skip
AMENDMENT = (
    "Número Contrato", "Código Órgão Superior", "Nome Órgão Superior", "Código Órgão", "Nome Órgão", "Código UG",
    "Nome UG", "Número Termo Aditivo", "Data Publicação", "Objeto",
)  # fmt: skip
WAIVED, TENDER = "Dispensa de Licitação", "Pregão"
BY_LAW = "LEI 14.133/2021 - Artigo: {} - Inciso: {}"


@dataclass
class Contract:
    """One contract as it is made: money in cents, items as description, quantity and price of one."""

    organ: str
    unit: str
    number: str
    supplier: str
    object: str
    signed: date
    initial: int
    final: int
    modality: str = TENDER
    basis: str = BY_LAW.format(28, "I")
    items: list[tuple[str, int, int]] = field(default_factory=list)
    amendments: list[str] = field(default_factory=list)
    purchase: str = ""  # of which the contract is a part; empty: one of its own
    line: int = 1  # of the purchase, where its items begin

    @property
    def id(self) -> str:
        """Return the id that the product gives it."""
        return f"{self.unit}-{self.number}"


@dataclass(frozen=True)
class Planted:
    """An anomaly that was put in: its rule, its organ and the contracts that show it."""

    rule: str
    organ: str
    contracts: frozenset[str]


@dataclass
class Made:
    """Contracts, and what was planted among them."""

    contracts: list[Contract] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def plant(self, rule: str, contracts: Sequence[Contract]) -> None:
        """Add contracts that show a rule's anomaly."""
        self.contracts += contracts
        self.planted.append(Planted(rule, contracts[0].organ, frozenset(one.id for one in contracts)))


class Maker:
    """Makes contracts by chance from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - made-up data, and it must be the same again
        self.count = 0

    def contract(self, organ: str, **given: Any) -> Contract:
        """Return an ordinary contract; what is given counts."""
        chance = self.chance
        self.count += 1
        items = [self.item() for _ in range(chance.randint(1, 3))]
        value = sum(quantity * price for _, quantity, price in items)
        made: dict[str, Any] = {
            "signed": FIRST + timedelta(days=chance.randrange((LAST - FIRST).days)),
            "unit": self.unit(organ),
            "supplier": self.firm(organ, FIRMS),
            "object": f"Aquisição de {items[0][0].lower()} para o lote {chance.randint(1, 9999)}",
            "initial": value,
            "final": value * chance.choice((100, 100, 100, 104, 110, 118, 125)) // 100,
            "items": items,
        }
        made |= {"final": given.get("initial", made["final"]), **given}
        return Contract(organ=organ, number=f"5{self.count:05}{made['signed'].year}", **made)

    def item(self) -> tuple[str, int, int]:
        """Return an item with a price near the usual one."""
        name, price = self.chance.choice(ITEMS)
        most = max(2, 20_000_000 // price)
        times = self.chance.gauss(1, 0.12)
        if self.chance.random() < RETAIL:
            times = self.chance.uniform(1.2, 2.2)
        return name, self.chance.randint(max(1, most // 20), most), max(1, round(price * times))

    def unit(self, organ: str) -> str:
        """Return one of an organ's units."""
        return f"999{ORGANS.index(organ)}{self.chance.randrange(UNITS):02}"

    def firm(self, organ: str, among: int) -> str:
        """Return one of so many firms; a few are met more often, as in life."""
        return f"{ORGANS.index(organ)}{min(self.chance.randrange(among), self.chance.randrange(among)):03}"

    def waived(self, organ: str, year: int, share: tuple[int, int] = (10, 98), **given: Any) -> Contract:
        """Return a small purchase without a tender, worth such a share (percent) of the limit."""
        value = LIMITS[year][1] * self.chance.randint(*share) // 100
        day = date(year, self.chance.randint(1, 10), self.chance.randint(1, 28))
        basis = BY_LAW.format(75, "II")
        made = {"supplier": self.firm(organ, SHOPS), "signed": day, "initial": value, "items": []}
        return self.contract(organ, **made | {"modality": WAIVED, "basis": basis} | given)


def make(seed: int, per_organ: int, *, clean: bool = False) -> Made:
    """Return so many ordinary contracts for each organ and, unless clean, anomalies planted among them.

    Clean is not ideal: a few dear purchases and equal lots have good reasons, and are found all the same. Some of
    what is planted lies just beyond what a rule looks for, and is missed.
    """
    maker, made = Maker(seed), Made()
    for organ in ORGANS:
        for _ in range(per_organ):
            one = _ordinary(maker, organ)
            made.contracts += [one, *([_lot(maker, one)] if maker.chance.random() < TWINS else [])]
        made.contracts += _look_alikes(maker, organ, max(1, per_organ // 40))
    if not clean:
        for organ in ORGANS:
            for _ in range(max(1, per_organ // 80)):
                _plant_in(maker, made, organ)
        _crowd(maker, made)
        _hurry(maker, made)
    maker.chance.shuffle(made.contracts)
    return made


def _ordinary(maker: Maker, organ: str) -> Contract:
    if maker.chance.random() < WAIVERS:
        return maker.waived(organ, maker.chance.choice(list(LIMITS)))
    return maker.contract(organ)


def _twin(maker: Maker, one: Contract, days: int, **given: Any) -> Contract:
    """Return the same once more, as another purchase unless it is given out as a part of one."""
    same = {"unit": one.unit, "supplier": one.supplier, "object": one.object, "initial": one.initial}
    day = one.signed + timedelta(days=days)
    made = {"items": one.items, "signed": day, "modality": one.modality, "basis": one.basis}
    return maker.contract(one.organ, **same, **made, **given)


def _lot(maker: Maker, one: Contract) -> Contract:
    """Return the second of two equal lots: the next lines of the same purchase, signed on the same day."""
    return _twin(maker, one, 0, purchase=_purchase_of(one), line=len(one.items) + 1)


def _purchase_of(one: Contract) -> str:
    return one.purchase or f"{one.unit}{one.number}"


def _look_alikes(maker: Maker, organ: str, count: int) -> list[Contract]:
    """Return what comes near each rule and breaks none of them."""
    made: list[Contract] = []
    for _ in range(count):
        unit, firm = maker.unit(organ), f"{maker.firm(organ, FIRMS)}{maker.count}"
        same = {"unit": unit, "supplier": firm}
        emergency = {**same, "basis": BY_LAW.format(75, "VIII")}
        made += [maker.waived(organ, 2024, (20, 45), **same) for _ in range(2)]  # below the limit together
        made += [maker.waived(organ, 2025, (80, 95), **emergency) for _ in range(2)]  # not waived for their value
        other = {**same, "supplier": f"{firm}0"}
        made += [maker.waived(organ, year, (80, 95), **other) for year in LIMITS]  # one a year
        monthly = maker.contract(organ, signed=date(2024, 1, 5), **same, items=[])
        made += [
            maker.contract(
                organ, **same, items=[], object=monthly.object, initial=monthly.initial, signed=date(2024, month, 5)
            )
            for month in (3, 5, 7)
        ]
        made.append(maker.contract(organ, object="Reforma do prédio sede", items=[], initial=10**8, final=14 * 10**7))
        longer = maker.contract(organ, items=[], initial=10**8, final=2 * 10**8)
        longer.amendments.append("Prorrogação da vigência por doze meses")
        made.append(longer)
    return made


def _plant_in(maker: Maker, made: Made, organ: str) -> None:
    chance = maker.chance
    dear = maker.contract(organ)
    name, price = chance.choice(ITEMS)
    dear.items.append((name, max(2, 2_000_000 // price), round(price * chance.uniform(1.8, 8))))
    dear.initial = sum(quantity * cents for _, quantity, cents in dear.items)
    dear.final = dear.initial
    made.plant("price", [dear])

    year = chance.choice(list(LIMITS))
    same = {"unit": maker.unit(organ), "supplier": f"{maker.firm(organ, SHOPS)}{maker.count}"}
    made.plant("split", [maker.waived(organ, year, (55, 98), **same) for _ in range(chance.randint(2, 5))])

    first = maker.contract(organ)
    days = chance.randint(0, 33)
    written_twice = {"purchase": _purchase_of(first)} if days % 2 else {}  # the others were bought twice
    made.plant("duplicate", [first, _twin(maker, first, days, **written_twice)])

    grown = maker.contract(organ)
    grown.final = grown.initial * chance.randint(128, 220) // 100
    made.plant("growth", [grown])
    reform = maker.contract(organ, object=f"Reforma do bloco {maker.count}", items=[], initial=5 * 10**7)
    reform.final = reform.initial * chance.randint(153, 210) // 100
    made.plant("growth", [reform])


def _crowd(maker: Maker, made: Made) -> None:
    others = sum(one.final for one in made.contracts if one.organ == CROWDED)
    each = others * 12 // 10 // 6
    made.plant(
        "concentration", [maker.contract(CROWDED, supplier="3999", items=[], initial=each + n) for n in range(6)]
    )


def _hurry(maker: Maker, made: Made) -> None:
    organ, year = HURRIED
    others = sum(one.final for one in made.contracts if one.organ == organ and one.signed.year == year)
    each = others // 12
    days = [date(year, 12, 10 + n) for n in range(12)]
    made.plant("rush", [maker.contract(organ, signed=day, items=[], initial=each + day.day) for day in days])


def show(made: Made, seed: int, months: Sequence[date]) -> None:
    """Plant in each organ and month what a first try shall find: a purchase in three parts, a value that grew."""
    maker = Maker(seed)
    maker.count = 90_000  # numbers of their own
    for organ in ORGANS:
        for month in months:
            same = {"unit": maker.unit(organ), "supplier": f"{maker.firm(organ, SHOPS)}{maker.count % 1000:03}"}
            days = [month + timedelta(days=n) for n in (3, 9, 16)]
            made.plant("split", [maker.waived(organ, month.year, (60, 95), signed=day, **same) for day in days])
            grown = maker.contract(organ, signed=month + timedelta(days=12))
            grown.final = grown.initial * maker.chance.randint(140, 190) // 100
            made.plant("growth", [grown])


def as_files(made: Made, prefix: str) -> dict[str, bytes]:
    """Return the files as the portal would publish them, by name: `<prefix>_Compras.csv` and its siblings."""
    return {
        f"{prefix}_Compras.csv": _csv(PURCHASE, map(_purchase, made.contracts)),
        f"{prefix}_ItemCompra.csv": _csv(ITEM, (row for one in made.contracts for row in _items(one))),
        f"{prefix}_TermoAditivo.csv": _csv(AMENDMENT, (row for one in made.contracts for row in _amendments(one))),
    }


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode("latin-1")


def _purchase(one: Contract) -> list[str]:
    day = f"{one.signed:%d/%m/%Y}"
    end = f"{one.signed + timedelta(days=365):%d/%m/%Y}"
    return [
        one.number, f"DADO SINTÉTICO: {one.object}", one.basis, one.modality, "Publicado", *_bodies(one), day, day, day,
        end, _cnpj(one.supplier), f"Empresa Fictícia {one.supplier} (dado sintético)", _reais(one.initial),
        _reais(one.final), "",
    ]  # fmt: skip


def _bodies(one: Contract) -> list[str]:
    ministry = f"Ministério {NAMES[one.organ]}"
    return [one.organ, ministry, one.organ, ministry, one.unit, f"Unidade Fictícia {one.unit} (dado sintético)"]


def _items(one: Contract) -> list[list[str]]:
    body = _bodies(one)[2:]
    return [
        [*body, one.number, f"{_purchase_of(one)}{place:05}", name, "", str(quantity), _reais(price)]
        for place, (name, quantity, price) in enumerate(one.items, one.line)
    ]


def _amendments(one: Contract) -> list[list[str]]:
    day = f"{one.signed + timedelta(days=300):%d/%m/%Y}"
    return [[one.number, *_bodies(one), str(place), day, text] for place, text in enumerate(one.amendments, 1)]


def _cnpj(supplier: str) -> str:
    """Return a CNPJ whose check digits fit, so that it can be asked for; none so high is given out yet."""
    digits = f"99{int(supplier):010}"
    for _ in range(2):
        weighed = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(reversed(digits)))
        digits += str(-weighed % 11 % 10)
    return digits


def _reais(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}".replace(".", ",")
