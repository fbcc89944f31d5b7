"""Model answers to questions that stand alone, kept for five minutes by one instance: the same question, one call.

Nothing of a session is in the key or the value: the key is the whole prompt without its fence, in which no personal
data was found, and the value what the model said. Forgetting it only costs a call.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from roteiro.domain.conversation import Event, Owner
from roteiro.prompting.prompt import Prompt

__all__ = ["AnswerCache", "cache_key"]

_LIFE = timedelta(seconds=300)  # documented by the second seed
_MOST = 1000  # answers kept at once: some 2 MB (chosen)


class AnswerCache:
    """What models said, by key, each for 300 seconds."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, str]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: str, now: datetime) -> str | None:
        """Return what was said to the same question within the last 300 seconds."""
        with self._lock:
            said = self._kept.get(key)
        return said[1] if said and timedelta(0) <= now - said[0] < _LIFE else None

    def keep(self, key: str, said: str, now: datetime) -> None:
        """Keep what was said."""
        with self._lock:
            self._kept[key] = (now, said)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


def cache_key(event: Event, prompt: Prompt) -> str:
    """Return what names a question that stands alone; empty if it does not, or if personal data was found in it.

    It stands alone where no script runs, nothing was collected, and no person has the conversation.
    """
    state = event.state
    stands_alone = state.script is None and not state.slots and state.owner is Owner.BOT and not state.asked
    if not stands_alone or prompt.schema is not None or not prompt.masks.hides_nothing:
        return ""
    said = [(role, _plain(content, prompt.fence)) for role, content in prompt.messages]
    told = json.dumps([event.pack, event.catalogue, state.locale, said], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(content: str, fence: str) -> str:
    """Return a text as two that say the same are alike: case and blanks do not count, nor the fence of one prompt."""
    bare = content.replace(fence, "") if fence else content
    return " ".join(bare.casefold().split())
