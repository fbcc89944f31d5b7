"""What a function needs to answer: the chosen adapters and the few settings of the HTTP edge, filled by wiring."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from roteiro.ports import Clock, Embedder, Files, Formats, Ledger, Model, Printer, Progress, Sender, Shelf, Store, Voter
from roteiro.usecases.answer_cache import AnswerCache
from roteiro.usecases.budgets import Budgets
from roteiro.usecases.outbox import Office
from roteiro.usecases.published import Kept, PublishedCatalogue, loaded_pack
from roteiro.usecases.publishing import Admin
from roteiro.usecases.report import Conditions, Gate
from roteiro.usecases.secondguess import SecondGuess
from roteiro.usecases.wording import Speaker
from roteiro.web.errands import Rounds
from roteiro.web.identity import Caller, Tokens
from roteiro.web.identity.oidc import Issuer
from roteiro.web.limits import Limits

__all__ = ["House", "Policy"]


@dataclass(frozen=True)
class Policy:
    """The settings that the edge obeys; their meanings stand in docs/settings.md."""

    version: str
    is_local: bool
    admin_key: str
    issuer: str  # whose people have roles; locally without one, the development issuer
    origins: tuple[str, ...]
    trusted_hops: int
    pack_front: str
    pack_chat: str
    refuses_client_ids: bool  # a conversation is named by us alone
    chat_ai_is_object: bool
    backend_is_open: bool
    needs_approval: bool
    frontend: Path
    public_url: str = ""  # how we are called, without a slash at the end


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
    formats: Formats
    printer: Printer
    files: Callable[[], Files]  # made when the first one is read or written
    ledger: Callable[[], Ledger]  # public contracts; opened when the first one is read
    sender: Callable[[], Sender]  # of webhooks; made when the first one is due
    make_gate: Callable[["House", Admin], Gate]  # loads it when an admin first publishes
    prepare: Callable[[], None]  # makes what the database needs once, such as indexes
    embedder: Embedder | None = None  # None: no second tier of matching
    voter: Voter | None = None  # None: no third
    issuer: Issuer | None = None  # None: nobody signs ID tokens
    budgets: Budgets = Budgets()
    rounds: Rounds = field(default_factory=Rounds)
    answers: AnswerCache = field(default_factory=AnswerCache)
    lines: Kept = field(default_factory=Kept)  # of the queue, each true until its conversation moves on

    def catalogue(self, pack: str, *, may_vote: bool = True) -> PublishedCatalogue:
        """Return a pack's catalogue as this request will read it; later tiers of matching only where configured."""
        if self.embedder is None and self.voter is None:
            return PublishedCatalogue(pack, self.shelf, self.kept)
        return SecondGuess(pack, self.shelf, self.kept, self.embedder, self.voter if may_vote else None)

    @property
    def speaker(self) -> Speaker:
        """Return the model that words answers, with what it may cost."""
        return Speaker(self.model, self.budgets, self.answers)

    @property
    def office(self) -> Office:
        """Return what delivers webhooks."""
        return Office(self.store, self.shelf, self.sender, self.clock, random.random)

    def admin(self, author: str, progress: Progress | None = None) -> Admin:
        """Return who changes the catalogue, with what this house has."""
        return Admin(self.shelf, self.kept, self.clock, author, progress, self.embedder)

    def gate(self, admin: Admin) -> Gate:
        """Return what checks a publish of this admin before it is done."""
        return self.make_gate(self, admin)

    def admin_of(self, staff: Caller | None, request_id: str) -> Admin:
        """Return who changes the catalogue by a request."""
        if staff is None:
            return self.admin("")
        return replace(self.admin(staff.name), role=staff.role, counts_as=staff.person, request_id=request_id)

    def conditions(self, admin: Admin) -> Conditions:
        """Return what a publish of this admin must pass."""
        return Conditions(self.gate(admin), self.policy.needs_approval)

    def pack_front(self) -> str:
        """Return the pack of conversations begun on the first seed's routes."""
        wanted = self.policy.pack_front
        return wanted if self.catalogue(wanted).revision else loaded_pack(wanted, self.shelf)

    def pack_chat(self, wanted: str = "") -> str:
        """Return the pack of conversations begun on the second seed's routes: the wanted one, if it is loaded."""
        packs = [pack for pack in (wanted, self.policy.pack_chat) if pack]
        loaded = next((pack for pack in packs if self.catalogue(pack).is_loaded), None)
        return loaded or loaded_pack(self.policy.pack_chat, self.shelf)
