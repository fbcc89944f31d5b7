"""The promise of a hand-off while nobody is there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import State, Status
from roteiro.domain.hours import Hours
from roteiro.domain.script import Handoff
from roteiro.domain.turn.offhours import promised
from roteiro.domain.turn.verdict import Verdict, hand_off
from tests.factories import FakeCatalogue, a_catalogue, a_script, a_state

MONDAY = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
AT_THREE = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
OFFICE = Hours("America/Sao_Paulo", {"mon": ["08:00-18:00"]})
OWN = "Nossa equipe volta às oito."


def a_shop(**handoff: Any) -> FakeCatalogue:
    shop = a_catalogue(a_script(handoff=Handoff(**handoff)))
    shop.manners["hours"] = OFFICE
    return shop


def handed_off(shop: FakeCatalogue, before: State, now: datetime) -> str:
    verdict = promised(hand_off(before, "padrao", "asked", shop), before, shop, now)
    return verdict.reply or ""


def test_off_hours_a_hand_off_says_when_people_are_back() -> None:
    assert handed_off(a_shop(), a_state(), AT_THREE).endswith("uma pessoa responde hoje, a partir das 08:00.")


def test_in_office_hours_and_without_hours_nothing_is_added() -> None:
    shop = a_shop()
    plain = hand_off(a_state(), "padrao", "asked", shop).reply

    assert handed_off(shop, a_state(), MONDAY) == plain
    shop.manners.clear()
    assert handed_off(shop, a_state(), AT_THREE) == plain


def test_the_running_scripts_own_words_win() -> None:
    shop = a_shop(offline_message=OWN)

    assert handed_off(shop, a_state(shop.scripts[0]), AT_THREE).endswith(OWN)
    assert OWN not in handed_off(shop, a_state(), AT_THREE)


@pytest.mark.parametrize("status", [Status.BOT, Status.WAITING])
def test_only_a_turn_that_calls_a_person_makes_the_promise(status: Status) -> None:
    verdict = Verdict(a_state(status=status), "Certo.", Choice(Decision.WALK))

    assert promised(verdict, a_state(status=status), a_shop(), AT_THREE) == verdict
