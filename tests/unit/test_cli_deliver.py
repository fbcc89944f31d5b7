from pathlib import Path

import pytest

from roteiro.cli import main
from roteiro.domain.conversation import Outgoing
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.outbox import announce, delivery_id
from tests.factories import an_event
from tests.harness import TestClock
from tests.receiver import SECRET, receiving


def test_deliver_sends_everything_that_is_due_and_says_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROTEIRO_DATABASE_URL", f"sqlite:///{tmp_path}/roteiro.db")
    monkeypatch.setenv("ROTEIRO_HOOK_CRM", SECRET)
    store = SqliteStore(f"{tmp_path}/roteiro.db")
    with receiving(200, 404, 500) as receiver:
        hook = {"url": f"http://127.0.0.1:{receiver.port}/", "secret_ref": "CRM"}
        event = an_event(outbox=(Outgoing("script.completed", hook, {}),) * 3)
        announce(event, store, TestClock())
        store.append(event)
        store.close()

        assert main(["deliver"]) == 0
        assert main(["deliver"]) == 0

    ids = [delivery_id(event, n) for n in range(3)]
    assert capsys.readouterr().out.splitlines() == [f"{ids[0]} sent 200", f"{ids[1]} dead 404", f"{ids[2]} later 500"]
