"""The only reader of the environment: one frozen object, built once at start, wrong values refused all together."""

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints
from urllib.parse import urlsplit

from roteiro.errors import InvalidSetting

__all__ = ["HookKey", "Secret", "Settings", "environment_of_server", "read_settings", "with_env_file"]

_ADMIN_KEY_LENGTH = range(24, 201)  # below 24 characters a key can be guessed; above 200 it is a pasted mistake
_LARGEST = 65_535  # the greatest port; no other number here but tokens comes near it
_MOST_TOKENS = 1_000_000_000_000  # far beyond any month; a counter of every store holds it
_LONGEST_MODEL_S = 6.0  # a turn lives 6 s, and the lease on its words 7
_TOKEN_KEY_BYTES = 32  # as long as the SHA-256 that signs with it
_DEVELOPMENT = ("urn:roteiro:development", "roteiro")  # issuer and audience of tokens that `roteiro run` signs
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOOK = "ROTEIRO_HOOK_"
_HOOK_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_HOOK_KEY_BYTES = range(24, 65)  # source: standardwebhooks.com, "between 24 bytes and 64 bytes"
_HOOK_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[1-9][0-9]{0,4})?")


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
    limit_messages_per_minute: int = _setting(
        "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE", 60, "messages per minute and address; 0: no limit, locally only"
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


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environ` (default: the process's, and `.env` beside it in local runs).

    Raises InvalidSetting with every problem in one message.
    """
    given = dict(with_env_file(os.environ) if environ is None else environ)
    if given.get("ENV") == "dev" and "K_SERVICE" not in given:  # the first seed's compose file sets it
        given.setdefault("ROTEIRO_ENV", "local")
    problems: list[str] = []
    kinds = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for one in fields(Settings):
        raw = given.get(one.metadata["name"], "").strip()
        if raw:
            values[one.name] = _convert(one.metadata, kinds[one.name], raw, problems)
    values["hook_keys"] = _hook_keys(given, problems)
    settings = Settings(**{name: value for name, value in values.items() if value is not None})
    problems += _contradictions(settings, given)
    if problems:
        raise InvalidSetting("\n".join(problems))
    return settings


def environment_of_server(settings: Settings) -> dict[str, str]:
    """Return the environment in which `roteiro run` starts the server: this one, and what was decided meanwhile."""
    decided = {
        "THREADS": str(settings.threads),
        "ROTEIRO_ADMIN_KEY": settings.admin_key.reveal(),
        "ROTEIRO_DEVELOPMENT_KEYS": settings.development_keys,
    }
    return dict(os.environ) | decided


def with_env_file(environ: Mapping[str, str], path: Path = Path(".env")) -> dict[str, str]:
    """Add the `NAME=value` lines of a local `.env` to the environment, which wins; production reads no such file."""
    given = dict(environ)
    if given.get("ROTEIRO_ENV", "local") != "local" or "K_SERVICE" in given or not path.is_file():
        return given
    for line in path.read_text("utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            given.setdefault(name.strip(), value.strip().strip("\"'"))
    return given


def _convert(metadata: Mapping[str, Any], kind: object, raw: str, problems: list[str]) -> object:
    name, choices = metadata["name"], metadata["choices"]
    if choices and raw not in choices:
        problems.append(f"{name} is {raw!r}: use one of {', '.join(c for c in choices if c)}.")
        return None
    if kind is int or kind is float:
        return _number(metadata, kind, raw, problems)
    if kind is Secret:
        return Secret(raw)
    if kind in (tuple[str, ...], tuple[Secret, ...]):
        make = Secret if kind == tuple[Secret, ...] else str
        return tuple(map(make, _parts(raw)))
    return raw


def _parts(raw: str) -> list[str]:
    """Return what stands between the commas."""
    return [part.strip() for part in raw.split(",") if part.strip()]


def _hook_keys(given: Mapping[str, str], problems: list[str]) -> tuple[HookKey, ...]:
    """Read ROTEIRO_HOOK_<NAME> for every name there is; a wrong secret is never shown."""
    found = []
    for variable in sorted(name for name in given if name.startswith(_HOOK) and given[name].strip()):
        name = variable.removeprefix(_HOOK)
        secrets = tuple(map(Secret, _parts(given[variable])))
        if not _HOOK_NAME.fullmatch(name):
            problems.append(f"{variable} has no name that a script can say: use capitals, digits and underscores.")
        elif not secrets or not all(_signs(secret.reveal()) for secret in secrets):
            problems.append(f"{variable} holds no secret: use whsec_ and the output of `openssl rand -base64 32`.")
        found.append(HookKey(name, secrets))
    return tuple(found)


def _signs(secret: str) -> bool:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return False
    return secret.startswith("whsec_") and len(key) in _HOOK_KEY_BYTES


def _number(metadata: Mapping[str, Any], kind: type, raw: str, problems: list[str]) -> object:
    name, largest = metadata["name"], metadata["largest"]
    try:
        value = kind(raw)
    except ValueError:
        problems.append(f"{name} is {raw!r}: use a number.")
        return None
    if not 0 <= value <= largest:
        problems.append(f"{name} is {raw}: use a number from 0 to {largest}.")
        return None
    return value


def _contradictions(settings: Settings, given: Mapping[str, str]) -> list[str]:
    problems = _bad_secrets(settings)
    if "K_SERVICE" in given and not given.get("ROTEIRO_ENV", "").strip():
        problems.append("ROTEIRO_ENV is not set on a deployed function: set it to production.")
    if not settings.database_url.reveal().startswith(("sqlite:///", "mongodb://", "mongodb+srv://")):
        problems.append(
            "ROTEIRO_DATABASE_URL names no database that we know: use sqlite:///path, mongodb://… or mongodb+srv://…."
        )
    problems += _bad_files(settings) + _bad_models(settings) + _bad_issuer(settings)
    problems += [
        f"ROTEIRO_WEBHOOK_HOSTS holds {host!r}: use names such as crm.example.com or crm.example.com:8443."
        for host in settings.webhook_hosts
        if not _HOOK_HOST.fullmatch(host)
    ]
    if not settings.threads:
        problems.append("THREADS is 0: use at least 1.")
    return problems + ([] if settings.is_local else _production(settings))


def _bad_files(settings: Settings) -> list[str]:
    is_bucket, is_deployed = settings.files.startswith("s3://"), not settings.is_local
    wrong = (
        (
            not _is_address(settings.public_url),
            "ROTEIRO_PUBLIC_URL is no address: use https:// and the name under which customers reach you.",
        ),
        (
            not _is_address(settings.s3_endpoint),
            "ROTEIRO_S3_ENDPOINT is no address: use one such as https://storage.googleapis.com, or leave it empty.",
        ),
        (
            bool(settings.s3_key_id) != bool(settings.s3_secret),
            "ROTEIRO_S3_KEY_ID and ROTEIRO_S3_SECRET belong together: set both, or none.",
        ),
        (
            is_deployed and settings.files and not is_bucket,
            "ROTEIRO_FILES is a folder: production forgets folders; use s3://bucket.",
        ),
    )
    return [problem for is_wrong, problem in wrong if is_wrong]


def _is_address(given: str) -> bool:
    """Say whether a text is empty, or the address of a host and nothing else."""
    return not given or re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/?", given) is not None


def _bad_models(settings: Settings) -> list[str]:
    problems = []
    if not 0 < settings.model_timeout_s <= _LONGEST_MODEL_S:
        problems.append("ROTEIRO_MODEL_TIMEOUT_S is out of range: use a number of seconds above 0 and up to 6.")
    if settings.embedding_timeout_s <= 0:
        problems.append("ROTEIRO_EMBEDDING_TIMEOUT_S is 0: use a number of seconds above 0, such as 0.3.")
    if settings.match_with_model == "on" and not settings.has_model:
        problems.append("ROTEIRO_MATCH_WITH_MODEL is on without a model: set ROTEIRO_MODEL, or turn it off.")
    return problems


def _bad_issuer(settings: Settings) -> list[str]:
    together = (settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks_url)
    wrong = (
        (
            any(together) and not all(together),
            "ROTEIRO_OIDC_ISSUER, ROTEIRO_OIDC_AUDIENCE, ROTEIRO_OIDC_JWKS_URL belong together: set all three or none.",
        ),
        (
            settings.oidc_jwks_url and not _is_safe_url(settings.oidc_jwks_url, is_local=settings.is_local),
            "ROTEIRO_OIDC_JWKS_URL is no https address: use the issuer's jwks_uri, https://….",
        ),
        (
            settings.oidc_organisation and not all(settings.organisation or ("",)),
            "ROTEIRO_OIDC_ORGANISATION has no claim and value: use claim=value, such as hd=example.com.",
        ),
        (
            settings.development_keys and settings.oidc_issuer,
            "ROTEIRO_DEVELOPMENT_KEYS is set beside ROTEIRO_OIDC_ISSUER: use one issuer.",
        ),
    )
    return [problem for is_wrong, problem in wrong if is_wrong]


def _is_safe_url(url: str, *, is_local: bool) -> bool:
    """Say whether what comes from there cannot be changed on its way: https, or locally this very machine."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "https://["
        return False
    is_near = is_local and parts.scheme == "http" and parts.hostname in _LOOPBACK
    return is_near or (parts.scheme == "https" and bool(parts.hostname))


def _bad_secrets(settings: Settings) -> list[str]:
    """List secrets that are too weak or cannot be sent; none of them is ever shown."""
    problems = []
    admin_key = settings.admin_key.reveal()
    if admin_key and len(admin_key) not in _ADMIN_KEY_LENGTH:
        problems.append(f"ROTEIRO_ADMIN_KEY has {len(admin_key)} characters: use 24 to 200.")
    if not (admin_key.isascii() and admin_key.isprintable()):
        problems.append("ROTEIRO_ADMIN_KEY holds characters that a header cannot carry: use printable ASCII.")
    if any(len(key.reveal().encode()) < _TOKEN_KEY_BYTES for key in settings.token_keys):
        problems.append("ROTEIRO_TOKEN_KEYS holds a key under 32 bytes: make each with `openssl rand -hex 32`.")
    return problems


def _production(settings: Settings) -> list[str]:
    """List what a laptop may do and a deployed function may not."""
    named_model = "ROTEIRO_MODEL" if settings.model else "ROTEIRO_EMBEDDING_MODEL" if settings.embedding_model else ""
    wrong = (
        (
            settings.database_url.reveal().startswith("sqlite:"),
            "ROTEIRO_DATABASE_URL names SQLite: production needs MongoDB (mongodb+srv://…).",
        ),
        (not settings.oidc_issuer, "ROTEIRO_OIDC_ISSUER is not set: name who signs the ID tokens of your staff."),
        (settings.development_keys, "ROTEIRO_DEVELOPMENT_KEYS is set: that is for local runs; take it out."),
        (not settings.token_keys, "ROTEIRO_TOKEN_KEYS is not set: make one with `openssl rand -hex 32`."),
        (
            not settings.origins or "*" in settings.origins,
            "ROTEIRO_ORIGINS is empty or *: name the exact origins of your pages.",
        ),
        (settings.legacy_backend == "open", "ROTEIRO_LEGACY_BACKEND is open: that is for local runs; use key."),
        (
            named_model and not settings.model_scope,
            f"ROTEIRO_MODEL_SCOPE is not set beside {named_model}: use none, local or external.",
        ),
    )
    problems = [problem for is_wrong, problem in wrong if is_wrong]
    limits = (one for one in fields(settings) if one.name.startswith("limit_"))
    problems += [f"{one.metadata['name']} is 0: set a limit." for one in limits if not getattr(settings, one.name)]
    return problems
