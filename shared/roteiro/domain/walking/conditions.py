"""Conditions of a script (`when`, `next[].when`, `handoff.when`): a small part of Python, read by a walker of our own.

Never evaluated by Python: a source is parsed into a tree, every node must be on a list, and `holds` walks it.
"""

import ast
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from roteiro.domain.faults import OwnFault

__all__ = ["LONGEST_CONDITION", "check_condition", "holds"]

LONGEST_CONDITION = 200  # characters (specs: conditions)
_MOST_NODES = 40  # of the tree, operators included (specs: conditions)
_CACHED = 2048  # parsed conditions; chosen, some hundred scripts' worth

_NODES = (
    *(ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Name, ast.Load),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot),
    *(ast.Constant, ast.List, ast.Tuple),
)
_CONSTANTS = {"true": True, "false": False, "null": None}  # spellings that people know from JSON
_FAMILIES = {"bool": "bool", "integer": "number", "money_brl": "number", "date": "date"}  # every other kind is text
_ORDERED = frozenset(("number", "date"))  # what can be larger or smaller
_ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_MEMBERSHIP = (ast.In, ast.NotIn)
_DENIALS = (ast.NotEq, ast.NotIn, ast.IsNot)
_ORDERS: dict[type[ast.cmpop], tuple[int, ...]] = {ast.Lt: (-1,), ast.LtE: (-1, 0), ast.Gt: (1,), ast.GtE: (0, 1)}

# Python warns of "1or x" and of unknown escapes instead of refusing them; numbers here are 1500 or 1500.50.
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LITERAL = re.compile(r"(?<![\w.])\.?[0-9][\w.]*")
_PLAIN_LITERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_AMOUNT = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,10})?", re.ASCII)


def check_condition(source: str, kinds: Mapping[str, str]) -> None:
    """Check a condition against the names it may use, each with its slot kind (`{"confirmed": "bool", "cpf": "cpf"}`).

    Raises OwnFault: `condition_too_long`, `condition_too_big` (limit), `condition_unreadable`, `condition_part`
    (found: the node's name, such as Call), `condition_name` (found), `condition_types` (found: the comparison that can
    never be right, such as `cpf > 3`).
    """
    _families(_parsed(source), kinds)


def holds(source: str, names: Mapping[str, object]) -> bool:
    """Say whether a checked condition is true for what the names stand for; a name that is absent is None.

    A name may stand for a function, which is called only if the condition comes to it. Values are as they are stored:
    dates as ISO text, amounts as "1500.00". `<` and `>` with None are false; a slot that takes many equals a single
    value when it holds just that one. Raises OwnFault if the source cannot be read.
    """
    return bool(_value(_parsed(source), names))


@lru_cache(maxsize=_CACHED)
def _parsed(source: str) -> ast.expr:
    if len(source) > LONGEST_CONDITION:
        raise OwnFault("condition_too_long", limit=LONGEST_CONDITION)
    tree = _tree(source)
    nodes = [node for node in ast.walk(tree) if not isinstance(node, ast.Load)]
    if len(nodes) > _MOST_NODES:
        raise OwnFault("condition_too_big", limit=_MOST_NODES)
    for node in nodes:
        if not isinstance(node, _NODES) or not _is_plain(node):
            raise OwnFault("condition_part", found=type(node).__name__)
    return tree.body


def _tree(source: str) -> ast.Expression:
    """Parse a source that holds no literals but plain ones; raises OwnFault."""
    literals = _LITERAL.findall(_QUOTED.sub("''", source))
    if "\\" in source or not all(map(_PLAIN_LITERAL.fullmatch, literals)):
        raise OwnFault("condition_unreadable")
    try:
        return ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # NUL and lone surrogates are ValueErrors
        raise OwnFault("condition_unreadable") from None


def _is_plain(node: ast.AST) -> bool:
    """Say whether a constant is text, a number, yes or no, or nothing: no bytes, no ellipsis."""
    return not isinstance(node, ast.Constant) or isinstance(node.value, str | int | float | None)


def _families(node: ast.expr, kinds: Mapping[str, str]) -> frozenset[str]:
    """Return what a part may be: number, date, bool, text, none or list; a text that is a day may be two."""
    match node:
        case ast.Name():
            return _named(node.id, kinds)
        case ast.Constant():
            return _constant(node.value)
        case ast.List() | ast.Tuple():
            return frozenset({"list"}.union(*(_families(item, kinds) for item in node.elts)))
        case ast.BoolOp():
            for value in node.values:
                _families(value, kinds)
        case ast.Compare():
            _check_comparison(node, kinds)
        case ast.UnaryOp():
            inner = _families(node.operand, kinds)
            if isinstance(node.op, ast.USub):
                _demand("number" in inner, node)
                return inner
    return frozenset({"bool"})


def _named(name: str, kinds: Mapping[str, str]) -> frozenset[str]:
    if name in _CONSTANTS:
        return _constant(_CONSTANTS[name])
    if name not in kinds:
        raise OwnFault("condition_name", found=name)
    return frozenset({_FAMILIES.get(kinds[name], "text")})


def _constant(value: object) -> frozenset[str]:
    if value is None:
        return frozenset({"none"})
    if isinstance(value, str):
        return frozenset({"text", "date"} if _is_day(value) else {"text"})
    return frozenset({"bool" if isinstance(value, bool) else "number"})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_comparison(node: ast.Compare, kinds: Mapping[str, str]) -> None:
    left = node.left
    for op, right in zip(node.ops, node.comparators, strict=True):
        mine, theirs = _families(left, kinds), _families(right, kinds)
        if isinstance(op, _ORDERING):
            _demand(bool(mine & theirs & _ORDERED) and "list" not in mine | theirs, node)
        elif isinstance(op, _MEMBERSHIP):
            _check_membership(mine, right, node, kinds)
        else:
            _demand(_can_equal(mine, theirs), node)
        left = right


def _check_membership(mine: frozenset[str], right: ast.expr, node: ast.Compare, kinds: Mapping[str, str]) -> None:
    """Check that a value may be one of a list, or of what a slot that takes many holds."""
    _demand(isinstance(right, ast.List | ast.Tuple | ast.Name), node)
    items = right.elts if isinstance(right, ast.List | ast.Tuple) else [right]
    _demand(all(_can_equal(mine, _families(item, kinds)) for item in items), node)


def _can_equal(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return "list" not in mine | theirs and ("none" in mine | theirs or bool(mine & theirs))


def _demand(possible: bool, node: ast.expr) -> None:  # noqa: FBT001 - what is demanded
    if not possible:
        raise OwnFault("condition_types", found=ast.unparse(node))


def _value(node: ast.expr, names: Mapping[str, object]) -> object:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return _CONSTANTS[node.id] if node.id in _CONSTANTS else _meaning(names.get(node.id))
        case ast.List() | ast.Tuple():
            return [_value(item, names) for item in node.elts]
        case ast.BoolOp():
            return _decided(node, names)
        case ast.UnaryOp():
            return _turned(node, names)
        case ast.Compare():
            return _compared(node, names)
    raise AssertionError(node)  # `_parsed` lets nothing else pass


def _meaning(value: object) -> object:
    """Return what a name stands for; what costs something to know is asked for only now."""
    return value() if callable(value) else value


def _decided(node: ast.BoolOp, names: Mapping[str, object]) -> bool:
    decides = all if isinstance(node.op, ast.And) else any
    return decides(_value(value, names) for value in node.values)


def _turned(node: ast.UnaryOp, names: Mapping[str, object]) -> bool | Decimal | None:
    value = _value(node.operand, names)
    if isinstance(node.op, ast.Not):
        return not value
    number = _number(value)
    return None if number is None else -number


def _compared(node: ast.Compare, names: Mapping[str, object]) -> bool:
    values = [_value(part, names) for part in (node.left, *node.comparators)]
    return all(_is_true(op, left, right) for op, left, right in zip(node.ops, values, values[1:], strict=False))


def _is_true(op: ast.cmpop, left: object, right: object) -> bool:
    if isinstance(op, _ORDERING):
        return _order(_single(left), _single(right)) in _ORDERS[type(op)]
    among = right if isinstance(op, _MEMBERSHIP) and isinstance(right, list | tuple) else [right]
    return any(_same(_single(left), _single(item)) for item in among) is not isinstance(op, _DENIALS)


def _single(value: object) -> object:
    return value[0] if isinstance(value, list | tuple) and len(value) == 1 else value


def _same(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    a, b = _number(left), _number(right)
    return left == right if a is None or b is None else a == b


def _order(left: object, right: object) -> int | None:
    """Return -1, 0 or 1 as left is smaller, equal or larger; None where neither can be said."""
    a, b = _number(left), _number(right)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    if isinstance(left, str) and isinstance(right, str):  # days: ISO text sorts as they do
        return (left > right) - (left < right)
    return None


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    return Decimal(str(value)) if not isinstance(value, str) or _AMOUNT.fullmatch(value) else None
