"""The command that reads public contracts: roteiro contracts import."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.domain.texts import DEFAULT_LOCALE, LOCALES
from roteiro.settings import read_settings
from roteiro.wiring import SystemClock, open_ledger, open_tables

__all__ = ["add_commands"]

_FIRST_BAD = 20  # bad lines of an import that are printed; a file takes all of them


def add_commands(commands: Commands) -> None:
    """Add contracts to the command line."""
    contracts = commands.add_parser("contracts", help="public contracts, as Portal da Transparência publishes them")
    verbs = contracts.add_subparsers(required=True, metavar="verb")
    reads = verbs.add_parser("import", help="read monthly files, again as often as wanted; bad lines are passed over")
    reads.add_argument("files", nargs="+", type=Path, help="ZIP, or CSV such as 202401_Compras.csv")
    reads.add_argument("--bad-lines", type=Path, help="write every bad line and its reason to this file")
    reads.add_argument("--language", choices=LOCALES, default=DEFAULT_LOCALE, help="of the reasons")
    reads.set_defaults(command=_import_contracts)


def _import_contracts(asked: argparse.Namespace) -> None:
    from roteiro.usecases.contracts import import_contracts

    tables, bad = open_tables(asked.files), list[str]()
    ledger = open_ledger(read_settings())
    with asked.bad_lines.open("w", encoding="utf-8") if asked.bad_lines else nullcontext() as file:

        def hear(line: Any) -> None:
            said = f"{line.file}:{line.line}: {line.sentence(asked.language)}"
            bad.extend([said] if len(bad) < _FIRST_BAD else [])
            print(said, file=file) if file else None

        imported = import_contracts(tables, ledger, SystemClock(), hear, ProgressBar("contracts"))
    print("\n".join(bad), end="\n" if bad else "", file=sys.stderr)
    for name, one in imported.counts.items():
        figures = f"{one.new} new, {one.changed} changed, {one.unchanged} unchanged, {imported.bad[name]} bad"
        print(f"{name}: {figures}")
