"""Bodies and answers of keys and of people's roles."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

__all__ = ["KeyBody", "KeyList", "KeyMade", "RoleBody", "StaffEntry", "StaffList"]

_Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]
_Scopes = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)]


class _Body(BaseModel):
    """Unknown fields are refused, so that a typo fails."""

    model_config = ConfigDict(strict=True, extra="forbid")


class KeyBody(_Body):
    """POST /api/v1/keys; without `expires_at` the key lives a year."""

    name: _Name
    scopes: Annotated[_Scopes, Field(min_length=1)]
    expires_at: Annotated[AwareDatetime, Field(strict=False)] | None = None


class KeyMade(BaseModel):
    """A new key; `key` is shown this once."""

    id: str
    key: str
    name: str
    scopes: list[str]
    expires_at: str


class KeyList(BaseModel):
    """A page of keys, without their secrets."""

    items: list[dict[str, Any]]
    next_cursor: str | None


class RoleBody(_Body):
    """PUT /api/v1/staff/{subject}; `grants` are single scopes beyond the role's."""

    role: Annotated[str, Field(max_length=20)]
    grants: _Scopes = []
    name: Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class StaffEntry(BaseModel):
    """A person of the issuer and what they may do."""

    subject: str
    issuer: str
    name: str
    role: str
    grants: list[str]
    made_by: str
    changed_at: str


class StaffList(BaseModel):
    """A page of people."""

    items: list[StaffEntry]
    next_cursor: str | None
