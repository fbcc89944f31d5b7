"""Sensitive values as they are shown: enough to recognise one's own, too little to use."""

import re

from roteiro.domain.values.documents import is_cpf

__all__ = ["SENSITIVE", "masked", "without_cpfs"]

# The types that are sensitive unless the script says otherwise (specs: slots).
SENSITIVE = frozenset("cpf cnpj cpf_or_cnpj phone_br email cep plate policy_number".split())
_CPF_LENGTH = 11
_SHOWN_END = 3  # characters of a policy number that stay
# Letters may touch it ("CPF52998224725"), digits may not: a longer number is another one.
_CPF = re.compile(r"(?<![0-9])[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}[ ./-]{0,3}[0-9]{2}(?![0-9])")


def masked(kind: str, stored: str) -> str:
    """Return a stored value of a sensitive kind with most of it hidden; of any other kind, only stars.

    >>> masked("cpf", "52998224725"), masked("phone_br", "+5511987654321"), masked("email", "ana@exemplo.com.br")
    ('***.982.247-**', '(11) *****-4321', 'a***@exemplo.com.br')
    """
    if kind in ("cpf", "cnpj", "cpf_or_cnpj"):
        return _document(stored)
    if kind == "phone_br":
        return f"({stored[3:5]}) {'*' * (len(stored) - 9)}-{stored[-4:]}"
    if kind == "email":
        local, _, domain = stored.rpartition("@")
        return f"{local[:1]}***@{domain}"
    if kind == "cep":
        return f"{stored[:5]}-***"
    if kind == "plate":
        return f"{stored[:3]}****"
    return f"***{stored[-_SHOWN_END:]}" if kind == "policy_number" and len(stored) > _SHOWN_END else "***"


def without_cpfs(text: str) -> str:
    """Return a text of somebody else's with each valid CPF in it masked: firms of one person are named with theirs.

    >>> without_cpfs("JOSE DA SILVA 52998224725"), without_cpfs("processo 52998224726")
    ('JOSE DA SILVA ***.982.247-**', 'processo 52998224726')
    """
    return _CPF.sub(_masked_cpf, text)


def _masked_cpf(found: re.Match[str]) -> str:
    digits = re.sub("[^0-9]", "", found[0])
    return masked("cpf", digits) if is_cpf(digits) else found[0]


def _document(stored: str) -> str:
    if len(stored) == _CPF_LENGTH:
        return f"***.{stored[3:6]}.{stored[6:9]}-**"
    return f"**.{stored[2:5]}.{stored[5:8]}/{stored[8:12]}-**"
