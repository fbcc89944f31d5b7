"""The chat's colours in both themes, measured against WCAG 2.2 AA (contrast of relative luminance)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[3] / "frontend/widget/sheet.js"
TEXT, CONTROL = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PAIRS = [
    ("text", "surface", TEXT),
    ("text", "raised", TEXT),
    ("text", "tint", TEXT),
    ("text", "line", TEXT),
    ("quiet", "surface", TEXT),
    ("on-accent", "accent", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "raised", TEXT),
    ("error", "surface", TEXT),
    ("on-warn", "warn", TEXT),
    ("control", "surface", CONTROL),
    ("focus", "surface", CONTROL),
    ("accent", "surface", CONTROL),
]


def theme(name: str) -> dict[str, str]:
    light, dark = SHEET.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    colours = re.findall(r"--rt-([\w-]+): (#[0-9a-f]{6})", light if name == "light" else dark.split("*, *")[0])
    return dict(colours)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_everything_can_be_told_from_what_is_behind_it(name: str, front: str, back: str, least: float) -> None:
    colours = theme(name)

    assert contrast(colours[front], colours[back]) >= least


def test_both_themes_have_the_same_colours() -> None:
    assert set(theme("light")) == set(theme("dark"))


def test_the_contrast_of_black_and_white_is_the_known_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_people_who_ask_for_less_motion_more_contrast_or_own_colours_are_heard() -> None:
    sheet = SHEET.read_text(encoding="utf-8")

    assert all(f"@media ({wish}" in sheet for wish in ("prefers-reduced-motion", "prefers-contrast", "forced-colors"))
