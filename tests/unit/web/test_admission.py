"""Who acts: what the desk is told of a caller."""

from types import SimpleNamespace
from typing import Any

import pytest

from roteiro.domain.roles import ALL_SCOPES, ROLES, role_of
from roteiro.usecases.desk import Attendant
from roteiro.web.admission import attendant_of
from roteiro.web.identity import Caller
from roteiro.web.identity.callers import OPERATOR, key_caller, person_caller

KEY = {"id": "0a1b2c3d4e5f", "name": "painel", "scopes": ["desk"], "made_by": "ana"}
ENTRY = {"role": "attendant", "grants": ["reports"], "name": "Ana"}


def a_call(staff: Caller | None) -> Any:
    return SimpleNamespace(staff=staff, request_id="r-1")


@pytest.mark.parametrize(
    ("caller", "attendant"),
    [
        (person_caller("sub-1", ENTRY), Attendant("sub-1", "Ana", "attendant", "r-1", "sub-1")),
        (key_caller(KEY), Attendant("key:0a1b2c3d4e5f", "painel", "attendant", "r-1", "painel")),
        (OPERATOR, Attendant("operator", "", "admin", "r-1", "operator")),
    ],
    ids=["a person", "a key", "the admin key"],
)
def test_at_the_desk_a_key_is_somebody_of_its_own_and_a_person_is_under_their_name(
    caller: Caller, attendant: Attendant
) -> None:
    assert attendant_of(a_call(caller)) == attendant


def test_a_key_still_counts_as_who_made_it_where_two_people_are_needed() -> None:
    assert key_caller(KEY).id == person_caller("ana", ENTRY).id


def test_a_route_without_a_caller_has_no_attendant() -> None:
    with pytest.raises(LookupError):
        attendant_of(a_call(None))


def test_a_person_has_the_scopes_of_the_role_and_of_every_grant() -> None:
    assert person_caller("sub-1", ENTRY).scopes == {"desk", "scripts:read", "reports"}


@pytest.mark.parametrize("role", ROLES)
def test_a_key_with_a_roles_scopes_is_told_under_that_role(role: str) -> None:
    assert role_of(ROLES[role]) == role


def test_a_key_that_only_reads_has_a_name_of_its_own() -> None:
    assert role_of({"scripts:read"}) == "reader"


def test_every_scope_of_a_role_is_one_that_a_key_may_have() -> None:
    assert all(scopes <= ALL_SCOPES for scopes in ROLES.values())
    assert ROLES["admin"] == ALL_SCOPES
