"""The command that plays a pack's test conversations in memory: roteiro test."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.errors import InvalidRequest, NotFound
from roteiro.settings import read_settings
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.wiring import open_house, open_stage

__all__ = ["add_commands"]


def add_commands(commands: Commands) -> None:
    """Add test to the command line."""
    test = commands.add_parser("test", help="play a pack's test conversations in memory")
    test.add_argument("paths", nargs="+", type=Path, help="pack folders, or test files of one")
    test.set_defaults(command=_test)


def _test(asked: argparse.Namespace) -> None:
    results = [passed for path in asked.paths for passed in _played_in(path)]
    if failed := results.count(False):
        raise InvalidRequest(f"{failed} of {len(results)} conversations went otherwise than told")
    if not results:
        raise NotFound("there are no test conversations")
    print(f"{len(results)} conversation{'s' if len(results) > 1 else ''} went as told")


def _played_in(path: Path) -> Iterator[bool]:
    """Load a pack into memory, play its conversations or those of one file, and print how each went."""
    from roteiro.files.packs.folders import read_pack
    from roteiro.usecases.packtests import play_all, told_in

    folder = path if path.is_dir() else path.resolve().parent.parent
    read = read_pack(folder)
    house = open_house("cli", read_settings({"ROTEIRO_DATABASE_URL": "sqlite:///:memory:"}))
    load_pack(read.pack, read.scripts, house.admin(LOADER, ProgressBar(read.pack.name)))
    told = told_in(read.tests, read.scripts)
    chosen = told if path.is_dir() else [one for one in told if one.file == path.name]
    for one, played in play_all(chosen, read.pack.name, house.catalogue(read.pack.name), open_stage()):
        print(f"{'ok  ' if played.passed else 'FAIL'} {one.file}: {played.name}", flush=True)
        if not played.passed:
            print("\n".join(f"     {line}" for line in [*played.transcript, *map(str, played.failures)]))
        yield played.passed
