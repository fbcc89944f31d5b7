"""The command that plays a pack's test conversations in memory, or writes one of a real conversation: roteiro test."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.saying import note, say
from roteiro.domain.ids import ConversationId
from roteiro.errors import InvalidRequest, NotFound
from roteiro.settings import read_settings
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.desk import pack_of
from roteiro.wiring import open_house, open_stage

__all__ = ["add_commands"]

_PLACEHOLDER = re.compile(r"<[A-Z]+(?:_[0-9]+)?>")  # as recording writes them


def add_commands(commands: Commands) -> None:
    """Add test to the command line."""
    test = commands.add_parser("test", help="play a pack's test conversations in memory")
    test.add_argument("paths", nargs="*", type=Path, help="pack folders, or test files of one")
    test.add_argument("--record", metavar="CONVERSATION", help="print a test file of a real conversation, masked")
    test.set_defaults(command=_test)


def _test(asked: argparse.Namespace) -> None:
    if asked.record:
        _record(ConversationId(asked.record))
        return
    results = [passed for path in asked.paths for passed in _played_in(path)]
    if failed := results.count(False):
        raise InvalidRequest(f"{failed} of {len(results)} conversations went otherwise than told")
    if not results:
        raise NotFound("there are no test conversations")
    say(f"{len(results)} conversation{'s' if len(results) > 1 else ''} went as told")


def _record(conversation: ConversationId) -> None:
    """Print a conversation of the settings' database as a test file."""
    from roteiro.usecases.recording import recorded

    house = open_house("cli", read_settings())
    told = recorded(conversation, house.store, house.catalogue(pack_of(conversation, house.store)))
    say(house.formats.write([told], "yaml").decode(), end="")
    masked = sum(bool(_PLACEHOLDER.search(str(turn))) for turn in told["turns"])
    if masked:
        note(f"{masked} turns hold placeholders: put values of your own in their place")


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
        say(f"{'ok  ' if played.passed else 'FAIL'} {one.file}: {played.name}")
        if not played.passed:
            say("\n".join(f"     {line}" for line in [*played.transcript, *map(str, played.failures)]))
        yield played.passed
