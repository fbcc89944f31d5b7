"""What an import answers, as the API documents it."""

from typing import Any, Literal

from pydantic import BaseModel

__all__ = ["ImportAnswer"]


class RowFinding(BaseModel):
    """One thing found in a row: its path in the document, its line in the file (and column of a CSV), and the mend."""

    path: str
    line: int
    column: str | None
    code: str
    message: str


class ImportedRow(BaseModel):
    """What comes of one script of the file; `row` counts scripts from 1."""

    row: int
    line: int
    id: int | None
    ok: bool
    outcome: Literal["created", "changed", "unchanged", "failed"]
    errors: list[RowFinding]
    warnings: list[RowFinding]


class ImportAnswer(BaseModel):
    """The verdict on a file, and for `mode=publish` the catalogue's new revision and the gate's report."""

    dry_run: bool
    created: int
    changed: int
    unchanged: int
    failed: int
    rows: list[ImportedRow]
    catalogue_revision: str | None = None
    report: dict[str, Any] | None = None
