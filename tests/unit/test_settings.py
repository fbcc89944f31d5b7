from dataclasses import fields
from pathlib import Path

import pytest

from roteiro.errors import InvalidSetting
from roteiro.settings import Secret, Settings, environment_of_server, read_settings, with_env_file

KEY = "k" * 32
PASSWORD = "pw-9f3a1c77"
PRODUCTION = {
    "ROTEIRO_ENV": "production",
    "ROTEIRO_DATABASE_URL": f"mongodb+srv://roteiro:{PASSWORD}@cluster.example.net/roteiro",
    "ROTEIRO_TOKEN_KEYS": KEY,
    "ROTEIRO_ORIGINS": "https://www.example.com",
    "ROTEIRO_OIDC_ISSUER": "https://login.example.com",
    "ROTEIRO_OIDC_AUDIENCE": "roteiro",
    "ROTEIRO_OIDC_JWKS_URL": "https://login.example.com/keys",
}


def problems_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(InvalidSetting) as refused:
        read_settings(environ)
    return str(refused.value).splitlines()


def test_nothing_set_up_is_a_whole_local_run() -> None:
    settings = read_settings({})

    assert settings == Settings()
    assert settings.is_local
    assert settings.backend_is_open
    assert not settings.has_model
    assert settings.database_url.reveal() == "sqlite:///.roteiro/roteiro.db"


def test_a_production_run_needs_these_settings_and_no_more() -> None:
    settings = read_settings(PRODUCTION)

    assert not settings.is_local
    assert not settings.backend_is_open


@pytest.mark.parametrize(
    ("name", "raw", "field", "value"),
    [
        ("PORT", "9000", "port", 9000),
        ("THREADS", "1", "threads", 1),
        ("HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104 - a value to read, nothing listens
        ("ROTEIRO_MODEL_TIMEOUT_S", "2.5", "model_timeout_s", 2.5),
        ("ROTEIRO_ORIGINS", "https://a.com, https://b.com,", "origins", ("https://a.com", "https://b.com")),
        ("ROTEIRO_ORIGINS", " , ", "origins", ()),
        ("ROTEIRO_TOKEN_KEYS", f"{KEY},{KEY}2", "token_keys", (Secret(KEY), Secret(f"{KEY}2"))),
        ("ROTEIRO_LIMIT_READS_PER_MINUTE", "0", "limit_reads_per_minute", 0),
        ("ROTEIRO_RATE_LIMIT", "instance", "rate_limit", "instance"),
        ("ROTEIRO_RATE_LIMIT", "", "rate_limit", "exact"),
        ("ROTEIRO_CHAT_AI_ANSWER", " object ", "chat_ai_answer", "object"),
        ("ROTEIRO_PACK_FRONT", "", "pack_front", "seguros"),
        ("PORT", "  ", "port", 8080),
        ("PORT", "65535", "port", 65535),
        ("ROTEIRO_MODEL_TIMEOUT_S", "0.5", "model_timeout_s", 0.5),
        ("THREADS", "", "threads", 40),
        ("ROTEIRO_TRUSTED_HOPS", "", "trusted_hops", 0),
        ("ROTEIRO_LIMIT_MESSAGES_PER_MINUTE", "", "limit_messages_per_minute", 60),
        ("ROTEIRO_LIMIT_READS_PER_MINUTE", "", "limit_reads_per_minute", 300),
        ("ROTEIRO_LIMIT_SESSIONS_PER_MINUTE", "", "limit_sessions_per_minute", 30),
        ("ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE", "", "limit_lookups_per_minute", 20),
        ("ROTEIRO_ADMIN_KEY", "a" * 24, "admin_key", Secret("a" * 24)),
        ("ROTEIRO_ADMIN_KEY", "a" * 200, "admin_key", Secret("a" * 200)),
        ("ROTEIRO_DATABASE_URL", "sqlite:///:memory:", "database_url", Secret("sqlite:///:memory:")),
        ("ROTEIRO_DATABASE_URL", "mongodb://h/db", "database_url", Secret("mongodb://h/db")),
    ],
)
def test_a_setting_is_read_as_its_own_type(name: str, raw: str, field: str, value: object) -> None:
    assert getattr(read_settings({name: raw}), field) == value


@pytest.mark.parametrize(
    ("name", "raw", "remedy"),
    [
        ("ROTEIRO_ENV", "staging", "local, production"),
        ("PORT", "abc", "use a number"),
        ("PORT", "-1", "0 to 65535"),
        ("PORT", "65536", "0 to 65535"),
        ("THREADS", "1.5", "use a number"),
        ("THREADS", "0", "at least 1"),
        ("ROTEIRO_MODEL_TIMEOUT_S", "0", "above 0"),
        ("ROTEIRO_MODEL_TIMEOUT_S", "inf", "0 to 65535"),
        ("ROTEIRO_MODEL_TIMEOUT_S", "nan", "0 to 65535"),
        ("ROTEIRO_TRUSTED_HOPS", "one", "use a number"),
        ("ROTEIRO_LIMIT_MESSAGES_PER_MINUTE", "-5", "0 to 65535"),
        ("ROTEIRO_RATE_LIMIT", "off", "exact, instance"),
        ("ROTEIRO_CHAT_AI_ANSWER", "json", "text, object"),
        ("ROTEIRO_LEGACY_BACKEND", "closed", "key, open"),
        ("ROTEIRO_MODEL_SCOPE", "cloud", "none, local, external"),
        ("ROTEIRO_ADMIN_KEY", "a" * 23, "24 to 200"),
        ("ROTEIRO_ADMIN_KEY", "a" * 201, "24 to 200"),
        ("ROTEIRO_ADMIN_KEY", "ã" * 30, "printable ASCII"),
        ("ROTEIRO_ADMIN_KEY", "a" * 15 + "\t" + "a" * 15, "printable ASCII"),
        ("ROTEIRO_TOKEN_KEYS", "k" * 31, "openssl rand -hex 32"),
        ("ROTEIRO_TOKEN_KEYS", f"{KEY},short", "openssl rand -hex 32"),
        ("ROTEIRO_DATABASE_URL", "postgres://h/db", "sqlite:///path"),
        ("ROTEIRO_DATABASE_URL", "sqlite://path", "sqlite:///path"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_its_name_and_its_remedy(name: str, raw: str, remedy: str) -> None:
    (problem,) = problems_of({name: raw})

    assert problem.startswith(name)
    assert remedy in problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"ROTEIRO_DATABASE_URL": ""}, "ROTEIRO_DATABASE_URL"),
        ({"ROTEIRO_DATABASE_URL": "sqlite:////tmp/x.db"}, "ROTEIRO_DATABASE_URL"),
        ({"ROTEIRO_TOKEN_KEYS": ""}, "ROTEIRO_TOKEN_KEYS"),
        ({"ROTEIRO_ORIGINS": ""}, "ROTEIRO_ORIGINS"),
        ({"ROTEIRO_ORIGINS": "*"}, "ROTEIRO_ORIGINS"),
        ({"ROTEIRO_ORIGINS": "https://a.com,*"}, "ROTEIRO_ORIGINS"),
        ({"ROTEIRO_LEGACY_BACKEND": "open"}, "ROTEIRO_LEGACY_BACKEND"),
        ({"ROTEIRO_MODEL": "a-model"}, "ROTEIRO_MODEL_SCOPE"),
        ({"ROTEIRO_LIMIT_MESSAGES_PER_MINUTE": "0"}, "ROTEIRO_LIMIT_MESSAGES_PER_MINUTE"),
        ({"ROTEIRO_LIMIT_READS_PER_MINUTE": "0"}, "ROTEIRO_LIMIT_READS_PER_MINUTE"),
        ({"ROTEIRO_LIMIT_SESSIONS_PER_MINUTE": "0"}, "ROTEIRO_LIMIT_SESSIONS_PER_MINUTE"),
        ({"ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE": "0"}, "ROTEIRO_LIMIT_LOOKUPS_PER_MINUTE"),
    ],
)
def test_production_refuses_what_a_laptop_may_do(change: dict[str, str], names: str) -> None:
    (problem,) = problems_of(PRODUCTION | change)

    assert problem.startswith(names)


def test_all_problems_are_told_together() -> None:
    problems = problems_of({"ROTEIRO_ENV": "production", "PORT": "abc", "THREADS": "0", "ROTEIRO_LEGACY_BACKEND": "x"})

    named = {problem.split()[0] for problem in problems}
    assert {"PORT", "THREADS", "ROTEIRO_LEGACY_BACKEND", "ROTEIRO_TOKEN_KEYS", "ROTEIRO_ORIGINS"} <= named
    assert len(problems) == len(set(problems))


@pytest.mark.parametrize(
    "environ",
    [
        {"ROTEIRO_ADMIN_KEY": PASSWORD},
        {"ROTEIRO_DATABASE_URL": PASSWORD},
        {"ROTEIRO_TOKEN_KEYS": PASSWORD},
        {"ROTEIRO_DATABASE_URL": f"mysql://u:{PASSWORD}@h/db"},
        PRODUCTION | {"ROTEIRO_ORIGINS": ""},
        {"OPENAI_API_KEY": PASSWORD, "PORT": "abc"},
    ],
)
def test_a_problem_never_shows_a_secret(environ: dict[str, str]) -> None:
    assert PASSWORD not in "\n".join(problems_of(environ))


def test_settings_that_hold_secrets_can_be_printed() -> None:
    shown = repr(read_settings(PRODUCTION | {"ROTEIRO_ADMIN_KEY": f"{PASSWORD}-{KEY}", "OPENAI_API_KEY": PASSWORD}))

    assert PASSWORD not in shown
    assert KEY not in shown
    assert "***" in shown


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret(PASSWORD)

    assert (str(secret), repr(secret), f"{secret}", secret.reveal()) == ("***", "***", "***", PASSWORD)
    assert secret
    assert not Secret()


@pytest.mark.parametrize("said", [{}, {"ROTEIRO_ENV": " "}, {"ENV": "dev"}])
def test_a_deployed_function_that_does_not_say_where_it_runs_is_refused(said: dict[str, str]) -> None:
    (problem,) = problems_of({"K_SERVICE": "chat"} | said)

    assert problem.startswith("ROTEIRO_ENV is not set")


def test_a_deployed_function_that_says_production_starts() -> None:
    assert not read_settings(PRODUCTION | {"K_SERVICE": "chat"}).is_local


def test_the_seeds_env_dev_is_a_local_run_unless_production_is_named() -> None:
    assert read_settings({"ENV": "dev"}).is_local
    assert not read_settings(PRODUCTION | {"ENV": "dev"}).is_local


@pytest.mark.parametrize(
    ("environ", "is_open"),
    [
        ({}, True),
        ({"ROTEIRO_LEGACY_BACKEND": "key"}, False),
        ({"ROTEIRO_LEGACY_BACKEND": "open"}, True),
        (PRODUCTION, False),
    ],
)
def test_the_backend_is_open_locally_unless_a_key_is_wanted(environ: dict[str, str], *, is_open: bool) -> None:
    assert read_settings(environ).backend_is_open is is_open


@pytest.mark.parametrize(
    ("environ", "has_model"),
    [
        ({}, False),
        ({"ROTEIRO_MODEL": "a-model"}, True),
        ({"ROTEIRO_MODEL": "a-model", "ROTEIRO_MODEL_SCOPE": "external"}, True),
        ({"ROTEIRO_MODEL": "a-model", "ROTEIRO_MODEL_SCOPE": "none"}, False),
    ],
)
def test_a_model_is_used_when_it_is_named_and_wanted(environ: dict[str, str], *, has_model: bool) -> None:
    assert read_settings(environ).has_model is has_model


def test_every_setting_has_a_name_of_its_own_and_a_meaning() -> None:
    names = [one.metadata["name"] for one in fields(Settings)]

    assert len(names) == len(set(names))
    assert all(one.metadata["meaning"] for one in fields(Settings))
    assert all(name.startswith(("ROTEIRO_", "OPENAI_")) for name in names if name not in {"HOST", "PORT", "THREADS"})


def an_env_file(folder: Path, text: str) -> Path:
    path = folder / "settings.env"
    path.write_text(text, "utf-8")
    return path


def test_a_local_env_file_adds_what_the_environment_does_not_say(tmp_path: Path) -> None:
    path = an_env_file(
        tmp_path, "# comment\n\nPORT=9000\nTHREADS = '8'\nROTEIRO_RELEASE=\"a=b\"\nno equals sign\n#HOST=x\n"
    )

    given = with_env_file({"PORT": "9999"}, path)

    assert given == {"PORT": "9999", "THREADS": "8", "ROTEIRO_RELEASE": "a=b"}


@pytest.mark.parametrize("environ", [{"ROTEIRO_ENV": "production"}, {"K_SERVICE": "chat"}])
def test_a_deployed_function_reads_no_env_file(environ: dict[str, str], tmp_path: Path) -> None:
    path = an_env_file(tmp_path, "PORT=9000\n")

    assert with_env_file(environ, path) == environ


def test_without_an_env_file_the_environment_is_all_there_is(tmp_path: Path) -> None:
    assert with_env_file({"PORT": "1"}, tmp_path / "missing") == {"PORT": "1"}


def test_by_default_the_settings_are_the_processs_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for one in fields(Settings):
        monkeypatch.delenv(one.metadata["name"], raising=False)
    monkeypatch.delenv("K_SERVICE", raising=False)
    monkeypatch.setenv("PORT", "9123")

    assert read_settings().port == 9123


def test_the_server_starts_in_this_environment_with_what_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROTEIRO_RELEASE", "r1")

    environ = environment_of_server(Settings(threads=8, admin_key=Secret(KEY)))

    assert (environ["THREADS"], environ["ROTEIRO_ADMIN_KEY"], environ["ROTEIRO_RELEASE"]) == ("8", KEY, "r1")
