"""The platform keeps its own advice: its screens, letters, errors and documents pass the language lens."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.language.loading import load_lens
from trainer.language.matcher import Lens
from trainer.language.readers import text_document

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "trainer"
LENS = load_lens(ROOT / "content" / "lexicon.yaml")
# (file, entry): why the word is right there. One that nothing needs any longer fails the test.
ALLOWED: dict[tuple[str, str], str] = {
    ("trainer/web/pages/gallery.py", "attention-seeking"): "the line of a rewrite, shown as a quotation",
    ("trainer/web/pages/samples.py", "kicking-off"): "the line of a rewrite and the left column of a match",
}
# Lists of words, not sentences.
NO_SENTENCES = {"trainer/language/vocabulary.py"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|title|placeholder|content|value)="([^"]*)"')
TAG = re.compile(r"<[^<>]*>")
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)

Found = tuple[str, str, str]


def sentences_of_template(text: str) -> Iterator[str]:
    """Text between tags, attributes that are read out, and the sentences inside expressions."""
    for expression in JINJA.findall(text):
        if not expression.startswith("{#"):
            yield from (one or other for one, other in LITERAL.findall(expression))
    bare = SCRIPT.sub(" ", JINJA.sub(" … ", text))
    yield from SPOKEN_ATTRIBUTE.findall(bare)
    yield TAG.sub(" ", bare)


def sentences_of_python(text: str) -> Iterator[str]:
    """Every string of two words or more that is neither a docstring nor a pattern; what varies becomes “…”."""
    tree = ast.parse(text)
    parts = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }  # of an f-string, which is read as a whole
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            found = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | docstrings:
            found = node.value
        else:
            continue
        if " " in found.strip() and "\\" not in found:
            yield found


def everything() -> Iterator[tuple[str, str]]:
    """(where, text) of all that we say to people outside the modules, which the content checker looks at."""
    for path in sorted(PACKAGE.rglob("*.html")):
        yield name_of(path), "\n\n".join(sentences_of_template(path.read_text(encoding="utf-8")))
    for path in sorted(PACKAGE.rglob("*.py")):
        if name_of(path) not in NO_SENTENCES:
            yield name_of(path), "\n\n".join(sentences_of_python(path.read_text(encoding="utf-8")))
    for path in sorted(PACKAGE.rglob("*.js")):
        literals = (one or other for one, other in LITERAL.findall(path.read_text(encoding="utf-8")))
        yield name_of(path), "\n\n".join(one for one in literals if one.count(" ") > 1)
    for path in [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "content" / "README.md"]:
        yield name_of(path), path.read_text(encoding="utf-8")
    for name in ("support.yaml", "catalogue.yaml"):
        lines = (ROOT / "content" / name).read_text(encoding="utf-8").splitlines()
        yield f"content/{name}", "\n\n".join(line.partition(": ")[2].strip("\"' ") for line in lines)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nudges(where: str, text: str, lens: Lens = LENS) -> list[Found]:
    """(where, entry, what is written) for each finding worth a nudge."""
    look = text_document(text, "markdown" if where.endswith(".md") else "text").look(lens)
    return [(where, one.entry, one.text) for one in look.findings if one.severity != "discuss"]


def test_what_we_say_to_people_passes_the_lens() -> None:
    found = [one for where, text in everything() for one in nudges(where, text)]
    assert [one for one in found if one[:2] not in ALLOWED] == []
    assert {one[:2] for one in found} >= set(ALLOWED), "an exception that nothing needs"


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("a.html", "<p>For <em>difficult</em> patients{# no #}</p>"),
        ("a.html", '{{ _("He is manipulative.") }}'),
        ("a.html", '<img alt="A manipulative man">'),
        ("a.py", 'raise Invalid("He was manipulative.")'),
        ("a.py", 'said(f"{name} lacks insight.")'),
        ("a.py", '"""Docstring."""\n\nTEXT = "the non-compliant man"'),
        ("a.md", "# Title\n\nThe non-compliant man.\n"),
    ],
)
def test_a_planted_word_is_found(where: str, text: str) -> None:
    sentences = {"html": sentences_of_template, "py": sentences_of_python}.get(where.partition(".")[2])
    assert nudges(where, "\n\n".join(sentences(text)) if sentences else text)


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("a.html", "{# for difficult patients #}<p class='manipulative'>Yes</p>"),
        ("a.html", "<p>“He is manipulative,” says the note.</p>"),
        ("a.py", '"""He is manipulative."""'),
        ("a.py", 'KEY = "manipulative"'),
        ("a.md", "`He is manipulative.`\n\n> He is manipulative.\n"),
    ],
)
def test_comments_names_and_quotations_are_no_sentences_of_ours(where: str, text: str) -> None:
    sentences = {"html": sentences_of_template, "py": sentences_of_python}.get(where.partition(".")[2])
    assert nudges(where, "\n\n".join(sentences(text)) if sentences else text) == []


def test_the_lexicon_keeps_its_own_advice() -> None:
    """Loading refuses alternatives and examples that are flagged; here is the rest of what it says itself."""
    lexicon = LENS.lexicon
    said = [lexicon.status, *lexicon.severity_levels.values(), *lexicon.categories.values()]
    said += [change.what for change in lexicon.changes]
    assert [one for text in said for one in nudges("lexicon", text)] == []
