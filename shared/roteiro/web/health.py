"""Whether a function lives (no store asked) and whether it can answer customers (store up, catalogue there)."""

from roteiro.errors import StoreUnavailable
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity import Scope
from roteiro.web.routes import Route
from roteiro.web.schemas import Health, Ping, Ready

__all__ = ["ROUTES", "health", "ping", "ready"]


def health(_: Call, house: House) -> Reply:
    """Say that the process answers."""
    return Reply({"status": "healthy", "version": house.policy.version, "function": house.function})


def ping(_: Call, __: House) -> Reply:
    """Answer the first seed's health check, as an object."""
    return Reply({"Ping": "Pong"})


def ready(_: Call, house: House) -> Reply:
    """Say that customers can be answered; raises StoreUnavailable otherwise."""
    catalogue = house.catalogue(house.pack_front())
    if not catalogue.topics():
        raise StoreUnavailable("the catalogue is empty: run `roteiro load packs/seguros`")
    return Reply({"status": "ready", "store": "ok", "catalogue_revision": f"r{catalogue.revision}"})


ROUTES = (
    Route("GET", "/api/v1/health-checker", ping, Scope.PUBLIC, "The first seed's health check", answer=Ping),
    Route("GET", "/health", health, Scope.PUBLIC, "Whether the process answers", answer=Health, meter=None),
    Route(
        "GET",
        "/ready",
        ready,
        Scope.PUBLIC,
        "Whether customers can be answered",
        answer=Ready,
        codes=("store_unavailable",),
    ),
)
