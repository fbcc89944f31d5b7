"""CPFs in what others wrote: masked where they are valid, and nothing else is touched."""

import pytest

from roteiro.domain.values.masking import without_cpfs

_MASKED = "***.982.247-**"


@pytest.mark.parametrize(
    "written",
    ["52998224725", "529.982.247-25", "529 982 247 25", "529982247/25", "529.982.247 - 25", "529982247-25"],
)
@pytest.mark.parametrize("around", ["{}", "JOSE DA SILVA {}", "{} MEI", "CPF{}.", "({})", "nº {}, e mais"])
def test_a_valid_cpf_is_masked_however_it_is_written(written: str, around: str) -> None:
    assert without_cpfs(around.format(written)) == around.format(_MASKED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "52998224726",
        "11111111111",
        "CNPJ 33.000.167/0001-01",
        "33000167000101",
        "152998224725",
        "529982247250",
        "Processo 23000.012345/2024-11",
        "Lei 14.133/2021, artigo 75",
        "***.982.247-**",
        "52.998.224 JOSE DA SILVA",
        "Empenhos 529, 982, 247 e 25",
    ],
)
def test_what_is_no_cpf_stays(text: str) -> None:
    assert without_cpfs(text) == text


def test_each_of_several_is_masked() -> None:
    assert without_cpfs("52998224725 e 529.982.247-25") == f"{_MASKED} e {_MASKED}"
