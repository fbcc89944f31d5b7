"""The same question from two customers is one call of the model, unless it is about somebody or a running script."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.harness import Customer, TestClock
from tests.model_server import ANSWER, ModelServer, running_model

QUESTION = "quero saber se meu seguro cobre alagamento"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with running_model() as server:
        yield server


@pytest.fixture
def asks(serve: Callable[..., FlaskClient], model: ModelServer) -> Callable[..., dict[str, str]]:
    """Let a new customer ask something on the side; each has a session of their own."""
    client = serve(ROTEIRO_MODEL="tiny", OPENAI_BASE_URL=model.url)

    def ask(question: str = QUESTION, name: str = "Ana") -> dict[str, str]:
        one = Customer(client)
        one.open(name)
        answer = one.ask(question)
        assert answer.status_code == 200, answer.json
        return {"session": one.session, "answer": answer.json["answer"]}

    return ask


def test_the_same_question_from_two_sessions_is_one_call(
    asks: Callable[..., dict[str, str]], model: ModelServer
) -> None:
    ana, bia = asks(), asks(f"  {QUESTION.upper()} ", "Bia")

    assert (ana["answer"], bia["answer"]) == (ANSWER, ANSWER)
    assert ana["session"] != bia["session"]
    assert len(model.journal) == 1


def test_after_five_minutes_it_is_asked_again(
    asks: Callable[..., dict[str, str]], model: ModelServer, clock: type[TestClock]
) -> None:
    asks()
    clock.time += timedelta(seconds=299)
    asks()
    clock.time += timedelta(seconds=2)
    asks()

    assert len(model.journal) == 2


@pytest.mark.parametrize("told", ["meu CPF é 529.982.247-25, ", "escreva para ana@exemplo.com.br, "])
def test_a_question_with_personal_data_is_never_kept(
    asks: Callable[..., dict[str, str]], model: ModelServer, told: str
) -> None:
    for _ in range(2):
        asks(told + QUESTION)

    assert len(model.journal) == 2


def test_a_failure_is_not_kept(asks: Callable[..., dict[str, str]], model: ModelServer) -> None:
    model.mode = "error"
    asks()
    model.mode = "answer"

    assert asks()["answer"] == ANSWER


def test_a_question_in_a_running_script_is_asked_each_time(
    serve: Callable[..., FlaskClient], model: ModelServer
) -> None:
    client = serve(ROTEIRO_MODEL="tiny", OPENAI_BASE_URL=model.url)
    for name in ("Ana", "Bia"):
        one = Customer(client)
        one.open(name)
        one.say("Quero um seguro pra minha casa")
        assert one.ask("Cobre enchente?").json == {"answer": ANSWER}

    assert len(model.journal) == 2
