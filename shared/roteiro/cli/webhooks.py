"""The command that sends the webhooks that are due: roteiro deliver."""

import argparse

from roteiro.cli.commands import Commands
from roteiro.cli.saying import say
from roteiro.settings import read_settings
from roteiro.wiring import open_house

__all__ = ["add_commands"]

_LETTERS = 50  # webhooks between two looks at what is due


def add_commands(commands: Commands) -> None:
    """Add deliver to the command line."""
    deliver = commands.add_parser("deliver", help="send the webhooks that are due")
    deliver.set_defaults(command=_deliver)


def _deliver(_: argparse.Namespace) -> None:
    from roteiro.usecases.outbox import deliver_due

    office = open_house("cli", read_settings()).office
    while tried := deliver_due(office, _LETTERS):
        for one in tried:
            say(f"{one.id} {one.verdict} {one.status or ''} {one.reason}".rstrip())
