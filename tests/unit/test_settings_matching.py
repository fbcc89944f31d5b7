"""Settings of the later tiers of matching: off by default, refused when they contradict each other."""

import pytest

from roteiro.errors import InvalidSetting
from roteiro.settings import read_settings
from roteiro.usecases.published import PublishedCatalogue
from roteiro.wiring import open_house


def test_no_later_tier_is_on_by_default() -> None:
    settings = read_settings({})

    assert (settings.embedding_model, settings.match_with_model) == ("", "off")
    assert settings.embedding_timeout_s == 0.3


@pytest.mark.parametrize(
    "given", [{}, {"ROTEIRO_MODEL": "m"}, {"ROTEIRO_EMBEDDING_MODEL": "e", "ROTEIRO_MODEL_SCOPE": "none"}]
)
def test_a_house_without_the_settings_asks_nobody_about_a_match(given: dict[str, str]) -> None:
    house = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": "sqlite:///:memory:"} | given))

    assert (house.embedder, house.voter) == (None, None)
    assert type(house.catalogue("seguros")) is PublishedCatalogue


def test_both_tiers_are_there_when_asked_for_and_votes_can_be_left_out() -> None:
    given = {"ROTEIRO_MODEL": "m", "ROTEIRO_MATCH_WITH_MODEL": "on", "ROTEIRO_EMBEDDING_MODEL": "e"}
    house = open_house("tests", read_settings({"ROTEIRO_DATABASE_URL": "sqlite:///:memory:"} | given))

    assert house.voter is not None
    assert house.embedder is not None
    assert house.embedder.name == "e"
    assert not vars(house.catalogue("seguros", may_vote=False))["_voter"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"ROTEIRO_MATCH_WITH_MODEL": "on"}, "without a model"),
        ({"ROTEIRO_MATCH_WITH_MODEL": "yes"}, "on, off"),
        ({"ROTEIRO_EMBEDDING_TIMEOUT_S": "0"}, "ROTEIRO_EMBEDDING_TIMEOUT_S is 0"),
        ({"ROTEIRO_EMBEDDING_MODEL": "m", "ROTEIRO_ENV": "production"}, "beside ROTEIRO_EMBEDDING_MODEL"),
    ],
)
def test_a_contradiction_is_refused_with_its_remedy(given: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidSetting, match=named):
        read_settings(given)
