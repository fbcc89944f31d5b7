"""The command that publishes packs and files of scripts: roteiro load."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.linting import as_line
from roteiro.cli.saying import note, say
from roteiro.domain.authoring.linting import ERROR
from roteiro.domain.texts import DEFAULT_LOCALE
from roteiro.errors import InvalidRequest
from roteiro.settings import read_settings
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.contracts import BadLine, load_sample
from roteiro.usecases.importing import counted, judge, to_publish
from roteiro.usecases.publishing import Plan, change
from roteiro.web.house import House
from roteiro.wiring import open_house, open_tables

__all__ = ["ROOT", "add_commands", "load_packs"]

ROOT = Path(__file__).resolve().parents[3]
_CONTRACTS = "contracts"  # the adapter of packs about public contracts


def add_commands(commands: Commands) -> None:
    """Add load to the command line."""
    load = commands.add_parser("load", help="publish what changed in pack folders or files of scripts")
    load.add_argument("packs", nargs="*", type=Path, help="pack folders or files; without any, the folders in packs/")
    load.set_defaults(command=_load)


def _load(asked: argparse.Namespace) -> None:
    load_packs(open_house("cli", read_settings()), asked.packs)


def load_packs(house: House, folders: Sequence[Path]) -> None:
    """Publish what changed in pack folders or files; without any, in the folders of packs/."""
    from roteiro.files.packs.folders import find_packs, read_pack

    house.prepare()
    wanted = folders or find_packs(ROOT / "packs")
    _refuse_faulty([folder for folder in wanted if not folder.is_file()])
    for folder in wanted:
        if folder.is_file():
            _load_file(house, folder)
            continue
        read = read_pack(folder)
        admin = house.admin(LOADER, ProgressBar(read.pack.name))
        loaded = load_pack(read.pack, read.scripts, admin)
        say(f"{read.pack.name}: {len(read.scripts)} scripts, {len(loaded.changed)} changed")
        if loaded.left_alone:
            say(f"  left alone, a person changed them since: {', '.join(map(str, loaded.left_alone))}")
        if _CONTRACTS in read.pack.adapters:
            _load_contracts(folder, house)


def _load_contracts(folder: Path, house: House) -> None:
    """Put a pack's synthetic contracts where there are no real ones, so that its first run has something to show."""
    files = sorted((folder / "data").glob("*.csv"))
    if not files:
        return
    bad: list[BadLine] = []
    read = load_sample(open_tables(files), house.ledger(), house.clock, bad.append, ProgressBar("contracts"))
    written = read.total.new + read.total.changed
    if written or bad:
        say(f"  synthetic contracts, for demonstration: {written} records, {len(bad)} bad lines")


def _refuse_faulty(folders: Sequence[Path]) -> None:
    """Raise InvalidRequest if lint finds errors in a pack folder, before any of them is loaded."""
    from roteiro.files.packs.folders import lint_files

    for folder in folders:
        found = [one for one in lint_files([folder], ProgressBar("lint")) if one.finding.level == ERROR]
        for one in found:
            note(as_line(*one, DEFAULT_LOCALE))
        if found:
            raise InvalidRequest(f"{folder}: {len(found)} errors; nothing was published")


def _load_file(house: House, path: Path) -> None:
    """Publish what is new or changed in a file, all of it or nothing."""
    from roteiro.files.packs.folders import read_file

    admin = house.admin(LOADER, ProgressBar(path.name))
    judged = judge(read_file(path), house.pack_front(), admin, drafts=False)
    for one in judged:
        for finding in one.errors:
            note(as_line(path, one.row.line_of(finding.path), finding, DEFAULT_LOCALE))
    counts = counted(judged)
    if counts["failed"]:
        raise InvalidRequest(f"{path}: {counts['failed']} scripts have errors; nothing was published")
    pack, documents = to_publish(judged)
    if documents:
        change(pack, admin, Plan(documents))
    say(f"{path}: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
