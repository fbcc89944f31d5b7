"""The settings of what a language model may cost."""

import pytest

from roteiro.errors import InvalidSetting
from roteiro.settings import read_settings

CAPS = ("CONVERSATION", "DAY", "MONTH")


@pytest.mark.parametrize("span", CAPS)
@pytest.mark.parametrize("given", ["0", "1", "70000", "1000000000000"])
def test_a_cap_is_a_number_of_tokens_and_0_is_none(span: str, given: str) -> None:
    settings = read_settings({f"ROTEIRO_MODEL_TOKENS_PER_{span}": given})

    assert getattr(settings, f"model_tokens_per_{span.lower()}") == int(given)


def test_every_cap_has_a_default_and_the_longer_span_the_greater_one() -> None:
    settings = read_settings({})

    caps = [getattr(settings, f"model_tokens_per_{span.lower()}") for span in CAPS]
    assert 0 < caps[0] < caps[1] < caps[2]


@pytest.mark.parametrize("span", CAPS)
@pytest.mark.parametrize("given", ["-1", "many", "1.5", "1000000000001"])
def test_anything_else_is_refused_by_name(span: str, given: str) -> None:
    with pytest.raises(InvalidSetting, match=f"ROTEIRO_MODEL_TOKENS_PER_{span}"):
        read_settings({f"ROTEIRO_MODEL_TOKENS_PER_{span}": given})
