"""Settings to adapters: only what was chosen is imported, and nothing connects before the first request."""

import json
import logging
import secrets
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from roteiro import __version__
from roteiro.domain.acting import Act
from roteiro.domain.choice import Catalogue
from roteiro.domain.contracts.table import Table
from roteiro.domain.ids import ConversationId
from roteiro.errors import FilesUnavailable
from roteiro.models.scripted import ScriptedModel
from roteiro.ports import Clock, Embedder, Files, Ledger, Model, Sender, Shelf, Voter
from roteiro.settings import Settings, read_settings
from roteiro.usecases.announcing import AnnouncingStore
from roteiro.usecases.budgets import Budgets
from roteiro.usecases.published import Kept
from roteiro.usecases.publishing import Admin
from roteiro.usecases.report import Gate
from roteiro.usecases.stage import Stage
from roteiro.usecases.wording import Speaker
from roteiro.web.house import House, Policy
from roteiro.web.identity import Tokens
from roteiro.web.identity.fetching import fetch_keys
from roteiro.web.identity.keyset import Fetch, KeySet
from roteiro.web.identity.oidc import Issuer
from roteiro.web.limits import Limits, Meter
from roteiro.web.routes import Function, Route, application

__all__ = ["SystemClock", "open_house", "open_ledger", "open_stage", "open_tables", "serve"]

_ROOT = Path(__file__).resolve().parents[2]  # of the repository, the image and the upload: frontend/ stands there

_VOTE_S = 3.0  # seconds; half of a turn's six, so that the script's answer still leaves in time


class SystemClock:
    """The Clock of real life."""

    def now(self) -> datetime:
        """Return the time in UTC, to the millisecond, as events store it."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def serve(function: str, routes: Sequence[Route]) -> Function:
    """Return the HTTP function for a route table. Raises InvalidSetting at once, with every wrong setting."""
    settings = read_settings()
    _log_as_json(settings)
    return application(routes, cache(lambda: open_house(function, settings)))


def open_house(function: str, settings: Settings) -> House:
    """Return the chosen adapters; none of them has connected yet."""
    both, clock = _store(settings), SystemClock()
    tokens = Tokens(cache(lambda: _token_keys(settings, both)))
    return House(
        function=function,
        policy=_policy(settings),
        store=_announcing(both, clock),
        shelf=both,
        model=_model(settings),
        embedder=_embedder(settings),
        voter=_voter(settings),
        issuer=_issuer(settings),
        budgets=_budgets(settings, both),
        clock=clock,
        limits=_limits(settings, tokens),
        tokens=tokens,
        kept=Kept(),
        formats=_LateFormats(),
        printer=_LatePrinter(),
        files=cache(lambda: _files(settings)),
        ledger=cache(both.ledger),
        sender=cache(lambda: _sender(settings)),
        prepare=both.prepare,
        make_gate=_gate,
    )


def open_ledger(settings: Settings) -> Ledger:
    """Return the public contracts of the chosen database, its tables or indexes in place."""
    store = _store(settings)
    store.prepare()
    ledger: Ledger = store.ledger()
    return ledger


def open_tables(paths: Sequence[Path]) -> list[Table]:
    """Return the tables in monthly files of public contracts, CSV or ZIP; raises InvalidRequest."""
    from roteiro.files.portal.opening import open_tables

    return open_tables(paths)


def open_stage() -> Stage:
    """Return what told conversations are played with: no model, and a store in memory for each."""
    from roteiro.stores.sqlite import SqliteStore

    return Stage(Speaker(ScriptedModel()), lambda: closing(SqliteStore(":memory:")), _act_in)


def _act_in(conversation: ConversationId, store: Any, catalogue: Catalogue, clock: Clock) -> Act:
    """Return what does the actions of a told conversation: its store has no contracts, so no report leaves it."""
    from roteiro.usecases.acting import Deeds, Means

    def keep_nothing(*_: object) -> Any:
        raise FilesUnavailable("a told conversation keeps no files")

    message, files, printer = secrets.token_hex(8), keep_nothing, _LatePrinter()
    return Deeds(Means(conversation, message, catalogue, store, store.ledger, clock, printer, files, keep_nothing))


def _gate(house: House, admin: Admin) -> Gate:
    from roteiro.usecases.gate import GateTools, run_gate
    from roteiro.usecases.hookcheck import with_hooks
    from roteiro.usecases.linting import lint_errors

    tools = GateTools(house.store, open_stage(), with_hooks(lint_errors, house.sender))
    return partial(run_gate, admin=admin, tools=tools)


def _store(settings: Settings) -> Any:
    url = settings.database_url.reveal()
    if url.startswith("sqlite:///"):
        from roteiro.stores.sqlite import SqliteStore

        return SqliteStore(url.removeprefix("sqlite:///"))
    from roteiro.stores.mongo import MongoStore

    return MongoStore(url)


def _model(settings: Settings) -> Model:
    if not settings.has_model:
        return ScriptedModel()
    from roteiro.models.chat import OpenAIModel

    make = cache(lambda: _endpoint(settings, settings.openai_base_url))
    return OpenAIModel(settings.model, make, settings.model_timeout_s)


def _budgets(settings: Settings, shelf: Shelf) -> Budgets:
    return Budgets(
        shelf,
        settings.model_tokens_per_conversation,
        settings.model_tokens_per_day,
        settings.model_tokens_per_month,
    )


def _embedder(settings: Settings) -> Embedder | None:
    if not settings.embedding_model or settings.model_scope == "none":
        return None
    from roteiro.models.embeddings import OpenAIEmbedder

    make = cache(lambda: _endpoint(settings, settings.embedding_base_url or settings.openai_base_url))
    return OpenAIEmbedder(settings.embedding_model, make, settings.embedding_timeout_s)


def _voter(settings: Settings) -> Voter | None:
    if settings.match_with_model == "off" or not settings.has_model:
        return None
    from roteiro.models.voting import OpenAIVoter

    make = cache(lambda: _endpoint(settings, settings.openai_base_url))
    return OpenAIVoter(settings.model, make, min(settings.model_timeout_s, _VOTE_S))


def _endpoint(settings: Settings, base_url: str) -> Any:
    from roteiro.models.openai import Endpoint

    return Endpoint(base_url, settings.openai_api_key.reveal())


def _issuer(settings: Settings) -> Issuer | None:
    if settings.oidc_issuer:
        fetch: Fetch = partial(fetch_keys, settings.oidc_jwks_url)
    elif settings.development_keys:
        fetch = partial(json.loads, settings.development_keys)
    else:
        return None
    return Issuer(settings.issuer, settings.audience, KeySet(fetch), settings.organisation)


def _announcing(store: Any, clock: SystemClock) -> Any:
    return AnnouncingStore(store, store, clock)


def _sender(settings: Settings) -> Sender:
    from roteiro.domain.destinations import Reach
    from roteiro.web.hooks.sending import HookSender
    from roteiro.web.hooks.signing import key_of

    keys = {hook.name: [key_of(secret.reveal()) for secret in hook.secrets] for hook in settings.hook_keys}
    return HookSender(Reach(settings.webhook_hosts, settings.is_local), keys)


class _LateFormats:
    """Files of scripts; the library of one format is imported by the first file, never before."""

    def read(self, content: bytes, form: str) -> Any:
        """Return the rows of a file."""
        from roteiro.files.formats import read_rows

        return read_rows(content, form)

    def write(self, documents: Any, form: str) -> bytes:
        """Return documents as a file."""
        from roteiro.files.formats import write_rows

        return write_rows(documents, form)


class _LatePrinter:
    """Papers; the library is imported by the first one."""

    def pdf(self, paper: Any) -> bytes:
        """Return a paper as a PDF."""
        from roteiro.files.pdf.pages import write_pdf

        return write_pdf(paper)


def _files(settings: Settings) -> Files:
    if folder := settings.files_folder:
        from roteiro.files.local import LocalFiles

        return LocalFiles(folder)
    if not settings.files:
        raise FilesUnavailable("ROTEIRO_FILES is not set")
    from roteiro.files.s3 import Bucket, S3Files

    bucket = settings.files.removeprefix("s3://").rstrip("/")
    secret = settings.s3_secret.reveal()
    return S3Files(Bucket(bucket, settings.s3_endpoint, settings.s3_region, settings.s3_key_id, secret))


def _policy(settings: Settings) -> Policy:
    return Policy(
        version=__version__,
        is_local=settings.is_local,
        admin_key=settings.admin_key.reveal(),
        issuer=settings.issuer,
        origins=settings.origins,
        trusted_hops=settings.trusted_hops,
        pack_front=settings.pack_front,
        pack_chat=settings.pack_chat,
        refuses_client_ids=settings.client_ids == "refuse",
        chat_ai_is_object=settings.chat_ai_answer == "object",
        backend_is_open=settings.backend_is_open,
        needs_approval=settings.publish_approval == "on",
        frontend=_ROOT / "frontend",
        public_url=settings.public_url.rstrip("/"),
    )


def _limits(settings: Settings, tokens: Tokens) -> Limits:
    def day_key(day: date) -> bytes:
        return tokens.derived(f"limits {day}")[0]

    return Limits(
        {
            Meter.MESSAGES: settings.limit_messages_per_minute,
            Meter.READS: settings.limit_reads_per_minute,
            Meter.SESSIONS: settings.limit_sessions_per_minute,
            Meter.LOOKUPS: settings.limit_lookups_per_minute,
        },
        day_key if settings.rate_limit == "exact" else None,
    )


def _token_keys(settings: Settings, shelf: Shelf) -> list[bytes]:
    """Return the signing keys; locally without a setting, one that every process finds in the store."""
    if settings.token_keys:
        return [key.reveal().encode() for key in settings.token_keys]
    shelf.create("secret:token-key", {"key": secrets.token_hex(32)})
    stored = shelf.get("secret:token-key") or {}
    return [str(stored["key"]).encode()]


class _JsonLines(logging.Formatter):
    """One JSON object per line, with the names that Cloud Logging knows; only listed fields, never texts."""

    fields = ("fn", "route", "request_id", "status", "total_ms", "code", "conversation_status", "step", "degraded")

    def __init__(self, release: str) -> None:
        super().__init__()
        self._release = release

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {"severity": record.levelname, "message": record.getMessage(), "time": _utc(record)}
        line |= {name: getattr(record, name) for name in self.fields if hasattr(record, name)}
        line |= {"release": self._release} if self._release else {}
        if record.exc_info:
            line["stack_trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _utc(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _log_as_json(settings: Settings) -> None:
    """Send our log to stdout; a laptop sees problems only, a deployed function every request."""
    log = logging.getLogger("roteiro")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_JsonLines(settings.release))
    log.handlers = [handler]
    log.setLevel(logging.WARNING if settings.is_local else logging.INFO)
    log.propagate = False
