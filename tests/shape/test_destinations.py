"""The check against inward requests is one function, and whoever may call out calls it: this list is all of them."""

import ast

from tests.harness import ROOT

CALLERS = {"domain.authoring.schema.parts", "web.hooks.sending"}  # a script is saved; published and delivered
NETWORK = {"socket", "ssl", "http.client", "urllib.request", "httpx2", "requests", "aiohttp"}
SPEAKERS = {"web.hooks.sending", "web.identity.fetching"}  # the issuer's keys come from a setting


def imported() -> dict[str, set[str]]:
    """Return what every module of the product imports, by its name without the package's."""
    found = {}
    for path in sorted((ROOT / "shared/roteiro").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT / "shared/roteiro").with_suffix("").parts)
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
        found[name] = names
    return found


def test_every_caller_of_the_check_is_known_and_delivery_is_one_of_them() -> None:
    callers = {name for name, names in imported().items() if "roteiro.domain.destinations.destination_of" in names}

    assert "web.hooks.sending" in callers
    assert callers <= CALLERS


def test_nothing_else_of_the_product_opens_a_connection_to_where_others_say() -> None:
    speakers = {name for name, names in imported().items() if names & NETWORK}

    # The command line only asks whether its port is free; a model's address is the operator's own setting.
    assert {name for name in speakers if name != "cli.serving" and not name.startswith("models.")} == SPEAKERS


def test_only_wiring_hands_out_what_calls_out() -> None:
    users = {name for name, names in imported().items() if any(n.startswith("roteiro.web.hooks.") for n in names)}

    assert {name for name in users if not name.startswith("web.hooks.")} == {"wiring"}
