"""Settings that are each of their kind and yet wrong: out of range, against one another, or unfit for production."""

import re
from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import urlsplit

from roteiro.settings.table import Settings

__all__ = ["contradictions"]

_ADMIN_KEY_LENGTH = range(24, 201)  # below 24 characters a key can be guessed; above 200 it is a pasted mistake
_LONGEST_MODEL_S = 6.0  # a turn lives 6 s, and the lease on its words 7
_TOKEN_KEY_BYTES = 32  # as long as the SHA-256 that signs with it
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOOK_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[1-9][0-9]{0,4})?")


def contradictions(settings: Settings, given: Mapping[str, str]) -> list[str]:
    """Return a sentence for everything wrong in the settings; none of them shows a secret."""
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
