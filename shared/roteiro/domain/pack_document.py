"""A pack as one JSON document of the shelf, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from roteiro.domain.cast import Agent, Cast, Suggestion
from roteiro.domain.hours import Holiday, Hours
from roteiro.domain.pack import Pack
from roteiro.domain.values.value import Entity

__all__ = ["pack_from", "pack_to"]


def pack_to(pack: Pack) -> dict[str, Any]:
    """Write a pack as JSON values; its name is the key it is stored under."""
    return {
        "title": pack.title,
        "texts": {locale: dict(texts) for locale, texts in pack.texts.items()},
        "background": list(pack.background),
        "hours": asdict(pack.hours) if pack.hours else None,
        "queues": list(pack.queues),
        "llm": pack.llm,
        "sac": pack.is_sac,
        "cast": asdict(pack.cast),
        "lists": {name: [entity._asdict() for entity in entities] for name, entities in pack.lists.items()},
        "adapters": list(pack.adapters),
        "context_keys": list(pack.context_keys),
    }


def pack_from(name: str, stored: Mapping[str, Any]) -> Pack:
    """Read what `pack_to` wrote; an older release knew fewer keys."""
    return Pack(
        name,
        stored["title"],
        stored["texts"],
        tuple(stored.get("background", ())),
        _hours(stored.get("hours")),
        tuple(stored.get("queues", ())),
        stored.get("llm", ""),
        stored.get("sac", False),
        _cast(stored.get("cast", {})),
        {one: _entities(entries) for one, entries in stored.get("lists", {}).items()},
        tuple(stored.get("adapters", ())),
        tuple(stored.get("context_keys", ())),
    )


def _hours(stored: Mapping[str, Any] | None) -> Hours | None:
    if not stored:
        return None
    return Hours(stored["timezone"], stored["weekdays"], [Holiday(**one) for one in stored["holidays"]])


def _cast(stored: Mapping[str, Any]) -> Cast:
    return Cast(
        tuple(Agent(**one) for one in stored.get("agents", ())),
        tuple(Suggestion(**one) for one in stored.get("suggestions", ())),
        stored.get("routing", {}),
        {intent: tuple(actions) for intent, actions in stored.get("suggested", {}).items()},
        stored.get("meanings", {}),
        stored.get("translations", {}),
    )


def _entities(entries: Sequence[Mapping[str, Any]]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            one["id"],
            one["name"],
            tuple(one["aliases"]),
            one["needs"],
            tuple((k, v) for k, v in one["data"]),
            tuple(one.get("bodies", ())),
        )
        for one in entries
    )
