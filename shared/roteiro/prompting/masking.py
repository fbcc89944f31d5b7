"""Personal data leaves no prompt: e-mail addresses, plates and long numbers become typed placeholders."""

import re

__all__ = ["mask"]

# Bounded and without nested repetition, so that a hostile text costs linear time.
_PATTERNS = (
    ("<EMAIL>", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("<PLATE>", re.compile(r"\b[A-Za-z]{3}[ -]?\d[A-Za-z0-9]\d{2}\b")),
    ("<CNPJ>", re.compile(r"\b[0-9A-Za-z]{2}\.[0-9A-Za-z]{3}\.[0-9A-Za-z]{3}/[0-9A-Za-z]{4}-\d{2}\b")),
    # CPF, phone, card, CEP, policy: seven digits or more, however they are grouped
    ("<NUMBER>", re.compile(r"\+?\(?\d(?:[\s.,()/_\u2010-\u2015-]{0,3}\d){6,24}")),
)


def mask(text: str) -> str:
    """Return the text with personal data replaced.

    >>> mask("meu CPF é 529.982.247-25 e o e-mail ana@exemplo.com.br")
    'meu CPF é <NUMBER> e o e-mail <EMAIL>'
    """
    for placeholder, pattern in _PATTERNS:
        text = pattern.sub(placeholder, text)
    return text
