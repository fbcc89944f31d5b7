"""The command that writes the published scripts, or the audit, to a file: roteiro export."""

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.saying import note, say
from roteiro.domain.authoring.sheets import left_out
from roteiro.errors import Conflict, NotFound
from roteiro.settings import read_settings
from roteiro.usecases.exporting import audit_entries, audited, published_scripts
from roteiro.web.house import House
from roteiro.wiring import open_house

__all__ = ["add_commands"]


def add_commands(commands: Commands) -> None:
    """Add export to the command line."""
    export = commands.add_parser("export", help="write the published scripts, or the audit, to a file")
    export.add_argument("--pack", default="", help="name of a loaded pack; without it, all")
    export.add_argument("--format", choices=("yaml", "json", "csv"), default="yaml", help="csv leaves keys out")
    export.add_argument("--output", type=Path, help="the file to write; without it, standard output")
    export.add_argument("--audit", action="store_true", help="write the audit instead, one JSON entry a line")
    export.add_argument("--check", action="store_true", help="write nothing, prove that the audit is whole")
    export.set_defaults(command=_export)


def _export(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    if asked.check:
        _check_audit(asked, house)
    elif asked.audit:
        _export_audit(asked, house)
    else:
        _export_scripts(asked, house)


def _export_scripts(asked: argparse.Namespace, house: House) -> None:
    documents = published_scripts(house.shelf, house.kept, pack=asked.pack)
    if not documents:
        raise NotFound("there are no published scripts to export: run `roteiro load` first")
    content = house.formats.write(documents, asked.format)
    lost = sorted({key for document in documents for key in left_out(document)}) if asked.format == "csv" else []
    if asked.output:
        asked.output.write_bytes(content)
    else:
        say(content.decode(), end="")
    note(f"{len(documents)} scripts")
    if lost:
        note(f"  CSV has no column for: {', '.join(lost)}; use YAML or JSON to keep them")


def _export_audit(asked: argparse.Namespace, house: House) -> None:
    today, count = house.clock.now().date(), 0
    with asked.output.open("w", encoding="utf-8") if asked.output else nullcontext(sys.stdout) as file:
        for chain in audited(house.shelf, asked.pack):
            for entry in audit_entries(chain, house.shelf, today, ProgressBar(chain)):
                file.write(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")
                count += 1
    note(f"{count} entries")


def _check_audit(asked: argparse.Namespace, house: House) -> None:
    """Print every place where the audit is not what was written; raises Conflict if there is one."""
    from roteiro.usecases.audit import verify_chain

    chains, bar = audited(house.shelf, asked.pack), ProgressBar("audit")
    flaws = []
    for done, chain in enumerate(chains, 1):
        flaws += verify_chain(chain, house.shelf)
        bar(done / len(chains))
    for flaw in flaws:
        say(f"{flaw.entry}: {flaw.kind}")
    if flaws:
        raise Conflict(f"{len(flaws)} places of the audit are not what was written")
    say(f"{len(chains)} chains are whole: {', '.join(chains)}")
