"""The catalogue as turns read it: a pointer document per pack, immutable versions and indexes kept per instance.

`catalogue:<pack>` = {"version": 42, "pack", "texts": "<checksum>", "scripts": {"101": {"version": 3, "title",
"titles": {"en": …}}},
"archived": {"104": {…}}, "purged": {"105": its last version}, "index": "<checksum>", and "vectors": {"name":
"<checksum>", "model"} if there are any}; it is replaced by compare-and-set on `version`, which is the revision that
people see as "r42". Everything it names is immutable, so an instance may keep it for ever.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Candidate
from roteiro.domain.ids import ScriptId
from roteiro.domain.pack import Pack
from roteiro.domain.pack_document import pack_from
from roteiro.domain.script import Script, compile_script
from roteiro.domain.texts import DEFAULT_LOCALE
from roteiro.errors import NotFound, StoreUnavailable
from roteiro.matching.compiling import compile_index
from roteiro.matching.index import Index, read_index
from roteiro.matching.ranking import Ranking
from roteiro.ports import Document, Shelf
from roteiro.usecases.parts import all_pages, read_parts

__all__ = ["Kept", "PublishedCatalogue", "all_pages", "loaded_pack", "pointer_key", "version_key"]

_T = TypeVar("_T")
_RANKED = 3  # candidates that an event keeps: what the desk shows as alternatives
_MOST_KEPT = 2000  # immutable documents an instance keeps: some 20 MB of scripts


def pointer_key(pack: str) -> str:
    """Return the key of a pack's pointer."""
    return f"catalogue:{pack}"


def version_key(script: ScriptId, version: int) -> str:
    """Return the key of one immutable version; the order of the keys is the order of the versions."""
    return f"version:{script}:{version:06d}"


def loaded_pack(wanted: str, shelf: Shelf) -> str:
    """Return the wanted pack, or the one that is loaded if that one alone is."""
    packs = [pointer["pack"] for pointer in all_pages(shelf, pointer_key(""))]
    return packs[0] if wanted not in packs and len(packs) == 1 else wanted


class Kept:
    """What an instance remembers of things that never change; forgetting any of it only costs a read."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._things: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most

    def get(self, key: str, make: Callable[[], _T]) -> _T:
        """Return what is kept under a key, made on first use; two threads may both make it."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]  # type: ignore[no-any-return] # one key always holds one kind
        made = make()
        with self._lock:
            self._things[key] = made
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return made

    def note(self, key: str, thing: Any) -> None:
        """Keep the newest reading of something that does change."""
        with self._lock:
            self._things[key] = thing

    def last(self, key: str) -> Any:
        """Return that reading, None if there is none."""
        with self._lock:
            return self._things.get(key)


class PublishedCatalogue:
    """The published scripts of one pack; the pointer is read when a script must be chosen, and only then."""

    def __init__(self, pack: str, shelf: Shelf, kept: Kept) -> None:
        self._name = pack
        self._shelf = shelf
        self._kept = kept
        self._read: Document | None = None
        self._glanced: dict[str, Choice] = {}  # of this request: several rules look at the same words

    @property
    def shelf(self) -> Shelf:
        """Return where it is read from."""
        return self._shelf

    @property
    def revision(self) -> int:
        """Return the catalogue's revision, 0 when nothing was published yet."""
        return int(self._pointer().get("version", 0))

    @property
    def is_loaded(self) -> bool:
        """Say whether something was published; a pack that this instance has met is not asked for again."""
        return bool(self._known().get("version", 0))

    @property
    def index(self) -> Index:
        """Return the compiled scripts of the newest pointer this object read."""
        return self._index(self._pointer())

    def pack(self) -> Pack:
        """Return the pack's texts as the newest pointer that this instance read names them."""
        return self._pack(self._known().get("texts", ""))

    def rank(self, message: str, among: Collection[ScriptId] | None = None, most: int = _RANKED) -> Choice:
        """Rank the published scripts for a message, at most `most`."""
        began = time.perf_counter()
        ranking, tokens = self._ranked(self._as_written(message), among, most)
        choice = _choice(ranking, self.revision)
        return replace(choice, match_ms=round((time.perf_counter() - began) * 1000), match_tokens=tokens)

    def glance(self, message: str) -> Choice:
        """Rank with the pointer that this instance read last: a stale one may only ask a needless question."""
        if message not in self._glanced:
            pointer = self._known()
            ranking = self._index(pointer).rank(self._as_written(message), _RANKED)
            self._glanced[message] = _choice(ranking, int(pointer.get("version", 0)))
        return self._glanced[message]

    def topics(self, locale: str = DEFAULT_LOCALE) -> Sequence[tuple[ScriptId, str]]:
        """Return the published scripts' ids and titles in a language, by id."""
        scripts: Mapping[str, Mapping[str, Any]] = self._pointer().get("scripts", {})
        return sorted((ScriptId(int(key)), _titled(entry, locale)) for key, entry in scripts.items())

    def script(self, script: ScriptId, version: int | None = None) -> Script:
        """Return one version, the published one if none is named. Raises NotFound."""
        if version is None:
            entry = self._pointer().get("scripts", {}).get(str(script))
            if entry is None:
                raise NotFound(f"script {script} is not published")
            version = int(entry["version"])
        document = self.document(script, version)
        compiled = self._kept.get(f"script:{script}:{version}", lambda: compile_script(document["script"], version))
        return self._listed(compiled) if compiled.lists else compiled

    def document(self, script: ScriptId, version: int) -> Document:
        """Return the stored document of one version. Raises NotFound."""
        key = version_key(script, version)

        def read() -> Document:
            if (document := self._shelf.get(key)) is None:
                raise NotFound(f"there is no {key}")
            return document

        return self._kept.get(key, read)

    def _listed(self, script: Script) -> Script:
        """Return a script with the pack's lists in its slots: those of the newest pointer that this instance knows."""
        checksum = self._known().get("texts", "")
        key = f"script:{script.id}:{script.version}:{checksum}"
        return self._kept.get(key, lambda: script.with_lists(self._pack(checksum).lists))

    def _as_written(self, message: str) -> str:
        """Return what a button says in the pack's own language, so that it starts the same in each."""
        return self.pack().cast.original(message)

    def _ranked(self, message: str, among: Collection[ScriptId] | None, most: int) -> tuple[Ranking, int]:
        """Return the ranking and the tokens it cost."""
        return self._index(self._pointer()).rank(message, most, among), 0

    def _pointer(self) -> Document:
        if self._read is None:
            key = pointer_key(self._name)
            self._read = self._shelf.get(key) or {}
            self._kept.note(key, self._read)
        return self._read

    def _known(self) -> Document:
        """Return the pointer that this instance read last: a stale one costs a needless question or an old greeting."""
        return self._read or self._kept.last(pointer_key(self._name)) or self._pointer()

    def _pack(self, checksum: str) -> Pack:
        return self._kept.get(f"pack:{self._name}:{checksum}", lambda: self._load_pack(checksum))

    def _load_pack(self, checksum: str) -> Pack:
        stored = self._shelf.get(f"pack:{self._name}:{checksum}") if checksum else None
        if stored is None:
            return Pack(self._name, self._name, {})
        return pack_from(self._name, stored)

    def _index(self, pointer: Document) -> Index:
        checksum = pointer.get("index", "")
        return self._kept.get(f"index:{checksum}", lambda: self._load_index(checksum))

    def _load_index(self, checksum: str) -> Index:
        if not checksum:
            return read_index(compile_index(()))
        artifact = read_parts(f"index:{checksum}", self._shelf)
        if not artifact:
            raise StoreUnavailable(f"the index {checksum} is missing: run `roteiro load` again")
        return read_index(artifact)


def _titled(entry: Mapping[str, Any], locale: str) -> str:
    return str(entry.get("titles", {}).get(locale, entry["title"]))


def _choice(ranking: Ranking, revision: int) -> Choice:
    """Return a ranking in the domain's words."""
    candidates = tuple(
        Candidate(ScriptId(c.script_id), c.title, c.confidence, c.evidence, c.nearest_example, c.negative_hit)
        for c in ranking.candidates
    )
    offered = tuple(ScriptId(script) for script in ranking.offered)
    return Choice(Decision(ranking.decision), candidates, offered, revision, ranking.threshold, ranking.tier)
