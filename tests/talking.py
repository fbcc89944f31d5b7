"""How the models that tests make up are heard as they speak."""

from collections.abc import Generator

from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt


class AllAtOnce:
    """A model that is heard when all is said."""

    def answer(self, prompt: Prompt) -> Wording:
        raise NotImplementedError

    def stream(self, prompt: Prompt) -> Generator[str, None, Wording]:
        wording = self.answer(prompt)
        yield wording.text
        return wording
