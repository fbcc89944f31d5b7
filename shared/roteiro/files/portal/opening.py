"""ZIP archives and CSV files to tables; an archive that grows beyond reason is refused before it is opened."""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from roteiro.domain.contracts.columns import Kind, kind_of
from roteiro.domain.contracts.table import Table
from roteiro.errors import Fault, InvalidRequest
from roteiro.files.portal.lines import Opened, faults_of_header, read_lines

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
    that grows too much, one without any table, and with everything that the first lines of all files lack: nothing of
    many files shall be kept if one of them is the wrong one.
    """
    found = [one for path in paths for one in _opened_in(path)]
    if faults := [fault for one in found for fault in faults_of_header(one.name, one.kind, one.open_one)]:
        raise InvalidRequest(f"{', '.join(dict.fromkeys(fault.path for fault in faults))}: not read", faults=faults)
    found.sort(key=lambda one: (_ORDER.index(one.kind), one.table.edition))
    return [one.table for one in found]


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that holds a table, wherever it lies."""

    name: str
    kind: Kind
    size: int
    open_one: Callable[[], Opened]

    @property
    def table(self) -> Table:
        """Return it as it is read."""
        edition = _EDITION.match(self.name)
        lines = partial(read_lines, self.name, self.kind, self.open_one)
        return Table(self.name, self.kind, edition[1] if edition else "", self.size, lines)


def _opened_in(path: Path) -> list[_Found]:
    if path.is_dir():
        raise _refused(path.name, "contract_folder")
    try:
        found = _of_archive(path) if is_zipfile(path) else _of_file(path)
    except OSError as error:
        raise _refused(path.name, "contract_unreadable") from error
    except BadZipFile as error:
        raise _refused(path.name, "contract_zip") from error
    if not found:
        endings = ", ".join(f"_{kind}.csv" for kind in Kind)
        raise _refused(path.name, "contract_kind", expected=endings)
    return found


def _of_file(path: Path) -> list[_Found]:
    size = path.stat().st_size
    kind = kind_of(path.name)
    if kind is None and path.suffix.lower() == ".zip":
        raise _refused(path.name, "contract_zip")
    return [_Found(path.name, kind, size, partial(_file, path))] if kind else []


@contextmanager
def _file(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _refused(path.name, "contract_unreadable") from error


def _of_archive(path: Path) -> list[_Found]:
    with ZipFile(path) as archive:
        members = archive.infolist()
    _check(path, members)
    named = [(member.filename.rpartition("/")[2], member) for member in members]
    return [
        _Found(name, kind, member.file_size, partial(_member, path, member))
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
def _member(path: Path, member: ZipInfo) -> Iterator[IO[bytes]]:
    """Open a file inside an archive, found by its place: two may have one name.

    What it says its size is, it cannot exceed: the library stops reading there.
    """
    try:
        with ZipFile(path) as archive, archive.open(member) as file:
            yield file
    except (BadZipFile, NotImplementedError, EOFError, zlib.error) as error:  # broken, or packed as we cannot read
        raise _refused(path.name, "contract_zip") from error


def _refused(name: str, code: str, **facts: str) -> InvalidRequest:
    return InvalidRequest(f"{name} was not read", faults=[Fault(name, code, tuple(facts.items()))])
