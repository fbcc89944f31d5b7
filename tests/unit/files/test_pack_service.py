"""What pack.yaml says of its people, and what is refused in it."""

from pathlib import Path

import pytest

from roteiro.domain.hours import Holiday, Hours
from roteiro.errors import InvalidRequest
from roteiro.files.packs.folders import read_pack

WEEK = 'hours: {timezone: America/Sao_Paulo, weekdays: {mon: ["08:00-18:00"]}'
HOLIDAY = "holidays: [{date: %s, name: Natal, source: Lei 662/1949}]"


def a_folder(tmp_path: Path, about: str) -> Path:
    folder = tmp_path / "loja"
    folder.mkdir()
    (folder / "pack.yaml").write_text(f"name: loja\n{about}\n", encoding="utf-8")
    return folder


def test_a_pack_says_hours_holidays_queues_model_and_whether_the_sac_decree_holds(tmp_path: Path) -> None:
    holiday = HOLIDAY % "12-25"
    about = f"{WEEK}, {holiday}}}\nqueues: [padrao, vip]\nllm: assist\nsac: true"

    pack = read_pack(a_folder(tmp_path, about)).pack

    christmas = Holiday("12-25", "Natal", "Lei 662/1949")
    assert pack.hours == Hours("America/Sao_Paulo", {"mon": ["08:00-18:00"]}, [christmas])
    assert (pack.queues, pack.llm, pack.is_sac) == (("padrao", "vip"), "assist", True)


@pytest.mark.parametrize("about", ["title: Loja", "llm: off"])
def test_a_pack_that_says_nothing_is_always_open_and_has_no_model(tmp_path: Path, about: str) -> None:
    pack = read_pack(a_folder(tmp_path, about)).pack

    assert (pack.hours, pack.queues, pack.llm, pack.is_sac) == (None, (), "", False)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("hours: {timezone: Europe/Lisbon, weekdays: {mon: ['08:00-18:00']}}", "hours.timezone is not right"),
        ("hours: {timezone: America/Sao_Paulo, weekdays: {}}", "hours.weekdays"),
        ("hours: {timezone: America/Sao_Paulo, weekdays: {mon: []}}", "hours.weekdays.mon"),
        ("hours: {timezone: America/Sao_Paulo, weekdays: {seg: ['08:00-18:00']}}", "hours.weekdays.seg"),
        ("hours: {timezone: America/Sao_Paulo, weekdays: {mon: ['8-18']}}", "hours.weekdays.mon.0"),
        ("hours: {timezone: America/Sao_Paulo, weekdays: {mon: ['18:00-08:00']}}", "hours.weekdays.mon.0"),
        ("hours: {timezone: America/Sao_Paulo, weekdays: {mon: ['25:00-26:00']}}", "hours.weekdays.mon.0"),
        (f"{WEEK}, {HOLIDAY % '12-32'}}}", "hours.holidays.0.date"),
        (f"{WEEK}, {HOLIDAY % '25/12'}}}", "hours.holidays.0.date"),
        (f"{WEEK}, holidays: [{{date: 12-25, name: Natal}}]}}", "hours.holidays.0.source"),
        (f"{WEEK}, feriados: []}}", "hours.feriados"),
        ("queues: [Fila Um]", "queues.0"),
        ("llm: on", "llm is not right: not_a_choice"),
        ("sac: yes", "sac is not right"),
    ],
)
def test_what_is_wrong_with_a_packs_hours_is_named_with_its_file(tmp_path: Path, about: str, said: str) -> None:
    with pytest.raises(InvalidRequest, match=r"pack\.yaml") as refused:
        read_pack(a_folder(tmp_path, about))

    assert said in str(refused.value)
