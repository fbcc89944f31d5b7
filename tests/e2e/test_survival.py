"""Nothing said is lost: killed between any two turns, on either database, the conversation goes on."""

import signal
from pathlib import Path

import pytest

from tests.contract.lookalike import running_lookalike
from tests.server import Server

WALK = ["Bati o carro ontem na BR-101", "ok", "certo", "Sim, BO 1234/2023", "pronto", "ok", "de manhã"]


def test_a_server_killed_between_any_two_turns_loses_nothing(folder: Path) -> None:
    with Server(f"sqlite:///{folder / 'roteiro.db'}", folder) as server:
        server.open()
        steps, final = [], []
        for message in WALK:
            server.stop(signal.SIGKILL)
            server.start()
            said = server.say(message)
            steps.append(said.headers["Roteiro-Step"])
            final.append(said.body["is_final_step"])

    assert steps == list("1234567")
    assert final == ["False"] * 6 + ["True"]


def test_a_message_repeated_after_a_kill_is_answered_once(folder: Path) -> None:
    with Server(f"sqlite:///{folder / 'roteiro.db'}", folder) as server:
        server.open()
        first = server.say(WALK[0], client_message_id="m1")
        server.stop(signal.SIGKILL)
        server.start()
        again = server.say(WALK[0], client_message_id="m1")
        following = server.say("ok", client_message_id="m2")

    assert again.body == first.body
    assert again.headers["Roteiro-Replayed"] == "1"
    assert following.headers["Roteiro-Step"] == "2"


def test_the_same_walk_works_over_the_mongodb_wire_protocol(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        running_lookalike(tmp_path_factory.mktemp("wire")) as address,
        Server(f"{address}/roteiro", folder) as server,
    ):
        server.open()
        answers = [server.say(message) for message in WALK[:4]]
        server.stop(signal.SIGKILL)
        server.start()
        answers += [server.say(message) for message in [*WALK[4:], "e agora?"]]

    assert [said.headers["Roteiro-Step"] for said in answers] == [*"1234567", "7"]
    assert [said.body["is_final_step"] for said in answers] == ["False"] * 6 + ["True", "True"]
