"""What a customer's message counts against: its address, who they are, and the openings of that address."""

from roteiro.domain.tickets import Admission
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.limits import Meter

__all__ = ["admissions_of"]


def admissions_of(call: Call, house: House, *, may_begin: bool = False) -> tuple[Admission, ...]:
    """Return what the turn must have to be stored; `may_begin`: one of an opening too, asked only if it is one.

    Raises LimitReached where instances count for themselves; these count each call that may begin a conversation.
    """
    now, admissions = house.clock.now(), house.limits.admissions
    opening = admissions(Meter.SESSIONS, call.address, now) if may_begin else ()
    own = admissions(Meter.MESSAGES, f"sub:{call.customer}", now) if call.customer else ()
    return opening + admissions(Meter.MESSAGES, call.address, now) + own
