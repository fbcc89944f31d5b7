"""The command line: run, load, token, and the documents that are made from the code."""

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from roteiro.errors import InvalidRequest, InvalidSetting, RoteiroError
from roteiro.settings import Secret, Settings, environment_of_server, read_settings
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.keys import make_key
from roteiro.usecases.publishing import Admin
from roteiro.web.house import House
from roteiro.web.identity import ALL_SCOPES, key_hash
from roteiro.wiring import open_house

__all__ = ["ProgressBar", "main"]

_ROOT = Path(__file__).resolve().parents[2]
_BAR = 30  # characters of a progress bar


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 with one clear message on stderr."""
    asked = _arguments(argv)
    try:
        asked.command(asked)
    except InvalidSetting as error:
        print(f"roteiro: wrong settings:\n{error}", file=sys.stderr)
        return 1
    except RoteiroError as error:
        print(f"roteiro: {error}", file=sys.stderr)
        _print_faults(error)
        return 1
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="roteiro", description="Customer-service chat that walks scripts")
    commands = parser.add_subparsers(required=True, metavar="command")
    run = commands.add_parser("run", help="load the packs, then serve everything on one port")
    run.set_defaults(command=_run)
    load = commands.add_parser("load", help="publish what changed in pack folders")
    load.add_argument("packs", nargs="*", type=Path, help="pack folders; without any, those in packs/")
    load.set_defaults(command=_load)
    token = commands.add_parser("token", help="make an API key; it is shown once")
    token.add_argument("name", help="who will use it")
    token.add_argument("scopes", nargs="+", help=", ".join(sorted(ALL_SCOPES)))
    token.set_defaults(command=_token)
    return parser.parse_args(argv)


def _run(_: argparse.Namespace) -> None:
    settings = read_settings()
    if settings.is_local and not settings.admin_key:
        settings = replace(settings, admin_key=Secret(secrets.token_urlsafe(24)))
    _load_packs(open_house("cli", settings), [])
    page = f"http://{settings.host}:{settings.port}"
    print(f"\n  Chat page   {page}/\n  API         {page}/docs/")
    if settings.is_local:
        print(f"  Admin key   {settings.admin_key.reveal()}")
    print("\n  Stop with Ctrl+C.\n", flush=True)
    _serve(settings)


def _serve(settings: Settings) -> None:
    """Become the platform's own server, so that a laptop runs what a deployed function runs."""
    arguments = ["--target", "app", "--source", str(_ROOT / "main.py"), "--signature-type", "http"]
    where = ["--host", settings.host, "--port", str(settings.port)]
    command = [sys.executable, "-m", "functions_framework", *arguments, *where]
    os.execve(sys.executable, command, environment_of_server(settings))


def _load(asked: argparse.Namespace) -> None:
    _load_packs(open_house("cli", read_settings()), asked.packs)


def _load_packs(house: House, folders: Sequence[Path]) -> None:
    from roteiro.files.packs import find_packs, read_pack

    house.prepare()
    for folder in folders or find_packs(_ROOT / "packs"):
        read = read_pack(folder)
        admin = Admin(house.shelf, house.kept, house.clock, LOADER, ProgressBar(read.pack.name))
        loaded = load_pack(read.pack, read.scripts, admin)
        print(f"{read.pack.name}: {len(read.scripts)} scripts, {len(loaded.changed)} changed")
        if loaded.left_alone:
            print(f"  left alone, a person changed them since: {', '.join(map(str, loaded.left_alone))}")


class ProgressBar:
    """A progress bar on stderr, drawn only for a person who watches."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, share: float) -> None:
        """Draw the share done, 0..1."""
        if sys.stderr.isatty():
            done = "#" * round(share * _BAR)
            end = "\n" if share >= 1 else ""
            print(f"\r{self._name}: [{done:<{_BAR}}] {share:4.0%}", end=end, file=sys.stderr, flush=True)


def _token(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    house.prepare()
    secret = secrets.token_urlsafe(32)
    key = make_key(asked.name, asked.scopes, key_hash(secret), ALL_SCOPES, shelf=house.shelf, now=house.clock.now())
    print(f"rk_{key}_{secret}")


def _print_faults(error: RoteiroError) -> None:
    if isinstance(error, InvalidRequest):
        for fault in error.faults:
            facts = " ".join(f"{name}={value}" for name, value in fault.facts)
            print(f"  {fault.path}: {fault.code} {facts}".rstrip(), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
