"""Export: published scripts as they are written into files, in one order and with one order of keys."""

from collections.abc import Collection
from typing import Any

from roteiro.domain.ids import ScriptId
from roteiro.domain.ordering import in_order
from roteiro.errors import NotFound
from roteiro.ports import Shelf
from roteiro.usecases.published import Kept, PublishedCatalogue, all_pages, pointer_key

__all__ = ["published_scripts"]


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
