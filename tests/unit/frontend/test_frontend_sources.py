"""What the front end's own files promise: no way from text to markup, no foreign address, small, one-way imports."""

import gzip
import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[3] / "frontend"
SOURCES = sorted(path for path in FRONTEND.rglob("*") if path.suffix in {".js", ".html", ".css"})
SCRIPTS = [path for path in SOURCES if path.suffix == ".js"]
WIDGET = [path for path in SCRIPTS if path.parent.name in {"common", "widget", "texts"}]
# fetched when a language is chosen, and after the first answer
LATER = {"en.js", "es.js", "follower.js", "eraser.js", "erasing.js"}
MOST_FILES = 10  # specified for the unbuilt widget
MOST_GZIPPED = 18_000  # bytes, specified for the unbuilt widget

SINKS = re.compile(
    r"""innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|createContextualFragment|DOMParser|srcdoc
    |\beval\b|new\s+Function|\bunsafeHTML\b|javascript:|\bstyle\s*=|cssText|["']style["']\s*[:,]
    |<[^>]+\son\w+\s*=|createPolicy|postMessage|set(?:Timeout|Interval)\(\s*["'`]""",
    re.VERBOSE,
)
SENTENCE = re.compile(r"""(["'`])[A-ZÀ-Ú][a-zà-ú]+(?:,?\s+[a-zà-ú]+)+[^"'`]*\1""")
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")
FOREIGN = re.compile(r"https?://(?!www\.w3\.org/2000/svg\b)|[\"'(]//")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(FRONTEND).as_posix()


def code_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_file_can_turn_text_into_markup_or_code(path: Path) -> None:
    assert SINKS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "bubble.innerHTML = text",
        "bubble.insertAdjacentHTML('beforeend', text)",
        "document.write(text)",
        "eval(text)",
        "new Function(text)()",
        "setTimeout('act()', 10)",
        '<img src="x" onerror="act()">',
        '<p style="color: red">',
        'h("p", {"style": "color: red"})',
        'a.href = "javascript:act()"',
    ],
)
def test_the_check_for_sinks_can_fail(line: str) -> None:
    assert SINKS.search(line)


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_file_names_a_foreign_host(path: Path) -> None:
    assert FOREIGN.findall(code_of(path)) == []


@pytest.mark.parametrize(
    "line", ['fetch("https://cdn.example/x.js")', "url(//fonts.example/a)", 'src="http://a.example"']
)
def test_the_check_for_foreign_hosts_can_fail(line: str) -> None:
    assert FOREIGN.search(line)


@pytest.mark.parametrize("path", [path for path in SCRIPTS if path.parent.name in {"widget", "console"}], ids=named)
def test_what_people_read_stands_in_the_texts_and_not_in_the_views(path: Path) -> None:
    known = {"Quero falar com um atendente", "Quero reclamar", "Quero cancelar"}  # words for the server, not for people

    found = {match[0][1:-1] for match in SENTENCE.finditer(code_of(path))}

    assert found <= known


def test_the_check_for_sentences_can_fail() -> None:
    assert SENTENCE.search('h("p", {}, "Escreva sua mensagem")')


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_every_script_opens_by_saying_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("/** ")


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_every_script_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_imports_are_files_of_ours_and_go_one_way(path: Path) -> None:
    area = path.relative_to(FRONTEND).parts[0]

    targets = [(path.parent / name).resolve() for name in IMPORT.findall(code_of(path))]

    assert all(target.is_file() for target in targets)
    assert {target.relative_to(FRONTEND).parts[0] for target in targets} <= {area, "common"}


def test_the_state_is_pure() -> None:
    code = code_of(FRONTEND / "widget/state.js")

    assert not re.search(r"\b(import|document|window|fetch|localStorage|Date|Math\.random|crypto|await)\b", code)


def test_the_unbuilt_widget_stays_within_its_budget() -> None:
    loaded = [path for path in WIDGET if path.name not in LATER]

    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded)

    assert len(loaded) <= MOST_FILES
    assert size <= MOST_GZIPPED


def test_the_page_works_under_its_policy_and_without_javascript() -> None:
    page = (FRONTEND / "demo/page.html").read_text(encoding="utf-8")

    assert '<link rel="icon" href="data:,">' in page
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)", page)
    noscript = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert noscript
    assert all(tag in noscript[1] for tag in ("<p>", '<p lang="en">', '<p lang="es">'))


def test_everything_the_page_loads_exists() -> None:
    page = (FRONTEND / "demo/page.html").read_text(encoding="utf-8")

    loaded = re.findall(r'(?:src|href)="/front/([^"]+)"', page)

    assert "widget/index.js" in loaded
    assert all((FRONTEND / path).is_file() for path in loaded)
