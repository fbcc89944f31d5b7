"""The command that serves everything on one port: roteiro run."""

import argparse
import os
import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import replace

from roteiro.cli import loading
from roteiro.cli.commands import Commands
from roteiro.cli.saying import say
from roteiro.errors import InvalidSetting
from roteiro.settings import Secret, Settings, environment_of_server, read_settings
from roteiro.web.house import House
from roteiro.web.identity.development import open_development
from roteiro.wiring import open_house

__all__ = ["add_commands"]


def add_commands(commands: Commands) -> None:
    """Add run to the command line."""
    run = commands.add_parser("run", help="load the packs, then serve everything on one port")
    run.set_defaults(command=_run)


def _run(_: argparse.Namespace) -> None:
    settings = read_settings()
    _check_port(settings)
    if settings.is_local and not settings.admin_key:
        settings = replace(settings, admin_key=Secret(secrets.token_urlsafe(24)))
    house = open_house("cli", settings)
    loading.load_packs(house, [])
    settings, tokens = _with_development_issuer(settings, house)
    page = f"http://{settings.host}:{settings.port}"
    say(f"\n  Chat page   {page}/\n  API         {page}/docs/")
    if settings.is_local:
        say(f"  Admin key   {settings.admin_key.reveal()}")
    for role, token in tokens.items():
        say(f"  ID token    of a development {role}, good for 12 hours:\n    {token}")
    say("\n  Stop with Ctrl+C.\n")
    _serve(settings)


def _with_development_issuer(settings: Settings, house: House) -> tuple[Settings, Mapping[str, str]]:
    """Give a laptop without an issuer one of its own for this run, and an ID token for each of its people."""
    if not settings.is_local or settings.oidc_issuer:
        return settings, {}
    made = open_development(settings.issuer, settings.audience, house.shelf, house.clock.now())
    return replace(settings, development_keys=made.key_set), made.tokens


def _check_port(settings: Settings) -> None:
    """Raise InvalidSetting if somebody listens there already: the server would say so in a dozen lines."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise InvalidSetting(f"PORT cannot be used ({where}: {error.strerror}): set another one.") from error


def _serve(settings: Settings) -> None:
    """Become the platform's own server, so that a laptop runs what a deployed function runs."""
    arguments = ["--target", "app", "--source", str(loading.ROOT / "main.py"), "--signature-type", "http"]
    where = ["--host", settings.host, "--port", str(settings.port)]
    command = [sys.executable, "-m", "functions_framework", *arguments, *where]
    os.execve(sys.executable, command, environment_of_server(settings))
