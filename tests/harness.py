"""Who the tests play: a customer of the first seed's front, an admin, and a clock that they move themselves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ROOT = Path(__file__).resolve().parents[1]
ADMIN_KEY = "an-admin-key-of-the-tests-only"
STAFF = {"Authorization": f"Bearer {ADMIN_KEY}"}


class TestClock:
    """A clock that stands still until somebody moves it; sleeping moves it."""

    __test__ = False
    time = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return type(self).time

    def sleep(self, seconds: float) -> None:
        type(self).time += timedelta(seconds=seconds)


class Customer:
    """A customer of the first seed's front, who keeps the cookie."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.session = ""
        self.token = ""

    def open(self, name: str = "Ana", **headers: str) -> TestResponse:
        answer = self.client.post("/initial-message", json={"message": name}, headers=headers)
        if answer.status_code == 200:
            self.session, self.token = answer.json["Session"], answer.headers["Roteiro-Token"]
        return answer

    def say(self, message: Any, path: str = "/chat", **more: Any) -> TestResponse:
        return self.client.post(path, json={"message": message, **more})

    def ask(self, message: str, **more: Any) -> TestResponse:
        return self.say(message, "/chat_ai", **more)
