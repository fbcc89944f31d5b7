"""The documents say what is: links lead somewhere, generated pages are fresh, the README shows what works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("benchmarks/**/*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]

    broken = [link for link in links if not (page.parent / link).exists()]

    assert not broken


def test_the_tour_has_links() -> None:
    assert len(LINK.findall((ROOT / "docs/tour.md").read_text("utf-8"))) > 15


def test_generated_documents_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "infra/write_docs.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'shared'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_decisions_are_short_dated_and_numbered_without_gaps_in_form() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))

    assert len(pages) >= 6
    for page in pages:
        lines = page.read_text("utf-8").splitlines()
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)
        assert lines[0].startswith(f"# {page.name[:4]}: ")
        assert any(line.startswith("Date: 20") for line in lines)
        assert len(lines) <= 45


def test_nothing_in_the_repository_names_a_machine_or_a_registry() -> None:
    hosts = ("pypi" + ".org", "npmjs" + ".org", "/wo" + "rk/", "/ro" + "ot/")
    for path in [*ROOT.glob("shared/**/*.py"), *ROOT.glob("tests/**/*.py"), *PAGES, ROOT / "requirements.txt"]:
        words = path.read_text("utf-8")
        assert not any(host in words for host in hosts), path
