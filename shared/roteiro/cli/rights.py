"""The commands that say who may do what: roteiro token, roteiro role."""

import argparse
import secrets

from roteiro.cli.commands import Commands
from roteiro.cli.saying import say
from roteiro.domain.roles import ROLES
from roteiro.settings import read_settings
from roteiro.usecases.keys import KeyOrder, Maker, make_key
from roteiro.usecases.staff import Entry, put_entry, remove_entry
from roteiro.web.identity import ALL_SCOPES, key_hash
from roteiro.wiring import open_house

__all__ = ["add_commands"]


def add_commands(commands: Commands) -> None:
    """Add token and role to the command line."""
    token = commands.add_parser("token", help="make an API key; it is shown once")
    token.add_argument("name", help="who will use it")
    token.add_argument("scopes", nargs="+", help=", ".join(sorted(ALL_SCOPES)))
    token.set_defaults(command=_token)
    role = commands.add_parser("role", help="say what a person of ROTEIRO_OIDC_ISSUER may do")
    role.add_argument("subject", help="the person: `sub` in their ID tokens")
    role.add_argument("role", choices=(*ROLES, "none"), help="none takes every right away")
    role.add_argument("--grant", action="append", default=[], metavar="SCOPE", help="a single scope beyond the role")
    role.add_argument("--name", default="", help="the name that customers may read")
    role.set_defaults(command=_role)


def _token(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    house.prepare()
    secret = secrets.token_urlsafe(32)
    order = KeyOrder(asked.name, tuple(asked.scopes), key_hash(secret))
    key = make_key(order, Maker(), shelf=house.shelf, now=house.clock.now())
    say(f"rk_{key['id']}_{secret}")


def _role(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    house.prepare()
    issuer, subject, now = house.policy.issuer, asked.subject, house.clock.now()
    if asked.role == "none":
        remove_entry(issuer, subject, Maker(), shelf=house.shelf, now=now)
        say(f"{subject} of {issuer} has no role any more")
        return
    entry = Entry(issuer, subject, asked.role, tuple(asked.grant), asked.name)
    stored = put_entry(entry, Maker(), shelf=house.shelf, now=now)
    say(f"{subject} of {issuer}: {' + '.join([stored['role'], *stored['grants']])}")
