"""Files in a folder of this machine, for a laptop or a single server."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roteiro.domain.papers.filenames import checked_name
from roteiro.errors import FilesUnavailable

__all__ = ["LocalFiles"]


class LocalFiles:
    """The Files of the default run; the folder is made by the first file, for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes, kind: str) -> bool:  # noqa: ARG002 - a folder keeps no content types
        """Store a file whole or not at all; False if the name is taken."""
        target = self._folder / checked_name(name)
        with _translated():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".") as draft:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                return _named(Path(draft.name), target)

    def get(self, name: str) -> bytes | None:
        """Return a file, or None."""
        target = self._folder / checked_name(name)
        with _translated():
            return target.read_bytes() if target.is_file() else None

    def link(self, name: str, seconds: int) -> str | None:  # noqa: ARG002 - nobody but us can hand out these files
        """Return None: such a file leaves through our own route."""
        return None


def _named(draft: Path, target: Path) -> bool:
    """Give a written file its name, unless another has it: a link is made or refused in one step, a move replaces."""
    try:
        os.link(draft, target)
    except FileExistsError:
        return False
    return True


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FilesUnavailable(f"the folder of files: {type(error).__name__}") from error
