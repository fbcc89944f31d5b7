"""Picks the function that FUNCTION_TARGET names and imports only that one; `app` is all three, for one machine."""

import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent
# At the front: functions-framework only appends, and an installed package named `functions` would win.
sys.path[:0] = [path for path in (str(_ROOT), str(_ROOT / "shared")) if path not in sys.path]


def __getattr__(name: str) -> Any:
    """Return the function of that name; the framework asks for the target like this."""
    if name == "app":
        return _all_in_one()
    if name == "chat":
        from functions.chat.main import chat

        return chat
    if name == "match":
        from functions.match.main import match

        return match
    if name == "scripts":
        from functions.scripts.main import scripts

        return scripts
    raise AttributeError(f"there is no function {name!r}: use chat, match, scripts or app")


def _all_in_one() -> Any:
    from functions.chat.main import ROUTES as CHAT
    from functions.match.main import ROUTES as MATCH
    from functions.scripts.main import ROUTES as SCRIPTS
    from roteiro.wiring import serve

    return serve("app", list({(route.method, route.path): route for route in (*CHAT, *MATCH, *SCRIPTS)}.values()))
