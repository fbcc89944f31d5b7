"""No model at all: the script's own words."""

from roteiro.models.scripted import ScriptedModel
from roteiro.ports import Model, Wording
from roteiro.prompting.prompt import Prompt


def test_it_says_what_the_script_says_and_costs_nothing() -> None:
    model: Model = ScriptedModel()

    assert model.answer(Prompt((("user", "oi"),), "O que houve?")) == Wording("O que houve?", "", 0, 0)
    assert (model.is_remote, model.is_resting) == (False, False)
