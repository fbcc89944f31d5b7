"""YAML in and out, the only place that knows the library: data alone, with line numbers, and no bombs.

Only `true` and `false` are yes and no, dates stay text and `0123` keeps its zero: content says `off`, `12:30` and
`2026-11-20` in every second line and means the words.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import yaml

from roteiro.domain.authoring.rows import Row
from roteiro.errors import Fault

__all__ = ["read_yaml", "write_yaml"]

_MOST_ALIASES = 1000  # in one document (specified)
_MOST_NODES = 200_000  # of one document with its aliases written out; 5 MiB of scripts hold some 100,000
_DEEPEST = 16  # the same as a script sent as JSON
_BOTTOMLESS = 100  # levels at which reading stops at once; chosen, far above _DEEPEST and far below any stack
_WIDE = 1_000_000  # characters of a line: a text stays on one, so that a change of it is a change of one line

_PLAIN = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    "float": (r"[-+]?(?:[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|\.[0-9]+(?:[eE][-+][0-9]+)?)", "-+0123456789."),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
}


# CSafeLoader where it is built in: it reads the same and ten times faster
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # either is a class
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # none of the library's own


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # either is a class
    """The library's own rules of quoting: others read our files too."""

    def ignore_aliases(self, _: Any) -> bool:
        """Write everything out."""
        return True


for _name, (_form, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_form})\Z"), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"(?:<<)\Z"), ["<"])


class _Refused(Exception):
    """A node that is not read: which fault, where."""

    def __init__(self, code: str, node: Any, **facts: str) -> None:
        super().__init__(code)
        self.fault = Fault("", code, tuple(facts.items()))
        self.line = node.start_mark.line + 1


def read_yaml(text: str) -> Iterator[Row]:
    """Yield one row per document; what stands behind broken syntax cannot be read and is not."""
    number = 0
    if line := _bottomless(text):
        yield Row(1, line, faults=[Fault("", "too_deep", (("limit", str(_DEEPEST)),))])
        return
    try:
        loader = _Loader(text)
    except yaml.YAMLError as error:  # pragma: no cover - said here only by the library without its C part
        yield Row(1, 1, faults=[_broken(error, text)])
        return
    try:
        while loader.check_node():
            node = loader.get_node()
            number += 1
            yield _row(number, node, loader)
    except (yaml.YAMLError, RecursionError) as error:
        fault = _broken(error, text)
        yield Row(number + 1, int(dict(fault.facts)["line"]), faults=[fault])
    finally:
        loader.dispose()


def write_yaml(documents: Iterable[Any]) -> str:
    """Return documents one after the other, each behind its `---`; keys stay in the order they have."""
    return yaml.dump_all(
        documents, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE, explicit_start=True
    )


def _bottomless(text: str) -> int:
    """Return the line where nesting goes beyond any script's, 0 if it nowhere does.

    Asked first, of the flat stream of events: the library builds nested nodes on the machine's own stack, and some
    ten thousand brackets would end the process.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _BOTTOMLESS:
                return event.start_mark.line + 1 if event.start_mark else 1
    except yaml.YAMLError:  # the reader comes to the same place and tells it
        return 0
    return 0


def _row(number: int, node: Any, loader: Any) -> Row:
    line = node.start_mark.line + 1
    lines: dict[str, int] = {}
    try:
        _Walk(lines).visit(node, "", 0)
        return Row(number, line, loader.construct_document(node), lines=lines)
    except _Refused as error:
        return Row(number, error.line, faults=[error.fault], lines=lines)
    except (yaml.constructor.ConstructorError, ValueError) as error:  # a tag we do not read, a number of 5,000 digits
        mark = getattr(error, "problem_mark", None)
        return Row(number, mark.line + 1 if mark else line, faults=[Fault("", "bad_value")], lines=lines)


class _Walk:
    """Measures a document before anything is built from it, and notes the line of each path."""

    def __init__(self, lines: dict[str, int]) -> None:
        self._lines = lines
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()
        self._aliases = 0

    def visit(self, node: Any, path: str, depth: int) -> int:
        """Return how many nodes this one is with its aliases written out."""
        key = id(node)
        if key in self._open or depth > _DEEPEST:
            raise _Refused("too_deep", node, limit=str(_DEEPEST))
        if key in self._sizes:
            return self._again(node, key)
        self._lines.setdefault(path, node.start_mark.line + 1)
        self._open.add(key)
        size = 1 + sum(self.visit(child, f"{path}.{name}".lstrip("."), depth + 1) for name, child in _children(node))
        self._open.discard(key)
        if size > _MOST_NODES:
            raise _Refused("too_many_aliases", node, limit=str(_MOST_ALIASES))
        self._sizes[key] = size
        return size

    def _again(self, node: Any, key: int) -> int:
        self._aliases += 1
        if self._aliases > _MOST_ALIASES:
            raise _Refused("too_many_aliases", node, limit=str(_MOST_ALIASES))
        return self._sizes[key]


def _children(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values below a node with their names; raises _Refused for a key that is no text or stands twice."""
    if isinstance(node, yaml.SequenceNode):
        yield from ((str(place), child) for place, child in enumerate(node.value))
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Refused("bad_value", key)
        if key.value in seen:
            raise _Refused("key_twice", key, found=key.value)
        seen.add(key.value)
        yield key.value, child


def _broken(error: Exception, text: str) -> Fault:
    """Return the fault of syntax that cannot be read, with the line and the column where reading stopped."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    else:
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Fault("", "bad_syntax", (("line", str(line)), ("column", str(column))))
