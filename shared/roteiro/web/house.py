"""What a function needs to answer: the chosen adapters and the few settings of the HTTP edge, filled by wiring."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from roteiro.ports import Clock, Embedder, Model, Progress, Shelf, Store, Voter
from roteiro.usecases.published import Kept, PublishedCatalogue, loaded_pack
from roteiro.usecases.publishing import Admin
from roteiro.usecases.secondguess import SecondGuess
from roteiro.web.identity import Tokens
from roteiro.web.limits import Limits

__all__ = ["House", "Policy"]


@dataclass(frozen=True)
class Policy:
    """The settings that the edge obeys; their meanings stand in docs/settings.md."""

    version: str
    is_local: bool
    admin_key: str
    origins: tuple[str, ...]
    trusted_hops: int
    pack_front: str
    chat_ai_is_object: bool
    backend_is_open: bool
    frontend: Path


@dataclass(frozen=True)
class House:
    """Everything a route may use, for one function of one process."""

    function: str
    policy: Policy
    store: Store
    shelf: Shelf
    model: Model
    clock: Clock
    limits: Limits
    tokens: Tokens
    kept: Kept
    prepare: Callable[[], None]  # makes what the database needs once, such as indexes
    embedder: Embedder | None = None  # None: no second tier of matching
    voter: Voter | None = None  # None: no third

    def catalogue(self, pack: str, *, may_vote: bool = True) -> PublishedCatalogue:
        """Return a pack's catalogue as this request will read it; later tiers of matching only where configured."""
        if self.embedder is None and self.voter is None:
            return PublishedCatalogue(pack, self.shelf, self.kept)
        return SecondGuess(pack, self.shelf, self.kept, self.embedder, self.voter if may_vote else None)

    def admin(self, author: str, progress: Progress | None = None) -> Admin:
        """Return who changes the catalogue, with what this house has."""
        return Admin(self.shelf, self.kept, self.clock, author, progress, self.embedder)

    def pack_front(self) -> str:
        """Return the pack of conversations begun on the first seed's routes."""
        wanted = self.policy.pack_front
        if self.catalogue(wanted).revision:
            return wanted
        return loaded_pack(wanted, self.shelf)
