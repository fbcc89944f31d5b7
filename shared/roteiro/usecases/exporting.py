"""Export: published scripts as they are written into files, in one order and with one order of keys; the audit."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from roteiro.domain.authoring.ordering import in_order
from roteiro.domain.ids import ScriptId
from roteiro.errors import NotFound
from roteiro.ports import Document, Progress, Shelf
from roteiro.usecases.audit import chains
from roteiro.usecases.published import Kept, PublishedCatalogue, all_pages, pointer_key

__all__ = ["audit_entries", "audited", "published_scripts"]


def published_scripts(shelf: Shelf, kept: Kept, *, pack: str = "", ids: Collection[ScriptId] = ()) -> list[Any]:
    """Return the published documents by id, of one pack or all, some ids or all, with their keys in order.

    Raises NotFound for an id that is not published there.
    """
    found: dict[ScriptId, Any] = {}
    pointers = [pointer for pointer in all_pages(shelf, pointer_key("")) if pack in ("", pointer["pack"])]
    for pointer in pointers:
        catalogue = PublishedCatalogue(pointer["pack"], shelf, kept)
        for key, entry in pointer["scripts"].items():
            if (script := ScriptId(int(key))) in ids or not ids:
                found[script] = in_order(catalogue.document(script, entry["version"])["script"])
    if missing := set(ids) - set(found):
        raise NotFound(f"not published: {sorted(missing)}")
    return [found[script] for script in sorted(found)]


def audited(shelf: Shelf, pack: str = "") -> list[str]:
    """Return the names of the audit's chains: of one pack, or of all and the deployment. Raises NotFound for none."""
    found = [chain for chain in chains(shelf) if pack in ("", chain)]
    if not found:
        raise NotFound("there is no audit to export")
    return found


def audit_entries(chain: str, shelf: Shelf, until: date, progress: Progress) -> Iterator[Document]:
    """Return a chain's entries as they are stored, oldest first; the share done is told by days `until` the last."""
    first = None
    for entry in all_pages(shelf, f"audit:{chain}:"):
        day = date.fromisoformat(entry["day"])
        first = first or day
        progress(min((day - first).days / max((until - first).days, 1), 1.0))
        yield entry
    progress(1.0)
