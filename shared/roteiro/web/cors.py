"""Which pages of other hosts may call: exact origins; the browser's question is answered before any credential."""

from flask import Request, Response

from roteiro.web.call import is_own_origin

__all__ = ["SECURITY_HEADERS", "allow_origin", "preflight"]

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_METHODS = "GET, POST, PUT, DELETE, OPTIONS"
_ACCEPTED = "Content-Type, Accept, Authorization, X-API-Key, Idempotency-Key, If-Match, If-None-Match, X-Request-Id"
_EXPOSED = (
    "Retry-After, ETag, X-Request-Id, Roteiro-Token, Roteiro-Protocol, Roteiro-Status, Roteiro-Step, "
    "Roteiro-Protocol-Key, Roteiro-Degraded, Roteiro-Replayed, Roteiro-Seq, Roteiro-Stale"
)
_MAX_AGE_S = "7200"


def preflight(request: Request, origins: tuple[str, ...], *, is_local: bool) -> Response:
    """Answer OPTIONS; a foreign origin gets no permission."""
    response = Response(status=204)
    if allow_origin(request, response, origins, is_local=is_local):
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _ACCEPTED
        response.headers["Access-Control-Max-Age"] = _MAX_AGE_S
    return response


def allow_origin(request: Request, response: Response, origins: tuple[str, ...], *, is_local: bool) -> bool:
    """Add the CORS headers for the request's origin; say whether it may read the answer."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    is_allowed = origin is not None and is_own_origin(request, origins, is_local=is_local)
    if origin is None or not (is_allowed or "*" in origins):
        return False
    response.headers["Access-Control-Allow-Origin"] = origin if is_allowed else "*"
    if is_allowed:  # a configured * never carries credentials
        response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return True
