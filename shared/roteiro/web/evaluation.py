"""POST /api/v1/script/evaluate: messages with known scripts, ranked by what is published or by what a draft would."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.ids import ScriptId
from roteiro.domain.message import LONGEST_MESSAGE, clean
from roteiro.errors import NotFound
from roteiro.usecases.candidate import make_candidate
from roteiro.usecases.drafts import get_draft
from roteiro.usecases.evaluation import Case, Outcome, evaluate_cases
from roteiro.usecases.published import PublishedCatalogue
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.script_calls import admin_of

__all__ = ["EvaluateAnswer", "EvaluateBody", "evaluate"]

_MOST_CASES = 1000  # in one request: about a second with 150 scripts


class KnownCase(BaseModel):
    """A message and the script it is about; null: out of scope."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_MESSAGE)]
    script_id: Annotated[int, Field(ge=1, le=999_999_999)] | None


class EvaluateBody(BaseModel):
    """Cases, and the catalogue that ranks them: what is published, or what publishing a draft would make."""

    model_config = ConfigDict(extra="forbid", strict=True)

    cases: Annotated[list[KnownCase], Field(min_length=1, max_length=_MOST_CASES)]
    catalogue: Annotated[str, Field(pattern=r"^(published|draft:[1-9][0-9]{0,8})$")] = "published"
    pack: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None


class ConfusedScripts(BaseModel):
    """How often one script was taken for another."""

    script_id: int
    taken_for: int
    times: int


class CaseAnswer(BaseModel):
    """What was decided about one case."""

    text: str
    script_id: int | None
    predicted: int | None
    confidence: float
    decision: Literal["match", "clarify", "out_of_scope", "handoff"]
    right: bool


class EvaluateAnswer(BaseModel):
    """Shares are 0..1; both accuracies are of the ranking alone, over cases with a script; null: no such case."""

    accuracy_at_1: float | None
    accuracy_at_3: float | None
    abstention: float
    out_of_scope_recall: float | None
    confusion: list[ConfusedScripts]
    cases: list[CaseAnswer]


def evaluate(call: Call, house: House) -> Reply:
    """Rank cases by words and letters alone, as the index was compiled; nothing is stored."""
    body: EvaluateBody = call.body
    cases = [Case(clean(case.text), case.script_id) for case in body.cases]
    found = evaluate_cases(cases, _catalogue(body, call, house))
    return Reply(
        {
            "accuracy_at_1": found.accuracy_at_1,
            "accuracy_at_3": found.accuracy_at_3,
            "abstention": found.abstention,
            "out_of_scope_recall": found.out_of_scope_recall,
            "confusion": [{"script_id": s, "taken_for": other, "times": n} for s, other, n in found.confusion],
            "cases": [_case(outcome) for outcome in found.outcomes],
        }
    )


def _catalogue(body: EvaluateBody, call: Call, house: House) -> PublishedCatalogue:
    kind, _, number = body.catalogue.partition(":")
    if kind == "draft":
        draft = get_draft(ScriptId(int(number)), house.shelf)
        script = check_script(draft["script"])  # it was saved when another release may have known other rules
        return make_candidate(draft["pack"], {script: draft["script"]}, (), admin_of(call, house)).after
    pack = body.pack or house.pack_front()
    catalogue = PublishedCatalogue(pack, house.shelf, house.kept)
    if not catalogue.revision:
        raise NotFound(f"the pack {pack} is not loaded")
    return catalogue


def _case(outcome: Outcome) -> dict[str, object]:
    return {
        "text": outcome.text,
        "script_id": outcome.script,
        "predicted": outcome.predicted,
        "confidence": outcome.confidence,
        "decision": outcome.decision,
        "right": outcome.is_right,
    }
