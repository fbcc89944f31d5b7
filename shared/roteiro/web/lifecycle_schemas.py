"""Bodies and answers of a script's life: drafts, versions, publishing, the audit."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from roteiro.domain.authoring.schema.fields import Text

__all__ = [
    "ApproveBody",
    "Approved",
    "AuditList",
    "CheckReport",
    "Diff",
    "DraftSaved",
    "PublishBody",
    "PublishedAnswer",
    "RollbackBody",
    "StoredScript",
    "VersionAnswer",
    "VersionList",
]

_Note = Annotated[Text, Field(max_length=500)]
_Reason = Annotated[str, Field(max_length=500)]
_Version = Annotated[int, Field(ge=0, le=999_999)]


class _Body(BaseModel):
    """Unknown fields are refused, so that a typo fails."""

    model_config = ConfigDict(strict=True, extra="forbid")


class PublishBody(_Body):
    """POST /{key}/publish; `expected_version` is the published version that was looked at, 0 for none."""

    note: _Note
    expected_version: _Version
    force: bool = False
    reason: _Reason = ""


class RollbackBody(_Body):
    """POST /{key}/rollback."""

    version: Annotated[int, Field(ge=1, le=999_999)]
    note: _Note


class ApproveBody(_Body):
    """POST /{key}/approve; `checksum` of the draft that was read, so that a later edit is not approved unseen."""

    checksum: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


class StoredScript(BaseModel):
    """A script's document with `_id` and what is known of it."""

    model_config = ConfigDict(extra="allow")
    meta: dict[str, Any]


class LintLine(BaseModel):
    """One finding of lint, with a sentence in the reader's language."""

    level: Literal["error", "warning"]
    path: str
    code: str
    message: str


class DraftSaved(BaseModel):
    """PUT /{key}/draft."""

    id: int
    checksum: str
    base_version: int
    saved_at: str
    lint: list[LintLine]


class Approved(BaseModel):
    """POST /{key}/approve."""

    id: int
    checksum: str
    approved_by: str


class CheckReport(BaseModel):
    """What the gate found."""

    passed: bool
    checks: list[dict[str, Any]]
    rerouted: list[dict[str, Any]]
    took_ms: int


class PublishedAnswer(BaseModel):
    """POST /{key}/publish and /restore."""

    version: int
    catalogue_revision: str
    report: CheckReport


class VersionAnswer(BaseModel):
    """POST /{key}/rollback."""

    version: int
    catalogue_revision: str
    checksum: str
    rollback_of: int


class VersionLine(BaseModel):
    """One version in a list; `published`: it is the one that customers get now."""

    version: int
    checksum: str
    author: str
    note: str
    created_at: str
    published: bool
    rollback_of: int | None
    forced: str | None


class VersionList(BaseModel):
    """GET /{key}/versions, newest first."""

    items: list[VersionLine]
    next_cursor: str | None


class DiffLine(BaseModel):
    """One field that is not as it was; of a moved step `from` and `to` are places, counted from 0."""

    model_config = ConfigDict(populate_by_name=True)
    path: str
    kind: Literal["changed", "added", "removed", "moved"]
    before: Annotated[Any, Field(alias="from")] = None
    to: Any = None


class Diff(BaseModel):
    """GET /{key}/diff; `text` is the unified difference of both as indented JSON."""

    changes: list[DiffLine]
    text: str


class AuditLine(BaseModel):
    """One entry of the audit; fields that do not apply are left out."""

    id: str
    pack: str
    at: str
    who: str
    role: str
    action: str
    request_id: str | None = None
    script: int | None = None
    version: int | None = None
    conversation: str | None = None
    protocol: str | None = None
    subject: str | None = None
    reason: str | None = None
    before: str | None = None
    after: str | None = None
    hash: str


class AuditList(BaseModel):
    """GET /api/v1/audit and /api/v1/script/{key}/audit, newest first."""

    items: list[AuditLine]
    next_cursor: str | None
