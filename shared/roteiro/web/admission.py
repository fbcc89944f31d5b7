"""Who is let in: a credential becomes a caller with scopes, and a bad one is refused, also where none is needed."""

from datetime import datetime

from flask import Request

from roteiro.errors import NotAllowed
from roteiro.usecases.desk import Attendant
from roteiro.usecases.keys import find_key, note_use
from roteiro.usecases.staff import find_entry
from roteiro.web.call import Call, bearer_of, credential_of
from roteiro.web.house import House
from roteiro.web.identity import Caller, Scope
from roteiro.web.identity.callers import OPERATOR, checked_key, is_operator, key_caller, person_caller
from roteiro.web.identity.oidc import has_token_form

__all__ = ["admitted", "attendant_of", "customer_of"]


def admitted(request: Request, scope: Scope, house: House) -> Caller:
    """Return the member of staff or the machine that calls.

    Raises NotAllowed: `credential_required`, `token_invalid`, `forbidden`; IssuerUnavailable.
    """
    credential = credential_of(request)
    if not credential:
        raise NotAllowed
    caller = _caller(credential, house)
    if scope not in caller.scopes:
        raise NotAllowed(code="forbidden")
    return caller


def customer_of(request: Request, house: House) -> str:
    """Return who a customer is, as `sub` of their ID token; empty: whoever holds a session, staff and machines too.

    A bearer that nobody gave out is refused: it would else be silently anonymous. Raises NotAllowed
    (`token_invalid`), IssuerUnavailable.
    """
    bearer, now = bearer_of(request), house.clock.now()
    if bearer is None or is_operator(bearer, house.policy.admin_key):
        return ""
    if has_token_form(bearer):
        return _customer(_subject(bearer, house, now))
    if bearer.startswith("rt1."):
        house.tokens.read(bearer, now)
    else:
        checked_key(bearer, lambda key: find_key(key, house.shelf), now)
    return ""


def attendant_of(call: Call) -> Attendant:
    """Return who acts at the desk: each key is an attendant of its own, whoever made it."""
    if call.staff is None:
        raise LookupError("a desk route has a caller")  # the route table asks for one
    return Attendant(call.staff.seat, call.staff.shown, call.staff.role, call.request_id, call.staff.name)


def _customer(subject: str) -> str:
    """Return a subject; raises NotAllowed (`token_invalid`) for an empty one, which would count as nobody."""
    if not subject:
        raise NotAllowed(code="token_invalid")
    return subject


def _caller(credential: str, house: House) -> Caller:
    now = house.clock.now()
    if is_operator(credential, house.policy.admin_key):
        return OPERATOR
    if has_token_form(credential):
        subject = _subject(credential, house, now)
        return person_caller(subject, find_entry(house.policy.issuer, subject, house.shelf))
    stored = checked_key(credential, lambda key: find_key(key, house.shelf), now)
    note_use(stored, shelf=house.shelf, now=now)
    return key_caller(stored)


def _subject(token: str, house: House, now: datetime) -> str:
    if house.issuer is None:
        raise NotAllowed(code="token_invalid")
    return house.issuer.subject_of(token, now)
