"""ZIP archives and CSV files to tables; an archive that grows beyond reason is refused before it is opened."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from roteiro.domain.contracts.columns import Kind, kind_of
from roteiro.domain.contracts.table import Table
from roteiro.errors import Fault, InvalidRequest
from roteiro.files.portal.lines import Opened, read_lines

__all__ = ["MOST_BYTES", "MOST_MEMBERS", "MOST_TIMES", "open_tables"]

MOST_BYTES = 8 * 1024**3  # of an archive's files together when open: years of months (chosen)
MOST_TIMES = 100  # how much a file may grow; lists of contracts grow 5 to 15 times (chosen, far above)
MOST_MEMBERS = 1000
_SMALL = 1024**2  # bytes: a file of repeated words grows more and harms nobody
_ENCRYPTED = 1  # flag bit of a member, source: APPNOTE.TXT 4.4.4
_EDITION = re.compile(r"(\d{6})_")
_ORDER = list(Kind)  # contracts before what hangs on them


def open_tables(paths: Sequence[Path]) -> list[Table]:
    """Return the tables in files and archives, contracts first; names inside archives never become paths.

    What an archive holds besides is passed over. Raises InvalidRequest for a file that cannot be read, an archive
    that grows too much, and for one without any table.
    """
    found = [table for path in paths for table in _tables_in(path)]
    return sorted(found, key=lambda table: (_ORDER.index(table.kind), table.edition))


def _tables_in(path: Path) -> Iterator[Table]:
    try:
        tables = _of_archive(path) if is_zipfile(path) else _of_file(path)
    except OSError as error:
        raise InvalidRequest(f"{path.name} cannot be read: {error.strerror}") from error
    except BadZipFile as error:
        raise _refused(path.name, "contract_zip") from error
    if not tables:
        endings = ", ".join(f"_{kind}.csv" for kind in Kind)
        raise _refused(path.name, "contract_kind", expected=endings)
    yield from tables


def _of_file(path: Path) -> list[Table]:
    size = path.stat().st_size
    kind = kind_of(path.name)
    if kind is None and path.suffix.lower() == ".zip":
        raise _refused(path.name, "contract_zip")
    return [_table(path.name, kind, size, partial(_file, path))] if kind else []


def _file(path: Path) -> Opened:
    return path.open("rb")


def _of_archive(path: Path) -> list[Table]:
    with ZipFile(path) as archive:
        members = archive.infolist()
    _check(path, members)
    named = [(member.filename.rpartition("/")[2], member) for member in members]
    return [
        _table(name, kind, member.file_size, partial(_member, path, member.filename))
        for name, member in named
        if (kind := kind_of(name))
    ]


def _check(path: Path, members: Sequence[ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise _refused(path.name, "contract_zip")
    whole = sum(member.file_size for member in members)
    times = max((_times(member) for member in members), default=0)
    for found, limit, unit in ((len(members), MOST_MEMBERS, ""), (whole, MOST_BYTES, " B"), (times, MOST_TIMES, "x")):
        if found > limit:
            raise _refused(path.name, "contract_zip_large", found=f"{found}{unit}", limit=f"{limit}{unit}")


def _times(member: ZipInfo) -> int:
    """Return how much a file grows when it is opened; a small one counts as not growing."""
    return member.file_size // max(member.compress_size, 1) if member.file_size > _SMALL else 1


@contextmanager
def _member(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Open a file inside an archive; what it says its size is, it cannot exceed: the library stops reading there."""
    try:
        with ZipFile(path) as archive, archive.open(name) as file:
            yield file
    except (BadZipFile, NotImplementedError, EOFError, zlib.error) as error:  # broken, or packed as we cannot read
        raise _refused(path.name, "contract_zip") from error


def _table(name: str, kind: Kind, size: int, open_one: Callable[[], Opened]) -> Table:
    edition = _EDITION.match(name)
    return Table(name, kind, edition[1] if edition else "", size, partial(read_lines, name, kind, open_one))


def _refused(name: str, code: str, **facts: str) -> InvalidRequest:
    return InvalidRequest(f"{name} was not read", faults=[Fault(name, code, tuple(facts.items()))])
