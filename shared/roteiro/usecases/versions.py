"""The history of a script: its published versions, newest first, each as it was."""

from roteiro.errors import NotFound
from roteiro.ports import Document, Shelf
from roteiro.usecases.catalogue import Place
from roteiro.usecases.published import version_key

__all__ = ["get_version", "list_versions"]


def list_versions(place: Place, shelf: Shelf, *, below: int, limit: int) -> tuple[list[Document], int | None]:
    """Return versions below a number (0: all), newest first, and the number to go on below (None: no more)."""
    known = _numbers(place)
    numbers = [number for number in known if number < below or not below]
    page = numbers[:limit]
    if not page:
        return [], None
    found = shelf.scan(f"version:{place.id}:", version_key(place.id, page[-1] - 1), page[0] - page[-1] + 1)
    versions = [document for document in reversed(found) if document["version"] in page]
    return versions, page[-1] if len(numbers) > limit else None


def get_version(place: Place, version: int, shelf: Shelf) -> Document:
    """Return one version. Raises NotFound, also for a number that nobody ever published."""
    stored = shelf.get(version_key(place.id, version)) if version in _numbers(place) else None
    if stored is None:
        raise NotFound(f"there is no version {version} of script {place.id}", missing="version")
    return stored


def _numbers(place: Place) -> list[int]:
    """Return the numbers of the versions that were published; a leftover of a publish that died is none of them."""
    if place.status == "purged":
        return []
    return [number for number in range(place.version, 0, -1) if number not in place.skipped]
