import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import roteiro
from roteiro import errors
from roteiro.domain.texts import LOCALES, texts_of
from roteiro.errors import (
    Conflict,
    Fault,
    InvalidRequest,
    InvalidSetting,
    LimitReached,
    ModelUnavailable,
    NotFound,
    OutcomeUnknown,
    RoteiroError,
    SessionNotFound,
    Stale,
    StoreUnavailable,
    Unavailable,
)

STAYING_INSIDE = {
    "model_unavailable",
    "invalid_setting",
}  # the first is answered by the script, the second stops the start


def family(parent: type[RoteiroError]) -> Iterator[type[RoteiroError]]:
    yield parent
    for child in parent.__subclasses__():
        yield from family(child)


def codes_given_in_the_source() -> set[str]:
    """Return every literal `code="…"` that the product gives to an error of the tree."""
    names = {one.__name__ for one in family(RoteiroError)}
    found = set()
    for path in Path(roteiro.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                values = [word.value for word in node.keywords if word.arg == "code"]
                found |= {leaf.value for value in values for leaf in ast.walk(value) if isinstance(leaf, ast.Constant)}
    return {code for code in found if isinstance(code, str)}


ALL = list(family(RoteiroError))
LEAVING = ({one.code for one in ALL} | codes_given_in_the_source()) - STAYING_INSIDE


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_every_error_has_a_stable_code(error: type[RoteiroError]) -> None:
    assert re.fullmatch("[a-z]+(_[a-z]+)*", error.code)


def test_every_error_is_exported_and_drawn_in_the_tree() -> None:
    names = {one.__name__ for one in ALL}

    assert names | {"Fault"} == set(errors.__all__)
    drawn = errors.__doc__ or ""
    assert [name for name in names - {"SessionNotFound"} if name not in drawn] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_that_leaves_the_house_has_a_text_for_people(locale: str) -> None:
    assert sorted(code for code in LEAVING if f"error.{code}" not in texts_of(locale)) == []


def test_the_codes_in_the_source_are_found_at_all() -> None:
    assert {"blank", "message_too_long", "bad_characters"} <= codes_given_in_the_source()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidRequest(), "invalid"),
        (InvalidRequest(code="blank"), "blank"),
        (NotFound("script 9 is not published"), "not_found"),
        (SessionNotFound(), "session_not_found"),
        (Stale(), "stale"),
        (LimitReached(5), "rate_limited"),
        (StoreUnavailable(), "store_unavailable"),
    ],
)
def test_an_error_carries_its_own_code_or_the_one_given(error: RoteiroError, code: str) -> None:
    assert error.code == code
    assert str(error)


def test_a_code_given_to_one_error_does_not_stick_to_its_class() -> None:
    InvalidRequest(code="blank")

    assert InvalidRequest().code == "invalid"


def test_an_error_carries_the_facts_and_faults_that_its_sentence_needs() -> None:
    error = InvalidRequest("too long", code="message_too_long", faults=[Fault("message", "too_long")], limit=1000)

    assert (str(error), error.facts) == ("too long", {"limit": 1000})
    assert error.faults == (Fault("message", "too_long", ()),)


def test_a_limit_says_when_to_come_back() -> None:
    error = LimitReached(17)

    assert (error.retry_after, error.facts) == (17, {"retry_after": 17})


@pytest.mark.parametrize("error", list(family(Unavailable)), ids=lambda error: error.__name__)
def test_everything_unavailable_says_when_to_come_back(error: type[Unavailable]) -> None:
    assert error.retry_after >= 1


def test_a_model_that_failed_says_why() -> None:
    assert ModelUnavailable("the model was slow", reason="timeout").reason == "timeout"


def test_an_unknown_outcome_is_handled_wherever_an_unavailable_store_is() -> None:
    assert issubclass(OutcomeUnknown, StoreUnavailable)
    assert not issubclass(Conflict, Unavailable)
    assert issubclass(InvalidSetting, RoteiroError)
