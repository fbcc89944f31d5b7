"""How the tests call the routes of a script's life."""

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import a_document
from tests.harness import STAFF

PATH = "/api/v1/script"
PUBLISHER = ("scripts:read", "scripts:write", "scripts:publish")
Headers = dict[str, str]


def a_topic(message: str = "Qual plano?", number: int = 900, **changes: object) -> dict[str, Any]:
    """Return a document of one step that says `message`, of a topic that the insurance pack does not have."""
    problem = {"id": number, "description": "Carteirinha: O cliente quer a carteirinha dele."}
    return a_document(steps=1, problem=problem, script=[{"step": 1, "message": message}], **changes)


def call(
    client: FlaskClient, method: str, path: str, body: Any = None, staff: Headers = STAFF, **headers: str
) -> TestResponse:
    """Call a route under /api/v1/script; headers are named with _ for -."""
    data = None if body is None else json.dumps(body)
    named = staff | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(f"{PATH}/{path}", method=method, data=data, content_type="application/json", headers=named)


def draft(client: FlaskClient, message: str = "Qual plano?", number: int = 900, **more: Any) -> TestResponse:
    """Save a draft over whatever is there."""
    return call(client, "PUT", f"{number}/draft", a_topic(message, number), **{"If_Match": "*", **more})


def publish(client: FlaskClient, expected: int, number: int = 900, staff: Headers = STAFF, **wish: Any) -> TestResponse:
    """Publish the draft."""
    body = {"note": "nota", "expected_version": expected, **wish}
    return call(client, "POST", f"{number}/publish", body, staff=staff)


def lives(client: FlaskClient, *messages: str) -> None:
    """Publish one version of script 900 per message."""
    for version, message in enumerate(messages):
        draft(client, message)
        assert publish(client, version).status_code == 200
