"""Who may do what: the scopes that routes ask for, and the roles of people, which are sets of them."""

from collections.abc import Collection
from enum import StrEnum

__all__ = ["ALL_SCOPES", "ROLES", "Scope", "role_of"]


class Scope(StrEnum):
    """What a route asks for; `public` and `guest` ask for no credential."""

    PUBLIC = "public"
    GUEST = "guest"
    BACKEND = "backend"
    DESK = "desk"
    SCRIPTS_READ = "scripts:read"
    SCRIPTS_WRITE = "scripts:write"
    SCRIPTS_PUBLISH = "scripts:publish"
    REPORTS = "reports"
    AUDIT = "audit"
    ADMIN = "admin"


ALL_SCOPES = frozenset(scope.value for scope in Scope) - {Scope.PUBLIC, Scope.GUEST}
ROLES = {
    "attendant": frozenset({"desk", "scripts:read"}),
    "editor": frozenset({"scripts:read", "scripts:write", "reports"}),
    "auditor": frozenset({"scripts:read", "reports", "audit"}),
    "backend": frozenset({"backend"}),
    "admin": ALL_SCOPES,
}
# The scope that only this role and those before it have.
_TELLING = {
    Scope.ADMIN: "admin",
    Scope.SCRIPTS_PUBLISH: "editor",
    Scope.SCRIPTS_WRITE: "editor",
    Scope.DESK: "attendant",
    Scope.AUDIT: "auditor",
    Scope.BACKEND: "backend",
}


def role_of(scopes: Collection[str]) -> str:
    """Return the role whose work the scopes of a key allow, as the audit names it."""
    return next((role for scope, role in _TELLING.items() if scope in scopes), "reader")
