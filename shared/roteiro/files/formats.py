"""The formats of import and export: bytes to rows, scripts to bytes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from roteiro.domain.authoring.rows import Row
from roteiro.domain.authoring.sheets import sheet_of
from roteiro.errors import Fault
from roteiro.files.csv_rows import read_csv_rows, write_csv
from roteiro.files.json_rows import read_json_rows, write_json
from roteiro.files.packs.yaml_rows import read_yaml, write_yaml

__all__ = ["read_rows", "write_rows"]

_READERS = {"json": read_json_rows, "yaml": read_yaml, "csv": read_csv_rows}


def read_rows(content: bytes, form: str) -> Iterator[Row]:
    """Yield the rows of a file in `json`, `yaml` or `csv`; what cannot be read is a row with faults."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return iter([Row(1, line, faults=[Fault("", "not_utf8", (("line", str(line)),))])])
    return _READERS[form](text)


def write_rows(documents: Iterable[Mapping[str, Any]], form: str) -> bytes:
    """Return documents as a file; the same documents always give the same bytes."""
    if form == "csv":
        return write_csv(map(sheet_of, documents)).encode()
    return (write_yaml if form == "yaml" else write_json)(documents).encode()
