"""What attendants reach: ranking; the desk joins here."""

from roteiro.web import health, matching, schemas
from roteiro.web.identity import Scope
from roteiro.web.routes import Route
from roteiro.wiring import serve

__all__ = ["ROUTES", "match"]

ROUTES = (
    Route(
        "POST",
        "/api/v1/match/rank",
        matching.rank,
        Scope.SCRIPTS_READ,
        "Rank the published scripts for a message; nothing is stored",
        body=schemas.RankBody,
        answer=schemas.RankAnswer,
        codes=("not_found", "message_too_long"),
    ),
    *health.ROUTES,
)

match = serve("match", ROUTES)
