"""The command line: run, load, lint, test, export, evaluate, report, learn, deliver, contracts, token, role."""

import argparse
from collections.abc import Sequence

from roteiro.cli import contracts, evaluating, exporting, learning, linting, loading, rights, serving, testing, webhooks
from roteiro.cli.bar import ProgressBar
from roteiro.cli.saying import note
from roteiro.domain.texts import text
from roteiro.errors import InvalidRequest, InvalidSetting, RoteiroError

__all__ = ["ProgressBar", "main"]

_GROUPS = (  # in the order in which `roteiro --help` lists them
    serving,
    loading,
    linting,
    exporting,
    evaluating,
    learning,
    webhooks,
    testing,
    contracts,
    rights,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 with one clear message on stderr."""
    asked = _arguments(argv)
    try:
        asked.command(asked)
    except InvalidSetting as error:
        note(f"roteiro: wrong settings:\n{error}")
        return 1
    except RoteiroError as error:
        note(f"roteiro: {error}")
        _print_faults(error, getattr(asked, "language", ""))
        return 1
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="roteiro", description="Customer-service chat that walks scripts")
    commands = parser.add_subparsers(required=True, metavar="command")
    for group in _GROUPS:
        group.add_commands(commands)
    return parser.parse_args(argv)


def _print_faults(error: RoteiroError, language: str) -> None:
    """Write what is wrong: in the reader's language where the command was told one, else as codes for programs."""
    for fault in error.faults if isinstance(error, InvalidRequest) else ():
        facts = " ".join(f"{name}={value}" for name, value in fault.facts)
        said = text(f"fault.{fault.code}", language, **dict(fault.facts)) if language else f"{fault.code} {facts}"
        note(f"  {fault.path}: {said}".rstrip())
