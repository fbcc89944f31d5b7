"""The other parts of a document: the problem, how it is found, rules, answers, the end, hand-off, the law, notes."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from roteiro.domain.authoring.schema.fields import Part, ScriptNumber, Sentence, SlotName, Text, Title, Word
from roteiro.domain.authoring.schema.steps import Condition
from roteiro.domain.destinations import AS_WRITTEN, destination_of
from roteiro.domain.faults import OwnFault
from roteiro.domain.message import fold

__all__ = [
    "Action",
    "Completion",
    "Guideline",
    "Handoff",
    "Legal",
    "Match",
    "Meta",
    "Passage",
    "Problem",
    "Record",
    "Rehearsal",
]


class Problem(Part):
    """What the customer has; `id` is the public key, 1..999999999, a digit string is kept as given."""

    id: ScriptNumber
    description: Text
    title: Title | None = None
    category: Word | None = None


class Match(Part):
    """What customers write when they want this script, and near misses that they write when they do not."""

    examples: Annotated[list[Sentence], Field(max_length=500)] = []
    negative_examples: Annotated[list[Sentence], Field(max_length=200)] = []
    keywords: Annotated[list[Word], Field(max_length=50)] = []
    min_confidence: Annotated[float, Field(ge=0, le=1)] = 0.0
    priority: Annotated[int, Field(ge=-10, le=10)] = 0
    readily: bool = False
    enabled: bool = True

    @model_validator(mode="after")
    def _no_example_twice(self) -> Self:
        for name in ("examples", "negative_examples"):
            seen: dict[str, str] = {}
            for place, text in enumerate(getattr(self, name)):
                if (key := fold(text) or text) in seen:
                    raise OwnFault("example_twice", name, place, list=name, text=text)
                seen[key] = text
        return self


class Guideline(Part):
    """A rule in plain words for the attendant and the model; it never moves a step."""

    when: Sentence
    then: Sentence
    criticality: Literal["low", "medium", "high"] = "medium"


class Passage(Part):
    """A question customers ask on the side, and the answer."""

    q: Sentence
    a: Text


def _public(url: str) -> str:
    """Refuse an address that no webhook may go to; what its name resolves to is checked when it is sent."""
    destination_of(url, AS_WRITTEN)
    return url


class Action(Part):
    """Whom to tell that the script was completed; the secret is named, never written."""

    type: Literal["webhook"]
    url: Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_public)]
    secret_ref: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,39}$")]
    send: Annotated[list[SlotName], Field(max_length=40)] = []
    timeout_s: Annotated[float, Field(ge=0.5, le=10)] = 5.0
    retries: Annotated[int, Field(ge=0, le=6)] = 6
    on_failure: Literal["queue", "handoff", "ignore"] = "queue"


class Record(Part):
    """How the number of what the end puts on record is made: prefix, year, and a count."""

    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]
    year: bool = True


class Completion(Part):
    """What happens at the end; `message` is said to whoever writes on after the last step."""

    message: Text | None = None
    resolution: Literal["resolved", "pending_human", "informational"] = "resolved"
    csat: bool = False
    record: Record | None = None
    action: Action | None = None


class Handoff(Part):
    """When a person takes over, beyond the customer's own wish, which nothing switches off."""

    keywords: Annotated[list[Word], Field(max_length=50)] = []
    when: Annotated[list[Condition], Field(max_length=10)] = []
    after_failed_turns: Annotated[int, Field(ge=1, le=20)] | None = None
    queue: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")] = "padrao"
    summary_slots: Annotated[list[SlotName], Field(max_length=40)] = []
    offline_message: Text | None = None

    @model_validator(mode="after")
    def _keywords_are_single_words(self) -> Self:
        for place, word in enumerate(self.keywords):
            if len(fold(word).split()) != 1:
                raise OwnFault("not_one_word", "keywords", place, text=word)
        return self


class Legal(Part):
    """What the law protects: a cancellation or a complaint is entered from any script without asking."""

    protected: Literal["cancel", "complaint"] | None = None
    dispute: Literal["charge"] | None = None


class Rehearsal(Part):
    """A conversation that must go as it is told; its turns are checked where they are played."""

    name: Sentence
    turns: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=200)]


class Meta(Part):
    """Notes for those who keep the script."""

    locale: str = "pt-BR"
    tags: Annotated[list[Word], Field(max_length=20)] = []
    owner: Word | None = None
