"""The command that reads public contracts: roteiro contracts import."""

import argparse
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Any

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.saying import note, say
from roteiro.domain.texts import DEFAULT_LOCALE, LOCALES
from roteiro.errors import InvalidRequest
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
    with _written(asked.bad_lines) as file:
        ledger = open_ledger(read_settings())

        def hear(line: Any) -> None:
            said = f"{line.file}:{line.line}: {line.sentence(asked.language)}"
            bad.extend([said] if len(bad) < _FIRST_BAD else [])
            file.write(f"{said}\n") if file else None

        imported = import_contracts(tables, ledger, SystemClock(), hear, ProgressBar("contracts"))
    note("\n".join(bad), end="\n" if bad else "")
    for name, one in imported.counts.items():
        figures = f"{one.new} new, {one.changed} changed, {one.unchanged} unchanged, {imported.bad[name]} bad"
        say(f"{name}: {figures}")


def _written(path: Path | None) -> AbstractContextManager[IO[str] | None]:
    """Open the file that takes the bad lines, if one was named. Raises InvalidRequest."""
    try:
        return path.open("w", encoding="utf-8") if path else nullcontext()
    except OSError as error:
        raise InvalidRequest(f"{path} cannot be written: {error.strerror}") from error
