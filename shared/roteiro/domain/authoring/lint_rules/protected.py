"""What lint refuses in a script that the law protects: advertising, a second "are you sure", data nobody needs."""

import re
from collections.abc import Iterator

from roteiro.domain.authoring.checking import ScriptDocument
from roteiro.domain.authoring.lint_rules.finding import Finding, error
from roteiro.domain.authoring.lint_rules.wording import texts_to_customers
from roteiro.domain.authoring.schema.steps import Step
from roteiro.domain.message import fold

__all__ = ["look_at_protected"]

# Folded words of offers and of keeping somebody who wants to leave; chosen by us, in the three languages.
_PROMOTIONAL = re.compile(
    r"\b(?:promoc(?:ao|oes|ion|iones)|ofertas?|descontos?|descuentos?|brindes?|cashback|bonus|gratis|imperdivel"
    r"|aproveite|vantage(?:m|ns) exclusivas?|condic(?:ao|oes) especia(?:l|is)|preco especial|so hoje"
    r"|antes de cancelar|pense melhor|que tal ficar|continue com a gente|nao va embora|sentiremos sua falta"
    r"|special offer|discounts?|free gift|before you cancel|stay with us|antes de irse|quedese)\b"
)
_CONFIRMING = re.compile(
    r"\b(?:tem certeza|quer mesmo|voce confirma|confirma (?:o|a|que|se)|para confirmar|confirme (?:o|a|que|se)"
    r"|are you sure|do you confirm|to confirm|esta seguro|confirma usted)\b"
)
# What finds a contract; everything else about the person can be left unsaid.
_FINDS_CONTRACT = frozenset(("policy_number", "cpf", "cnpj", "cpf_or_cnpj", "plate", "protocol"))


def look_at_protected(script: ScriptDocument) -> Iterator[Finding]:
    """Yield what a cancellation or a complaint must not have; nothing for any other script."""
    if script.legal is None or script.legal.protected is None:
        return
    yield from _advertising(script)
    yield from _repeated_confirmations(script)
    yield from _needless_slots(script)


def _advertising(script: ScriptDocument) -> Iterator[Finding]:
    for path, text in texts_to_customers(script):
        if found := _PROMOTIONAL.search(fold(text)):
            yield error("promotional", path, found=found[0])


def _repeated_confirmations(script: ScriptDocument) -> Iterator[Finding]:
    first, *more = [place for place, step in enumerate(script.script) if _confirms(step)] or [0]
    for place in more:
        yield error("second_confirmation", "script", place, "message", first=first + 1)


def _needless_slots(script: ScriptDocument) -> Iterator[Finding]:
    for name, slot in script.slots.items():
        if slot.required and slot.type not in _FINDS_CONTRACT:
            yield error("needless_slot", "slots", name, slot=name)


def _confirms(step: Step) -> bool:
    return step.kind == "confirm" or _CONFIRMING.search(fold(step.message)) is not None
