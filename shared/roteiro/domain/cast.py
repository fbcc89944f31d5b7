"""Who speaks for a pack and what it suggests: agents that sign replies, suggestions, actions by their ids."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from roteiro.domain.texts import DEFAULT_LOCALE

__all__ = ["Agent", "Cast", "Suggestion"]

_DEFAULT = "default"
_ANYBODYS = "question"  # an intent that any agent may sign (documented by the second seed's contract)


@dataclass(frozen=True, slots=True)
class Agent:
    """A name that signs replies; what it may do is what the scripts say."""

    id: str
    name: str
    avatar: str
    role: str
    description: str
    status: str = "active"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button of a page: `action` is the message that it sends."""

    id: str
    label: str
    icon: str
    action: str


@dataclass(frozen=True)
class Cast:
    """A pack's agents and suggestions in their order, and which agent signs what.

    `routing` leads from an intent, or `default`, to an agent's id; `suggested` from an intent that no script has
    (`unknown`, `handoff`) to ids of actions; `meanings` from an action's id to the message that it stands for;
    `translations` from a language to the texts that the pack is written in, by path: `agents.anita.role`,
    `suggestions.help.label`, `actions.try_again`, `title`, `holidays.12-25`.
    """

    agents: tuple[Agent, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    routing: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def say(self, path: str, locale: str, original: str) -> str:
        """Return a text of the pack in a language: its translation, else the original."""
        return self.translations.get(locale, {}).get(path, original)

    def agents_in(self, locale: str) -> Iterator[Agent]:
        """Yield the agents as they introduce themselves in a language; their names stay."""
        for one in self.agents:
            path = f"agents.{one.id}"
            role = self.say(f"{path}.role", locale, one.role)
            yield replace(one, role=role, description=self.say(f"{path}.description", locale, one.description))

    def suggestions_in(self, locale: str) -> Iterator[Suggestion]:
        """Yield the suggestions in a language: what they say and what they send."""
        for one in self.suggestions:
            path = f"suggestions.{one.id}"
            label = self.say(f"{path}.label", locale, one.label)
            yield replace(one, label=label, action=self.say(f"{path}.action", locale, one.action))

    def agent(self, intent: str, own: str = "", wish: str = "") -> Agent | None:
        """Return who signs a reply: `own`, the script's, else as the intent is routed, else the default one.

        A client's wish counts for general questions and where the routing names nobody.
        """
        is_open = intent == _ANYBODYS or intent not in self.routing
        routed = (wish if is_open else "", own, self.routing.get(intent, ""), self.routing.get(_DEFAULT, ""))
        return next((agent for one in routed if (agent := self.named(one))), None)

    def named(self, agent: str) -> Agent | None:
        """Return the agent of an id; None if there is none."""
        return next((one for one in self.agents if one.id == agent), None)

    @property
    def buttons(self) -> Collection[str]:
        """Return the messages that buttons send, in every language: they mean a demand wherever they are pressed."""
        return self._originals.keys()

    def original(self, message: str) -> str:
        """Return what a button's message is in the pack's own language; anything else is what it is."""
        return self._originals.get(message, message)

    @cached_property
    def _originals(self) -> Mapping[str, str]:
        sent = {f"actions.{one}": message for one, message in self.meanings.items()}
        sent |= {f"suggestions.{one.id}.action": one.action for one in self.suggestions}
        translated = {said[path]: sent[path] for said in self.translations.values() for path in sent if path in said}
        return translated | {message: message for message in sent.values()}

    def meant(self, message: str, locale: str = DEFAULT_LOCALE) -> str:
        """Return the message, in a language, that an action's id stands for; anything else is what it is."""
        meaning = self.meanings.get(message)
        return message if meaning is None else self.say(f"actions.{message}", locale, meaning)
