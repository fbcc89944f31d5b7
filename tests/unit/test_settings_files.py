"""Settings of files and links: where they go, and what stops the start."""

from pathlib import Path

import pytest

from roteiro.errors import InvalidSetting
from roteiro.settings import read_settings

DEPLOYED = {
    "ROTEIRO_ENV": "production",
    "ROTEIRO_DATABASE_URL": "mongodb://db.example/roteiro",
    "ROTEIRO_TOKEN_KEYS": "k" * 32,
    "ROTEIRO_ORIGINS": "https://seguros.example",
    "ROTEIRO_OIDC_ISSUER": "https://id.example",
    "ROTEIRO_OIDC_AUDIENCE": "roteiro",
    "ROTEIRO_OIDC_JWKS_URL": "https://id.example/keys",
}


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ({}, ".roteiro/files"),
        ({"ROTEIRO_DATABASE_URL": "sqlite:////var/lib/roteiro.db"}, "/var/lib/files"),
        ({"ROTEIRO_DATABASE_URL": "sqlite:///data/loja"}, "data/files"),
        ({"ROTEIRO_DATABASE_URL": "sqlite:///:memory:"}, ".roteiro/files"),
        ({"ROTEIRO_DATABASE_URL": "mongodb://127.0.0.1/roteiro"}, ".roteiro/files"),
        ({"ROTEIRO_FILES": "/srv/relatorios"}, "/srv/relatorios"),
    ],
)
def test_a_laptop_keeps_files_beside_its_database_or_where_it_is_told(given: dict[str, str], folder: str) -> None:
    assert read_settings(given).files_folder == Path(folder)


@pytest.mark.parametrize("given", [DEPLOYED, {"ROTEIRO_FILES": "s3://balde"}, DEPLOYED | {"ROTEIRO_FILES": "s3://b-1"}])
def test_a_bucket_and_a_deployed_function_have_no_folder(given: dict[str, str]) -> None:
    assert read_settings(given).files_folder is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"ROTEIRO_PUBLIC_URL": "seguros.example"}, "ROTEIRO_PUBLIC_URL"),
        ({"ROTEIRO_PUBLIC_URL": "javascript://seguros.example"}, "ROTEIRO_PUBLIC_URL"),
        ({"ROTEIRO_PUBLIC_URL": "https://seguros.example/?a=b"}, "ROTEIRO_PUBLIC_URL"),
        ({"ROTEIRO_PUBLIC_URL": "https://ana@seguros.example"}, "ROTEIRO_PUBLIC_URL"),
        ({"ROTEIRO_S3_ENDPOINT": "storage"}, "ROTEIRO_S3_ENDPOINT"),
        ({"ROTEIRO_S3_KEY_ID": "id"}, "ROTEIRO_S3_SECRET"),
        ({"ROTEIRO_S3_SECRET": "a-secret"}, "ROTEIRO_S3_KEY_ID"),
        (DEPLOYED | {"ROTEIRO_FILES": "/tmp/files"}, "ROTEIRO_FILES"),  # noqa: S108 - a folder that is refused
    ],
)
def test_what_cannot_work_stops_the_start_by_its_name(given: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidSetting, match=named) as refused:
        read_settings(given)

    assert "a-secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["https://seguros.example", "https://seguros.example/", "http://127.0.0.1:8080"])
def test_an_address_is_taken(url: str) -> None:
    assert read_settings({"ROTEIRO_PUBLIC_URL": url}).public_url == url


def test_the_secret_of_the_bucket_is_never_shown() -> None:
    settings = read_settings({"ROTEIRO_S3_KEY_ID": "id", "ROTEIRO_S3_SECRET": "a-secret"})

    assert "a-secret" not in repr(settings)
