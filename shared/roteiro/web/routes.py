"""The route table: each route says who may call it, how large its body may be and what it counts against."""

import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

from flask import Request, Response
from pydantic import BaseModel
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.exceptions import NotFound as NoSuchPath
from werkzeug.routing import Map, MapAdapter, Rule

from roteiro.domain.texts import negotiate
from roteiro.errors import InvalidRequest, InvalidSetting, NotFound, RoteiroError
from roteiro.web.admission import admitted, customer_of
from roteiro.web.answers import Family, Reply, as_response, refusal, turn_fields
from roteiro.web.call import Call, caller_address, credential_of, request_id_of
from roteiro.web.cors import SECURITY_HEADERS, allow_origin, preflight
from roteiro.web.errands import run_errands, tidy_heads
from roteiro.web.house import House
from roteiro.web.identity import Caller, Scope
from roteiro.web.limits import Meter
from roteiro.web.reading import KIB, checked, read_away, read_json

__all__ = ["Function", "Handler", "Route", "application"]

log = logging.getLogger("roteiro")

Handler = Callable[[Call, House], Reply]
Function = Callable[[Request], Response]  # as the platform calls it


@dataclass(frozen=True)
class Route:
    """One route; without `allow` it cannot be made, so nothing is open by accident."""

    method: str
    path: str  # werkzeug's notation: /api/v1/script/<key>
    handler: Handler
    allow: Scope
    summary: str
    body: type[BaseModel] | None = None
    document: str = ""  # the component that describes a body which the handler reads itself
    answer: type[BaseModel] | None = None
    produces: str = ""  # the type of an answer that is no JSON of ours, such as text/event-stream
    family: Family = "B"
    meter: Meter | None = Meter.READS
    largest: int = 16 * KIB
    deepest: int = 8
    codes: tuple[str, ...] = ()  # the refusals of its own, for the documentation

    @property
    def is_staff(self) -> bool:
        """Say whether a credential is checked before the body is looked at."""
        return self.allow not in (Scope.PUBLIC, Scope.GUEST)


def application(routes: Sequence[Route], make_house: Callable[[], House]) -> Function:
    """Return the function that the platform calls; the house is built by the first request, after the fork.

    Raises InvalidSetting if two routes say the same, or one is open to nobody we know.
    """
    if len({(route.method, route.path) for route in routes}) != len(routes):
        raise InvalidSetting("two routes have the same method and path")
    rules = _rules(tuple(routes))

    def answer(request: Request) -> Response:
        house = make_house()
        request_id = request_id_of(request, secrets.token_hex(5))
        policy = house.policy
        if request.method == "OPTIONS":
            response = preflight(request, policy.origins, is_local=policy.is_local)
        else:
            response = _answered(request, rules.bind(""), house, request_id)
            allow_origin(request, response, policy.origins, is_local=policy.is_local)
        read_away(request)
        response.headers["X-Request-Id"] = request_id
        for name, value in SECURITY_HEADERS.items() if response.status_code != HTTPStatus.NOT_MODIFIED else ():
            response.headers.setdefault(name, value)  # a 304 has no body that they could protect
        return response

    return answer


@cache
def _rules(routes: tuple[Route, ...]) -> Map:
    """Return what finds the routes; made once for a table, because compiling it takes longer than a turn."""
    rules = Map(strict_slashes=False, merge_slashes=False)
    for route in routes:
        rules.add(Rule(route.path, methods=[route.method], endpoint=route))
    return rules


def _answered(request: Request, paths: MapAdapter, house: House, request_id: str) -> Response:
    """Run one request; every error becomes the documented answer of the route's family."""
    locale, started = negotiate(request.headers.get("Accept-Language")), time.monotonic()
    path, family = "", "B"
    try:
        route, arguments = _find(request, paths)
        path, family = route.path, route.family
        call = _checked_call(request, route, arguments, house, request_id)
        reply = route.handler(call, house)
    except RoteiroError as error:
        reply = refusal(error, family, locale, request_id)
    except Exception as error:  # noqa: BLE001 - the edge of the function: a bug answers 500 and is logged
        bug = RoteiroError("a bug")
        bug.__cause__ = error
        reply = refusal(bug, family, locale, request_id)
    took = round((time.monotonic() - started) * 1000, 1)
    fields = {"fn": house.function, "route": path, "request_id": request_id, "status": reply.status, "total_ms": took}
    log.info("request", extra=fields | turn_fields(reply.headers))
    response = as_response(reply)
    if reply.has_errands or (request.method == "POST" and house.rounds.is_time(house.clock.now())):
        response.call_on_close(lambda: run_errands(house.office))
        response.call_on_close(lambda: tidy_heads(house.office))
    if reply.cookie:
        _set_cookie(response, *reply.cookie, is_secure=not house.policy.is_local or request.is_secure)
    return response


def _find(request: Request, paths: MapAdapter) -> tuple[Route, Mapping[str, str]]:
    try:
        endpoint, arguments = paths.match(request.path, request.method)
    except MethodNotAllowed as error:
        allowed = ", ".join(sorted(error.valid_methods or ()))
        raise InvalidRequest(code="method_not_allowed", allowed=allowed) from error
    except NoSuchPath as error:
        raise NotFound(code="route_not_found") from error
    route: Route = endpoint
    return route, arguments


def _checked_call(request: Request, route: Route, arguments: Mapping[str, str], house: House, request_id: str) -> Call:
    """Check in the order that tells a stranger least: size, credential, scope; then type, parse, schema."""
    if (request.content_length or 0) > route.largest:
        raise InvalidRequest(code="body_too_large", limit=route.largest)
    address = caller_address(request, house.policy.trusted_hops)
    staff = _staff(request, route, house) if route.is_staff else None
    customer = customer_of(request, house) if route.allow is Scope.GUEST else ""
    if route.meter:
        house.limits.admit(route.meter, address, house.clock.now())
    body = checked(route.body, read_json(request, route.largest, route.deepest)) if route.body else None
    locale = negotiate(request.headers.get("Accept-Language"))
    return Call(request, request_id, locale, address, body, arguments, staff, customer)


def _staff(request: Request, route: Route, house: House) -> Caller | None:
    if route.allow is Scope.BACKEND and house.policy.backend_is_open and not credential_of(request):
        return None
    return admitted(request, route.allow, house)


def _set_cookie(response: Response, name: str, value: str, *, is_secure: bool) -> None:
    response.set_cookie(name, value, max_age=86_400, path="/", secure=is_secure, httponly=True, samesite="Lax")
