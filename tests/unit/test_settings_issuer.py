"""Settings of who signs ID tokens: all or none, over https, and no development issuer in production."""

import pytest

from roteiro.errors import InvalidSetting
from roteiro.settings import read_settings

ISSUER = {
    "ROTEIRO_OIDC_ISSUER": "https://login.example.com",
    "ROTEIRO_OIDC_AUDIENCE": "roteiro",
    "ROTEIRO_OIDC_JWKS_URL": "https://login.example.com/keys",
}
PRODUCTION = ISSUER | {
    "ROTEIRO_ENV": "production",
    "ROTEIRO_DATABASE_URL": "mongodb+srv://cluster.example.net/roteiro",
    "ROTEIRO_TOKEN_KEYS": "k" * 32,
    "ROTEIRO_ORIGINS": "https://www.example.com",
}


def problems_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(InvalidSetting) as refused:
        read_settings(environ)
    return str(refused.value).splitlines()


def test_an_issuer_is_read_with_its_audience_and_its_organisation() -> None:
    settings = read_settings(ISSUER | {"ROTEIRO_OIDC_ORGANISATION": "hd=example.com"})

    assert (settings.issuer, settings.audience) == ("https://login.example.com", "roteiro")
    assert settings.organisation == ("hd", "example.com")


def test_a_laptop_without_an_issuer_has_the_development_issuer() -> None:
    settings = read_settings({})

    assert (settings.issuer, settings.audience) == ("urn:roteiro:development", "roteiro")
    assert settings.organisation is None


@pytest.mark.parametrize("missing", ISSUER)
def test_an_issuer_is_set_up_whole_or_not_at_all(missing: str) -> None:
    (problem,) = problems_of({name: value for name, value in ISSUER.items() if name != missing})

    assert missing in problem
    assert "all three" in problem


@pytest.mark.parametrize(
    "url", ["http://login.example.com/keys", "login.example.com/keys", "file:///keys", "https://", "https://["]
)
def test_keys_come_over_https(url: str) -> None:
    (problem,) = problems_of(ISSUER | {"ROTEIRO_OIDC_JWKS_URL": url})

    assert problem.startswith("ROTEIRO_OIDC_JWKS_URL is no https address")


def test_a_laptop_may_ask_an_issuer_of_its_own_over_http_and_production_may_not() -> None:
    near = {"ROTEIRO_OIDC_JWKS_URL": "http://127.0.0.1:9000/keys"}

    assert read_settings(ISSUER | near).oidc_jwks_url == near["ROTEIRO_OIDC_JWKS_URL"]
    assert problems_of(PRODUCTION | near)[0].startswith("ROTEIRO_OIDC_JWKS_URL")


@pytest.mark.parametrize("organisation", ["example.com", "=example.com", "hd="])
def test_an_organisation_is_a_claim_and_its_value(organisation: str) -> None:
    (problem,) = problems_of(ISSUER | {"ROTEIRO_OIDC_ORGANISATION": organisation})

    assert problem.startswith("ROTEIRO_OIDC_ORGANISATION")


def test_production_needs_an_issuer() -> None:
    (problem,) = problems_of({name: value for name, value in PRODUCTION.items() if name not in ISSUER})

    assert problem.startswith("ROTEIRO_OIDC_ISSUER is not set")


def test_the_development_issuer_is_refused_beside_another_and_in_production() -> None:
    local = problems_of(ISSUER | {"ROTEIRO_DEVELOPMENT_KEYS": "{}"})
    deployed = problems_of(PRODUCTION | {"ROTEIRO_DEVELOPMENT_KEYS": "{}"})

    assert all(problem.startswith("ROTEIRO_DEVELOPMENT_KEYS") for problem in local + deployed)
    assert (len(local), len(deployed)) == (1, 2)
