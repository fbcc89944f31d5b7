"""YAML as authors write it and as attackers send it."""

import pytest

from roteiro.files.packs.yaml_rows import read_yaml, write_yaml


def only_fault(text: str) -> str:
    (row,) = read_yaml(text)
    (fault,) = row.faults
    return fault.code


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("off", "off"),
        ("no", "no"),
        ("sim", "sim"),
        ("12:30", "12:30"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T15:00:00-03:00", "2026-11-20T15:00:00-03:00"),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        ("true", True),
        ("False", False),
        ("101", 101),
        ("-3", -3),
        ("0.5", 0.5),
        ("~", None),
        ("", None),
        ('"0"', "0"),
    ],
)
def test_a_word_is_what_a_person_means_by_it(written: str, meant: object) -> None:
    (row,) = read_yaml(f"a: {written}\n")

    assert row.document == {"a": meant}
    assert type(row.document["a"]) is type(meant)


def test_each_document_is_a_row_and_knows_the_line_of_every_path() -> None:
    first, second = read_yaml("a: 1\n---\nscript:\n  - step: 1\n    message: oi\n")

    assert (first.number, first.line, second.number, second.line) == (1, 1, 2, 3)
    assert second.line_of("script.0.message") == 5
    assert second.line_of("script.0.message.nothing.there") == 5
    assert second.line_of("slots.cpf") == 3


def test_aliases_and_merged_keys_are_read() -> None:
    (row,) = read_yaml("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n")

    assert row.document == {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}}


def bomb(levels: int, width: int) -> str:
    lines = ["l0: &l0 lol"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(9, 9), "too_many_aliases"),
        ("a: &a b\nc: [" + ", ".join(["*a"] * 1001) + "]", "too_many_aliases"),
        ("a: &a [*a]", "too_deep"),
        ("[" * 18 + "]" * 18, "too_deep"),
        ("a: 1\nb: 2\na: 3\n", "key_twice"),
        ("? [a]\n: 1\n", "bad_value"),
        ("a: !!python/object:os.system x", "bad_value"),
        ("a: " + "9" * 5000, "bad_value"),
        ("a: [1\n", "bad_syntax"),
        ("a: \x07", "bad_syntax"),
        ("a: *nobody", "bad_syntax"),
    ],
    ids=["bomb", "1001 aliases", "ring", "depth", "twice", "key", "tag", "digits", "open", "bell", "no anchor"],
)
def test_what_is_no_plain_data_is_refused(text: str, code: str) -> None:
    assert only_fault(text) == code


def test_a_thousand_aliases_are_read() -> None:
    (row,) = read_yaml("a: &a b\nc: [" + ", ".join(["*a"] * 1000) + "]")

    assert len(row.document["c"]) == 1000


def test_nesting_without_end_is_refused_and_not_followed() -> None:
    rows = list(read_yaml("[" * 100_000))

    assert rows[0].faults[0].code in ("bad_syntax", "too_deep")


def test_documents_before_a_slip_are_read_and_the_slip_is_placed() -> None:
    good, bad = read_yaml("a: 1\n---\nb: 'open\n")

    assert good.document == {"a": 1}
    assert (bad.number, bad.faults[0].code, dict(bad.faults[0].facts)["line"]) == (2, "bad_syntax", "4")


def test_a_repeated_part_is_written_out() -> None:
    part = {"b": 1}

    assert "&" not in write_yaml([{"a": part, "c": part}])
