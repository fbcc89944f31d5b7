"""What a pack's files say of its agents, suggestions and lists, as authors write them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from roteiro.domain.authoring.schema.fields import Part, Sentence, Word
from roteiro.domain.cast import Agent, Cast, Suggestion
from roteiro.domain.faults import OwnFault, faults_of
from roteiro.domain.message import fold
from roteiro.domain.values.value import Entity
from roteiro.errors import InvalidRequest

__all__ = ["ADAPTERS", "PackUse", "read_agents", "read_cast", "read_list", "read_suggestions", "read_use"]

ADAPTERS = ("contracts",)
_Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
_Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,99}$")]
_SHORTEST_ALIAS = 3  # letters; shorter ones stand inside other words' abbreviations


class _AgentEntry(Part):
    id: _Id
    name: Word
    avatar: Annotated[str, Field(min_length=1, max_length=8)]
    role: Word
    description: Sentence
    status: Literal["active", "inactive"] = "active"


class _SuggestionEntry(Part):
    id: _Id
    label: Word
    icon: _Id
    action: Sentence


class _EntityEntry(Part):
    id: Annotated[str, Field(min_length=1, max_length=40)]
    name: Word
    aliases: Annotated[list[Word], Field(max_length=20)] = []
    needs: Literal["none", "context", "ministry"] = "none"
    data: dict[_Id, str | None] = {}
    bodies: Annotated[list[Word], Field(max_length=150)] = []

    @model_validator(mode="after")
    def _aliases_are_long_enough(self) -> Self:
        for place, alias in enumerate(self.aliases):
            if len(fold(alias)) < _SHORTEST_ALIAS:
                raise OwnFault("too_short", "aliases", place, limit=_SHORTEST_ALIAS)
        return self


class _Routing(Part):
    default: _Id | None = None
    by_intent: dict[_Id, _Id] = {}


class PackUse(Part):
    """The keys of pack.yaml that say who signs replies, what is suggested, and what its scripts may use."""

    routing: _Routing = _Routing()
    suggested_actions: dict[_Id, Annotated[list[_Id], Field(max_length=20)]] = {}
    actions: dict[_Id, Sentence] = {}
    translations: dict[Literal["en", "es"], Annotated[dict[_Path, Sentence], Field(max_length=500)]] = {}
    adapters: Annotated[list[Literal["contracts"]], Field(max_length=20)] = []
    context_keys: Annotated[list[_Id], Field(max_length=20)] = []


def read_use(about: Mapping[str, Any]) -> PackUse:
    """Return those keys; raises InvalidRequest with the faults."""
    told = {name: about[name] for name in PackUse.model_fields if name in about}
    use: PackUse = _checked(TypeAdapter(PackUse), told)
    return use


def read_agents(told: Any) -> tuple[Agent, ...]:
    """Return the agents of agents.yaml in its order; raises InvalidRequest."""
    entries = _checked(TypeAdapter(Annotated[list[_AgentEntry], Field(max_length=50)]), told)
    _each_once(entry.id for entry in entries)
    return tuple(Agent(**entry.model_dump()) for entry in entries)


def read_suggestions(told: Any) -> tuple[Suggestion, ...]:
    """Return the suggestions of suggestions.yaml in its order; raises InvalidRequest."""
    entries = _checked(TypeAdapter(Annotated[list[_SuggestionEntry], Field(max_length=20)]), told)
    _each_once(entry.id for entry in entries)
    return tuple(Suggestion(**entry.model_dump()) for entry in entries)


def read_list(told: Any) -> tuple[Entity, ...]:
    """Return the entries of a list in its order; raises InvalidRequest."""
    entries = _checked(TypeAdapter(Annotated[list[_EntityEntry], Field(max_length=5000)]), told)
    _each_once(entry.id for entry in entries)
    return tuple(_entity(entry) for entry in entries)


def read_cast(
    use: PackUse, agents: tuple[Agent, ...], suggestions: tuple[Suggestion, ...], holidays: Collection[str] = ()
) -> Cast:
    """Return who speaks for a pack; raises InvalidRequest where it names an agent or a text that there is not."""
    routing = {**use.routing.by_intent, **({"default": use.routing.default} if use.routing.default else {})}
    known = {agent.id for agent in agents}
    for intent, agent in routing.items():
        if agent not in known:
            raise InvalidRequest(faults=[OwnFault("unknown_agent", "routing", intent, found=agent).as_fault()])
    suggested = {intent: tuple(actions) for intent, actions in use.suggested_actions.items()}
    translations = {str(locale): texts for locale, texts in use.translations.items()}
    cast = Cast(agents, suggestions, routing, suggested, use.actions, translations)
    for locale, texts in translations.items():
        for path in texts:
            if not _is_text_of(path, cast, holidays):
                fault = OwnFault("unknown_text", "translations", locale, path, found=path)
                raise InvalidRequest(faults=[fault.as_fault()])
    return cast


def _is_text_of(path: str, cast: Cast, holidays: Collection[str]) -> bool:
    """Say whether a path such as `actions.try_again` or `holidays.12-25` names a text of the pack."""
    match path.split("."):
        case ["agents", name, "role" | "description"]:
            return cast.named(name) is not None
        case ["suggestions", name, "label" | "action"]:
            return any(one.id == name for one in cast.suggestions)
        case ["actions", name]:
            return name in cast.meanings
        case ["holidays", day]:
            return day in holidays
        case _:
            return path == "title"


def _entity(entry: _EntityEntry) -> Entity:
    data = tuple((name, value) for name, value in entry.data.items() if value is not None)
    return Entity(entry.id, entry.name, tuple(entry.aliases), entry.needs, data, tuple(entry.bodies))


def _each_once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            raise InvalidRequest(faults=[OwnFault("id_twice", place, "id", found=one).as_fault()])
        seen.add(one)


def _checked(adapter: TypeAdapter[Any], told: Any) -> Any:
    try:
        return adapter.validate_python(told)
    except ValidationError as error:
        raise InvalidRequest(faults=faults_of(error.errors(include_url=False, include_input=False))) from None
