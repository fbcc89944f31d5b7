"""Whatever a model does wrong, every customer gets the script's answer in time, after one call, and nothing leaks."""

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import openai
import pytest
from flask.testing import FlaskClient

from roteiro.errors import ModelUnavailable
from roteiro.models.chat import OpenAIModel
from roteiro.models.openai import Endpoint  # imported early: the vendor's client takes a second, more than a deadline
from roteiro.prompting.prompt import Prompt
from tests.harness import Customer
from tests.model_server import ModelServer, running_model
from tests.server import free_port

# reliability.md F1, in its order; `garbage` is bad JSON, `unfinished` a stream that ends without a reason
FAULTS = (
    "refused error throttled hang drip drip_stream garbage html empty cut unfinished oversize tool"  # thirteen
).split()
TURNS = int(os.environ.get("ROTEIRO_TEST_FAULT_TURNS", "2"))  # 20 in the full run, with the real deadline
DEADLINE_S = 6.0 if TURNS > 2 else 1.0
ROOM_S = 1.0  # between the model's deadline and the answer
KEY = "sk-a-key-that-nobody-may-see"
QUESTION = "Cobre enchente? Meu CPF é 529.982.247-25 e a senha é tag-{:03}-tag"
WHAT_LEAKS = re.compile(rf"529.?982|52998224725|{KEY}")


class Answered(NamedTuple):
    status: int
    is_degraded: bool
    answer: str
    seconds: float


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with running_model() as server:
        yield server


@pytest.fixture
def ready(serve: Callable[..., FlaskClient]) -> Callable[[str], Customer]:
    """A customer in the first step of the home insurance script, in a house of their own: no breaker is shared."""

    def open_one(url: str) -> Customer:
        settings = {"OPENAI_BASE_URL": url, "ROTEIRO_MODEL": "tiny", "OPENAI_API_KEY": KEY} if url else {}
        customer = Customer(serve(ROTEIRO_MODEL_TIMEOUT_S=str(DEADLINE_S), **settings))
        customer.open("Zuleica")
        customer.say("Quero um seguro pra minha casa")
        return customer

    return open_one


def ask(customer: Customer, number: int) -> Answered:
    began = time.monotonic()
    said = customer.ask(QUESTION.format(number))
    return Answered(said.status_code, "Roteiro-Degraded" in said.headers, said.json["answer"], time.monotonic() - began)


def tags(journal: list[dict[str, Any]]) -> list[list[str]]:
    return [re.findall(r"tag-(\d{3})-tag", json.dumps(body)) for body in journal]


def test_there_are_thirteen_faults() -> None:
    assert len(set(FAULTS)) == 13


@pytest.mark.parametrize("fault", FAULTS)
def test_every_customer_gets_the_scripts_answer_in_time_after_one_call(
    fault: str, model: ModelServer, ready: Callable[[str], Customer], capsys: pytest.CaptureFixture[str]
) -> None:
    model.mode = fault
    url = f"http://127.0.0.1:{free_port()}/v1" if fault == "refused" else model.url
    scripted = ask(ready(""), 0)
    customers = [ready(url) for _ in range(TURNS)]

    with ThreadPoolExecutor(TURNS) as pool:
        answers = list(pool.map(ask, customers, range(TURNS)))

    assert len(answers) == TURNS
    assert {(one.status, one.is_degraded, one.answer) for one in answers} == {(200, True, scripted.answer)}
    assert max(one.seconds for one in answers) <= DEADLINE_S + ROOM_S
    assert sorted(tags(model.journal)) == ([] if fault == "refused" else [[f"{n:03}"] for n in range(TURNS)])
    assert not WHAT_LEAKS.search(json.dumps(model.journal))
    assert not WHAT_LEAKS.search("".join(capsys.readouterr()))


def test_what_leaks_would_be_found() -> None:
    assert all(map(WHAT_LEAKS.search, ("529.982.247-25", "529 982 247 25", "52998224725", KEY)))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_walk_is_the_same_with_a_broken_model_as_without_one(
    fault: str, model: ModelServer, ready: Callable[[str], Customer], state_of: Callable[[str], dict[str, Any]]
) -> None:
    model.mode = fault
    url = f"http://127.0.0.1:{free_port()}/v1" if fault == "refused" else model.url
    ends = []

    for customer in (ready(""), ready(url)):
        customer.say("é um apartamento de 80 m2")
        customer.ask("Cobre enchente?")
        customer.say("meu e-mail é ana@exemplo.com.br")
        state = state_of(customer.session)
        ends.append({name: state[name] for name in ("script", "step", "status", "slots", "attempts", "path")})
        model.hold.set()

    assert ends[0] == ends[1]


def test_after_five_failures_the_script_answers_at_once_and_nobody_is_called(
    model: ModelServer, ready: Callable[[str], Customer]
) -> None:
    model.mode = "error"
    customer = ready(model.url)
    for number in range(5):
        ask(customer, number)

    answers = [ask(customer, number) for number in range(5, 9)]

    assert all(one.is_degraded for one in answers)
    assert min(one.seconds for one in answers) < 0.05
    assert len(model.journal) == 5


def test_a_throttling_server_is_left_alone_as_long_as_it_asks(
    model: ModelServer, ready: Callable[[str], Customer]
) -> None:
    model.mode = "throttled"
    customer = ready(model.url)

    answers = [ask(customer, number) for number in range(3)]

    assert all(one.is_degraded for one in answers)
    assert len(model.journal) == 1


@pytest.mark.parametrize("fault", ["hang", "drip"])
def test_a_first_token_is_waited_for_no_longer_than_two_and_a_half_seconds(fault: str, model: ModelServer) -> None:
    model.mode = fault
    talker = OpenAIModel("tiny", lambda: Endpoint(model.url, ""), 6.0)
    began = time.monotonic()

    with pytest.raises(ModelUnavailable, match=r"in time|too late"):
        talker.answer(Prompt((("user", "oi"),), ""))

    assert 2.4 < time.monotonic() - began < 3.5


def test_without_the_guard_a_dripping_server_outlives_the_clients_own_time_out(model: ModelServer) -> None:
    model.mode = "drip"
    client = openai.OpenAI(api_key="none", base_url=model.url, max_retries=0, timeout=0.5)
    threading.Timer(1.5, model.hold.set).start()
    began = time.monotonic()

    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it raises, it comes late
        client.chat.completions.create(model="tiny", messages=[{"role": "user", "content": "oi"}])

    assert time.monotonic() - began > 1.0
