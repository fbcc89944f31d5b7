"""What a documented refusal looks like, and every route that takes a body."""

from typing import Any, NamedTuple

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import a_document
from tests.harness import ADMIN_KEY

KEYS = {"status", "code", "message", "detail", "request_id"}


class Door(NamedTuple):
    """A route with a body: how it is called, what it takes, and whether all its refusals are 400."""

    method: str
    path: str
    body: Any
    is_family_a: bool = False

    def knock(
        self, client: FlaskClient, data: Any, content_type: str = "application/json", **more: Any
    ) -> TestResponse:
        return client.open(
            self.path,
            method=self.method,
            data=data,
            content_type=content_type,
            headers={"X-API-Key": ADMIN_KEY},
            **more,
        )


FRONT = [Door("POST", path, {"message": "oi"}, is_family_a=True) for path in ("/initial-message", "/chat", "/chat_ai")]
BACKEND = [Door("POST", f"/api/v1/{name}", {"user_id": "1", "message": "oi"}) for name in ("chat", "chat_ai")]
RANK = Door("POST", "/api/v1/match/rank", {"message": "oi"})
SCRIPTS = [
    Door("POST", "/api/v1/script", a_document(problem={"id": 900, "description": "Outro: nada."})),
    Door("PUT", "/api/v1/script/101", a_document()),
]
MANY = Door("POST", "/api/v1/script/insert-many", [a_document(problem={"id": 900, "description": "Outro: nada."})])
DOORS = [*FRONT, *BACKEND, RANK, *SCRIPTS, MANY]
SPEAKING = [*FRONT, *BACKEND, RANK]


def assert_refused(answer: TestResponse, status: int, code: str, case: str = "") -> None:
    """Look at everything that a refusal promises."""
    assert answer.is_json, (case, answer.text)
    assert (answer.status_code, answer.json["code"]) == (status, code), (case, answer.text)
    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.json.keys() - {"fields", "retry_after", "current", "report"} == KEYS
    assert answer.json["status"] == "Error"
    assert answer.json["message"] == answer.json["detail"] != ""
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
