"""What a page shows of a turn: intent, signature, what may come next, what is asked for; nothing sensitive."""

from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.cast import Agent, Cast
from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Asking, Event, Owner, Question, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.presenting import presented, shown_slots, shown_status
from tests.factories import FakeCatalogue, a_catalogue, a_state, a_written_script, an_event

AGENTS = tuple(Agent(name, name.title(), "🎨", "papel", "faz") for name in ("abaporu", "anita", "zumbi"))
CAST = Cast(AGENTS, routing={"default": "abaporu"}, suggested={"unknown": ("try_again",), "handoff": ("wait",)})
SLOTS: dict[str, Any] = {
    "organ": {"type": "text", "label": "Órgão", "prompt": "Informe o órgão"},
    "cpf": {"type": "cpf", "label": "CPF", "prompt": "Informe o CPF"},
    "period": {"type": "period", "label": "Período"},
}
SCRIPT = a_written_script(
    {"message": "Qual órgão?", "collect": ["organ"]},
    {"message": "Qual período?", "collect": ["period", "cpf"], "agent": "zumbi"},
    "Pronto.",
    script=202,
    intent="analyze",
    agent="anita",
    suggested_actions=["change_filters"],
    slots=SLOTS,
)


def catalogue() -> FakeCatalogue:
    made = a_catalogue(SCRIPT)
    made.manners["cast"] = CAST
    return made


def a_turn(decision: Decision = Decision.WALK, **state: Any) -> Event:
    running = state.pop("running", SCRIPT)
    return an_event(state=a_state(running, **state), decision=str(decision))


def test_a_turn_of_a_script_is_signed_and_suggests_as_the_script_says() -> None:
    shows = presented(a_turn(), catalogue())

    assert (shows.intent, shows.agent_id, shows.agent_name) == ("analyze", "anita", "Anita")
    assert shows.suggested_actions == ("change_filters",)
    assert shows.requires_input == {"organ": "Informe o órgão"}


def test_a_step_may_be_signed_by_another_agent_and_asks_for_what_is_still_open() -> None:
    shows = presented(a_turn(step=2, slots={"organ": "26000", "cpf": "52998224725"}), catalogue())

    assert shows.agent_id == "zumbi"
    assert shows.requires_input == {"period": "Período"}


@pytest.mark.parametrize(
    ("event", "intent"),
    [
        (a_turn(Decision.OUT_OF_SCOPE, running=None), "unknown"),
        (a_turn(Decision.CLARIFY, running=None), "unknown"),
        (a_turn(Decision.SMALLTALK, running=None), "greeting"),
        (a_turn(Decision.HANDOFF), "handoff"),
        (a_turn(Decision.SILENT, status=Status.WAITING), "handoff"),
        (a_turn(Decision.CLARIFY, asked=Question(Asking.VALUE, slot="organ")), "analyze"),
        (a_turn(Decision.ANSWER), "analyze"),
    ],
)
def test_the_intent_is_the_scripts_or_what_was_decided_instead(event: Event, intent: str) -> None:
    assert presented(event, catalogue()).intent == intent


def test_a_turn_without_a_script_suggests_as_the_pack_says() -> None:
    shows = presented(a_turn(Decision.OUT_OF_SCOPE, running=None), catalogue())

    assert (shows.agent_id, shows.suggested_actions, shows.requires_input) == ("abaporu", ("try_again",), {})


def test_a_question_of_ours_names_its_topics() -> None:
    asked = Question(Asking.WHICH, (ScriptId(202), ScriptId(999)))

    assert presented(a_turn(Decision.CLARIFY, running=None, asked=asked), catalogue()).follow_ups == (SCRIPT.title,)


@pytest.mark.parametrize(("locale", "title"), [("en", "Analysis"), ("es", SCRIPT.title)])
def test_topics_of_a_question_are_named_in_the_conversations_language(locale: str, title: str) -> None:
    spoken = a_catalogue(replace(SCRIPT, translations={"en": {"problem.title": "Analysis"}}))
    asked = a_turn(Decision.CLARIFY, running=None, asked=Question(Asking.WHICH, (ScriptId(202),)), locale=locale)

    assert presented(asked, spoken).follow_ups == (title,)


def test_a_script_at_its_end_asks_for_nothing_and_is_shown_as_the_bots() -> None:
    ended = a_turn(status=Status.ENDED)

    assert presented(ended, catalogue()).requires_input == {}
    assert shown_status(ended.state) == "bot"
    assert shown_status(replace(ended.state, status=Status.WAITING)) == "waiting"


def test_sensitive_values_are_shown_masked_and_skipped_ones_not_at_all() -> None:
    state = a_state(SCRIPT, slots={"organ": "26000", "cpf": "52998224725", "period": None})

    assert shown_slots(state, SCRIPT) == {"organ": "26000", "cpf": "***.982.247-**"}
    assert shown_slots(state, None) == {}


@pytest.mark.parametrize(
    ("record", "suggested"), [("", ("start_investigation",)), ("INV-2026-001", ("change_filters",))]
)
def test_where_there_is_nothing_on_record_yet_the_pack_says_what_to_do_instead(
    record: str, suggested: tuple[str, ...]
) -> None:
    looks_up = a_written_script(
        {"kind": "action", "action": "lookup:progress", "message": "{result}"},
        script=204,
        intent="status",
        suggested_actions=["change_filters"],
    )
    made = a_catalogue(looks_up)
    made.manners["cast"] = Cast(suggested={"no_record": ("start_investigation",)})

    assert presented(a_turn(running=looks_up, record=record), made).suggested_actions == suggested


@pytest.mark.parametrize(
    ("status", "record", "suggested"),
    [
        (Status.BOT, "", ("change_filters",)),
        (Status.BOT, "INV-2026-001", ("change_filters",)),
        (Status.ENDED, "INV-2026-002", ("view_progress", "generate_report")),
    ],
    ids=["first", "another one", "done"],
)
def test_once_a_script_has_put_something_on_record_the_pack_says_what_to_do_with_it(
    status: Status, record: str, suggested: tuple[str, ...]
) -> None:
    investigates = a_written_script(
        {"kind": "action", "action": "create_record", "message": "{result}"},
        script=201,
        intent="investigate",
        suggested_actions=["change_filters"],
    )
    made = a_catalogue(investigates)
    made.manners["cast"] = Cast(suggested={"recorded": ("view_progress", "generate_report")})

    assert presented(a_turn(running=investigates, status=status, record=record), made).suggested_actions == suggested


def test_while_a_person_has_the_conversation_nothing_is_asked_for() -> None:
    taken = a_turn(Decision.SILENT, status=Status.HUMAN, owner=Owner.HUMAN)

    assert presented(taken, catalogue()).requires_input == {}
