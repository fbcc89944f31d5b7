"""Every setting with its name, default and meaning, and what is worked out from them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["HookKey", "Secret", "Settings"]

_LARGEST = 65_535  # the greatest port; no other number here but tokens comes near it
_MOST_TOKENS = 1_000_000_000_000  # far beyond any month; a counter of every store holds it
_DEVELOPMENT = ("urn:roteiro:development", "roteiro")  # issuer and audience of tokens that `roteiro run` signs


@dataclass(frozen=True, repr=False)
class Secret:
    """Text that prints as `***`, so that an object holding it can be shown safely."""

    text: str = ""

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self.text)

    def reveal(self) -> str:
        """Return the plain text, for the one place that needs it."""
        return self.text


class HookKey(NamedTuple):
    """The secrets that sign webhooks of one name, newest first: two while a receiver changes to the new one."""

    name: str
    secrets: tuple[Secret, ...]


def _setting(name: str, default: object, meaning: str, *choices: str, largest: int = _LARGEST) -> Any:
    known = {"name": name, "meaning": meaning, "choices": choices, "largest": largest}
    return field(default=default, metadata=known)


@dataclass(frozen=True)
class Settings:
    """Every setting with its name, default and meaning; the table in docs/settings.md is made from it."""

    env: str = _setting("ROTEIRO_ENV", "local", "where this runs", "local", "production")
    host: str = _setting("HOST", "127.0.0.1", "address that `roteiro run` listens on")
    port: int = _setting("PORT", 8080, "port that `roteiro run` listens on")
    threads: int = _setting("THREADS", 40, "requests served at once by one process; equals the platform's concurrency")
    release: str = _setting("ROTEIRO_RELEASE", "", "name of the release, shown in logs")
    database_url: Secret = _setting(
        "ROTEIRO_DATABASE_URL",
        Secret("sqlite:///.roteiro/roteiro.db"),
        "`sqlite:///path`, `sqlite:///:memory:`, `mongodb://…` or `mongodb+srv://…` with the database's name in it",
    )
    admin_key: Secret = _setting(
        "ROTEIRO_ADMIN_KEY", Secret(), "admin API key of your own, 24 to 200 characters; empty: made per start, locally"
    )
    token_keys: tuple[Secret, ...] = _setting(
        "ROTEIRO_TOKEN_KEYS",
        (),
        "comma-separated keys that sign session tokens, 32 bytes or more each; the first signs, all verify; "
        "empty: one is made and kept in the store, locally",
    )
    oidc_issuer: str = _setting(
        "ROTEIRO_OIDC_ISSUER", "", "who signs the ID tokens of staff and customers: the tokens' `iss`, letter by letter"
    )
    oidc_audience: str = _setting("ROTEIRO_OIDC_AUDIENCE", "", "for whom they are signed: the tokens' `aud`")
    oidc_jwks_url: str = _setting(
        "ROTEIRO_OIDC_JWKS_URL",
        "",
        "https address of the issuer's keys: `jwks_uri` in its `/.well-known/openid-configuration`",
    )
    oidc_organisation: str = _setting(
        "ROTEIRO_OIDC_ORGANISATION",
        "",
        "claim that a token must have besides and its value, such as `hd=example.com`; empty: none",
    )
    development_keys: str = _setting(
        "ROTEIRO_DEVELOPMENT_KEYS",
        "",
        "public keys of the development issuer, as JSON; made by `roteiro run` at each start, refused in production",
    )
    origins: tuple[str, ...] = _setting(
        "ROTEIRO_ORIGINS", (), "comma-separated exact origins of pages that may call the API from another host"
    )
    trusted_hops: int = _setting(
        "ROTEIRO_TRUSTED_HOPS", 0, "proxies in front whose X-Forwarded-For entry is believed; 1 on Cloud Run"
    )
    pack_front: str = _setting("ROTEIRO_PACK_FRONT", "seguros", "pack of conversations begun by /initial-message")
    pack_chat: str = _setting(
        "ROTEIRO_PACK_CHAT", "transparencia", "pack of conversations begun on /api/v1/chat/message and /stream"
    )
    client_ids: str = _setting(
        "ROTEIRO_CLIENT_IDS",
        "accept",
        "whether a client may name a new conversation itself, as clients of the second seed do; refuse is safer",
        "accept",
        "refuse",
    )
    chat_ai_answer: str = _setting(
        "ROTEIRO_CHAT_AI_ANSWER", "text", "shape of /chat_ai's answer: a string, or {AI_MESSAGE}", "text", "object"
    )
    legacy_backend: str = _setting(
        "ROTEIRO_LEGACY_BACKEND",
        "",
        "whether /api/v1/chat needs an API key (`key`) or not (`open`, local only); empty: open locally, else key",
        "",
        "key",
        "open",
    )
    publish_approval: str = _setting(
        "ROTEIRO_PUBLISH_APPROVAL",
        "off",
        "whether a publish needs the approval of another person than the draft's last author",
        "on",
        "off",
    )
    rate_limit: str = _setting(
        "ROTEIRO_RATE_LIMIT",
        "exact",
        "who counts messages and new conversations: all instances together, in the database, up to 1,000 per minute "
        "(`exact`); or each for itself, so that a caller may have the limit once per instance (`instance`)",
        "exact",
        "instance",
    )
    limit_messages_per_minute: int = _setting(
        "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE",
        60,
        "messages in any 60 seconds per address and per customer who is known; 0: no limit, locally only",
    )
    limit_reads_per_minute: int = _setting(
        "ROTEIRO_LIMIT_READS_PER_MINUTE", 300, "reads per minute and address; 0: no limit, locally only"
    )
    limit_sessions_per_minute: int = _setting(
        "ROTEIRO_LIMIT_SESSIONS_PER_MINUTE", 30, "new conversations per minute and address; 0: no limit, locally only"
    )
    limit_lookups_per_minute: int = _setting(
        "ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE",
        20,
        "look-ups of protocols and unknown ids, and transcripts as PDF, per minute and address; 0: no limit, locally",
    )
    model: str = _setting("ROTEIRO_MODEL", "", "name of the language model; empty: no model, the script answers")
    model_scope: str = _setting(
        "ROTEIRO_MODEL_SCOPE",
        "",
        "where the model runs; empty: worked out from the URL, locally only",
        "",
        "none",
        "local",
        "external",
    )
    openai_api_key: Secret = _setting("OPENAI_API_KEY", Secret(), "key of the OpenAI-compatible endpoint")
    openai_base_url: str = _setting(
        "OPENAI_BASE_URL", "https://api.openai.com/v1", "address of the OpenAI-compatible endpoint"
    )
    model_timeout_s: float = _setting(
        "ROTEIRO_MODEL_TIMEOUT_S", 6.0, "seconds a turn waits for the model before the script answers"
    )
    model_tokens_per_conversation: int = _setting(
        "ROTEIRO_MODEL_TOKENS_PER_CONVERSATION",
        50_000,
        "language model tokens that one conversation may use before the script alone answers; 0: no cap",
        largest=_MOST_TOKENS,
    )
    model_tokens_per_day: int = _setting(
        "ROTEIRO_MODEL_TOKENS_PER_DAY",
        2_000_000,
        "language model tokens that a pack may use in a day (America/Sao_Paulo); 0: no cap",
        largest=_MOST_TOKENS,
    )
    model_tokens_per_month: int = _setting(
        "ROTEIRO_MODEL_TOKENS_PER_MONTH",
        20_000_000,
        "language model tokens that a pack may use in a calendar month; 0: no cap",
        largest=_MOST_TOKENS,
    )
    embedding_model: str = _setting(
        "ROTEIRO_EMBEDDING_MODEL", "", "name of the model for sentence vectors; empty: words and letters alone match"
    )
    embedding_base_url: str = _setting(
        "ROTEIRO_EMBEDDING_BASE_URL",
        "",
        "address of the embedding endpoint, which gets the same key; empty: OPENAI_BASE_URL",
    )
    embedding_timeout_s: float = _setting(
        "ROTEIRO_EMBEDDING_TIMEOUT_S", 0.3, "seconds a turn waits for a vector before it goes on without"
    )
    webhook_hosts: tuple[str, ...] = _setting(
        "ROTEIRO_WEBHOOK_HOSTS",
        (),
        "comma-separated hosts that webhooks may go to, `name` or `name:port`; empty: every public name, on port 443",
    )
    hook_keys: tuple[HookKey, ...] = _setting(
        "ROTEIRO_HOOK_<NAME>",
        (),
        "secret that signs webhooks whose script says `secret_ref: <NAME>`: `whsec_` and 24 to 64 bytes in base64; "
        "two, comma-separated, while it is changed",
    )
    public_url: str = _setting(
        "ROTEIRO_PUBLIC_URL", "", "address under which customers reach us, for links; empty: as a local page called us"
    )
    files: str = _setting(
        "ROTEIRO_FILES",
        "",
        "where reports are kept: a folder (local runs), or `s3://bucket`; empty: `files` beside the SQLite database",
    )
    s3_endpoint: str = _setting(
        "ROTEIRO_S3_ENDPOINT", "", "address of another S3 than Amazon's, such as https://storage.googleapis.com"
    )
    s3_region: str = _setting("ROTEIRO_S3_REGION", "", "region of the bucket; `auto` on Google Cloud Storage")
    s3_key_id: str = _setting(
        "ROTEIRO_S3_KEY_ID", "", "id of the key to the bucket; empty: what boto3 finds, such as the machine's role"
    )
    s3_secret: Secret = _setting("ROTEIRO_S3_SECRET", Secret(), "secret of that key")
    match_with_model: str = _setting(
        "ROTEIRO_MATCH_WITH_MODEL", "off", "whether ROTEIRO_MODEL votes when the ranking is unsure", "on", "off"
    )

    @property
    def is_local(self) -> bool:
        """Say whether this is a developer's or a single machine's run."""
        return self.env == "local"

    @property
    def backend_is_open(self) -> bool:
        """Say whether /api/v1/chat answers without a key."""
        return (self.legacy_backend or ("open" if self.is_local else "key")) == "open"

    @property
    def issuer(self) -> str:
        """Return whose people have roles here; without an issuer of its own a laptop has the development issuer."""
        return self.oidc_issuer or _DEVELOPMENT[0]

    @property
    def audience(self) -> str:
        """Return for whom the ID tokens of that issuer are signed."""
        return self.oidc_audience if self.oidc_issuer else _DEVELOPMENT[1]

    @property
    def organisation(self) -> tuple[str, str] | None:
        """Return the claim that an ID token must have besides, and its value."""
        claim, equals, value = self.oidc_organisation.partition("=")
        return (claim, value) if equals else None

    @property
    def files_folder(self) -> Path | None:
        """Return the folder of files, or None where they belong into a bucket."""
        if self.files.startswith("s3://") or not (self.is_local or self.files):
            return None
        url = self.database_url.reveal()
        database = url.removeprefix("sqlite:///")
        beside = Path(".roteiro") if database in (url, ":memory:") else Path(database).parent
        return Path(self.files or beside / "files")

    @property
    def has_model(self) -> bool:
        """Say whether a language model is configured and wanted."""
        return bool(self.model) and self.model_scope != "none"
