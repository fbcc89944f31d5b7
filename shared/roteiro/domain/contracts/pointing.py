"""Words that speak of a company that was named before: "e o maior contrato dela?"."""

import re

from roteiro.domain.message import fold

__all__ = ["names_company", "points_back"]

_COMPANY = (
    r"(?:fornecedora?|empresa|construtora|firma|contratada|companhia|supplier|vendor|contractor|company|proveedora?|"
    r"cnpj)"
)
_THIS = (
    r"(?:[dn]?ess[ae]|[dn]?est[ae]|[dn]?aquel[ae]|d?[ao] mesm[ao]|th(?:is|at)|the same|the|la misma|el mismo|es[ea])"
)
_SAME = re.compile(rf"\b{_THIS}(?: mesm[ao])? {_COMPANY}\b(?! [0-9])")
_BACK = re.compile(r"\b(?:[dn]?el[ae]|its|they|their|them|sus?|ella|de el|con el|a el)\b(?! (?:contrato|gasto)s? d)")


def points_back(words: str) -> bool:
    """Say whether words speak of somebody who was named before.

    >>> points_back("e o maior contrato dela?"), points_back("e o maior contrato da Saúde?")
    (True, False)
    """
    return _BACK.search(fold(words)) is not None or names_company(words)


def names_company(words: str) -> bool:
    """Say whether it is a company of which words speak so: "dessa empresa", whatever was named last."""
    return _SAME.search(fold(words)) is not None
