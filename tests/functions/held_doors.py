"""Every route that takes a session's id, and how it is called."""

from typing import Any, NamedTuple

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.issuer import Header


class HeldDoor(NamedTuple):
    """A route; `{id}` stands for the session where the path names it, else the body or the query does."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    is_family_a: bool = False
    begins_anew: bool = False  # where the session expired

    def knock(self, client: FlaskClient, session: str, headers: Header | None = None) -> TestResponse:
        body = None if self.body is None else {**self.body, "session_id": session}
        path = self.path.replace("{id}", session)
        answer = client.open(path, method=self.method, json=body, headers=headers)
        client.delete_cookie("roteiro")
        return answer

    @property
    def refused(self) -> int:
        return 400 if self.is_family_a else 404


CHAT = "/api/v1/chat"
SAYING = {"message": "oi"}
HELD_DOORS = [
    HeldDoor("POST", "/chat", SAYING, is_family_a=True),
    HeldDoor("POST", "/chat_ai", SAYING, is_family_a=True),
    HeldDoor("POST", f"{CHAT}/message", SAYING, begins_anew=True),
    HeldDoor("POST", f"{CHAT}/stream", SAYING, begins_anew=True),
    HeldDoor("POST", f"{CHAT}/handoff", {}, begins_anew=True),
    HeldDoor("POST", f"{CHAT}/rating", {"solved": True}),
    HeldDoor("GET", f"{CHAT}/events?session_id={{id}}"),
    HeldDoor("GET", f"{CHAT}/transcript/{{id}}"),
    HeldDoor("GET", f"{CHAT}/history/{{id}}"),
    HeldDoor("GET", f"{CHAT}/history/{{id}}/paginated"),
    HeldDoor("GET", f"{CHAT}/sessions/{{id}}"),
    HeldDoor("DELETE", f"{CHAT}/history/{{id}}"),
    HeldDoor("DELETE", f"{CHAT}/sessions/{{id}}"),
    HeldDoor("POST", f"{CHAT}/erase", {}),
]
MAKING = [door for door in HELD_DOORS if door.path in (f"{CHAT}/message", f"{CHAT}/stream")]  # take an id of a client's
each_door = [f"{door.method} {door.path}" for door in HELD_DOORS]
