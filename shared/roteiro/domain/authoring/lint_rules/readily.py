"""What lint refuses in a script that begins readily: whatever a wrong start would cost somebody."""

from collections.abc import Iterator

from roteiro.domain.authoring.checking import ScriptDocument
from roteiro.domain.authoring.lint_rules.finding import Finding, error
from roteiro.domain.authoring.schema.slots import Slot
from roteiro.domain.values.masking import SENSITIVE

__all__ = ["look_at_readiness"]


def look_at_readiness(script: ScriptDocument) -> Iterator[Finding]:
    """Yield the personal values that a script asks for and yet begins readily, and that the law protects it."""
    if not script.match.readily:
        return
    yield from (
        error("readily_personal", "match", "readily", found=name)
        for name, slot in script.slots.items()
        if _is_personal(slot)
    )
    if script.legal is not None and script.legal.protected is not None:
        yield error("readily_personal", "match", "readily", found="legal.protected")


def _is_personal(slot: Slot) -> bool:
    return slot.type in SENSITIVE if slot.sensitive is None else bool(slot.sensitive)
