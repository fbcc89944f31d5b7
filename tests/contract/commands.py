"""What a store says to MongoDB, heard on the wire, and what of it a look-alike may not understand."""

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

__all__ = ["HeardCommands"]

_HANDSHAKE = {"hello", "isMaster", "ismaster", "buildInfo", "ping", "endSessions", "saslStart", "saslContinue"}
_PORTABLE = {"insert", "find", "getMore", "delete", "count", "findAndModify", "createIndexes"}
_OPTIONS = {"arrayFilters", "collation", "let", "startTransaction", "autocommit", "bypassDocumentValidation"}
_COMPARISONS = {"$gt", "$gte", "$lt", "$lte"}
_CHANGES = {"$set", "$inc"}


class HeardCommands(CommandListener):
    """Every command of a client, in order; `strays` is what lies outside the portable subset.

    `waits_ms` says by name how long the server was given at most; 0: no limit.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.strays: list[str] = []
        self.waits_ms: dict[str, set[int]] = {}

    def started(self, event: CommandStartedEvent) -> None:
        """Look at one command."""
        if event.command_name not in _HANDSHAKE:
            self.names.append(event.command_name)
            self.waits_ms.setdefault(event.command_name, set()).add(event.command.get("maxTimeMS", 0))
            self.strays += _strays(event.command_name, event.command)

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Nothing to learn."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Nothing to learn."""


def _strays(name: str, command: Mapping[str, Any]) -> Iterator[str]:
    if name not in _PORTABLE:
        yield name
    yield from _OPTIONS & set(command)
    yield from set(_operators(command.get("pipeline", []))) - _COMPARISONS
    for part in _filters(command):
        yield from set(_operators(part)) - _COMPARISONS
    if "update" in command and name == "findAndModify":
        yield from _strays_of_change(command)


def _filters(command: Mapping[str, Any]) -> list[Any]:
    deletes = [one["q"] for one in command.get("deletes", ())]
    return [command.get("filter", {}), command.get("query", {}), *deletes]


def _strays_of_change(command: Mapping[str, Any]) -> Iterator[str]:
    change = command["update"]
    if not isinstance(change, Mapping):
        yield "a pipeline"
        return
    yield from set(_operators(change)) - _CHANGES
    if command.get("upsert") and not (set(command["query"]) == {"_id"} and isinstance(command["query"]["_id"], str)):
        yield "an upsert by more than _id"


def _operators(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        yield from (key for key in part if key.startswith("$"))
        for value in part.values():
            yield from _operators(value)
    elif isinstance(part, list):
        for value in part:
            yield from _operators(value)
