import doctest
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

import roteiro.domain
import roteiro.matching
import roteiro.prompting


def modules(*packages: ModuleType) -> Iterator[str]:
    for package in packages:
        yield package.__name__
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))


NAMES = sorted(modules(roteiro.domain, roteiro.prompting, roteiro.matching))


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_the_docstrings_are_true(name: str) -> None:
    failed, _ = doctest.testmod(import_module(name))

    assert failed == 0


def test_there_are_examples_to_run() -> None:
    assert sum(doctest.testmod(import_module(name)).attempted for name in NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_every_pure_module_says_what_it_is_for(name: str) -> None:
    assert import_module(name).__doc__
