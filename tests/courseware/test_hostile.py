"""Whatever lies in the folder: diagnostics, never a traceback, never a script."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.courseware.trees import (
    CATALOGUE_TEXT,
    CLEAN,
    GLOSSARY_TEXT,
    GUIDE,
    MODULE,
    MODULE_TEXT,
    QUIZ,
    QUIZ_TEXT,
    SUPPORT_TEXT,
    TODAY,
    Swap,
    changed,
    compiled,
    html_in,
    places,
    write_tree,
)
from trainer.courseware import rules
from trainer.courseware.compiler import compile_tree
from trainer.courseware.diagnostics import PROBLEMS_PER_FILE, Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.render.scope import Scope, Target

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = {
    MODULE: MODULE_TEXT,
    QUIZ: QUIZ_TEXT,
    "catalogue.yaml": CATALOGUE_TEXT,
    "support.yaml": SUPPORT_TEXT,
    "glossary.md": GLOSSARY_TEXT,
}
SNIPPETS = ("///", "/// role | psw", "##", "## ", "{#a}", "[^", "](", "```", "- [x] ", "  > ", "---\n", "|---|", "<b>",
            "&#0;", "\t", "\x02", "\ufeff", "''", ": ", "- ", "[[[[", "****", "![](", "\\",
            "1. ", "\u2028")  # fmt: skip

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\\script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example)",
    "[x](https://a.ie\"onmouseover=alert(1)//)",
    "[x](<https://a.ie\" onmouseover=alert(1)>)",
    "[x](https://a.ie 'x\" onmouseover=\"alert(1)')",
    "![x](javascript:alert(1))",
    "![x\" onerror=\"alert(1)](images/two-notes.png)",
    "![x](images/two-notes.png 'x\" onerror=\"alert(1)')",
    "<javascript:alert(1)>",
    "<https://a.ie/\"onclick=alert(1)>",
    "[^goddu2018\"onclick=alert(1)]",
    "[^<script>]",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```html\n<script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "| <script> | b |\n|---|---|\n| <img onerror=x> | [x](javascript:1) |",
    "> <iframe src=javascript:alert(1)>",
    "- <details open ontoggle=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "*<script>*alert(1)*</script>*",
    "\\<script>alert(1)\\</script>",
    "<scr\\ipt>",
    "wzxhzdk:0 <script>",
)  # fmt: skip
TAG = re.compile(r"<[^>]*>")
DANGER = re.compile(
    r"<\s*/?\s*(?:script|iframe|svg|math|style|object|embed|form|input|base|meta|link)\b", re.IGNORECASE
)
ADDRESS = re.compile(r"(?:href|src)=\"([^\"]*)\"")
SAFE_ADDRESS = re.compile(r"https://|mailto:|tel:|/modules/|#source-")


def assert_harmless(html: str) -> None:
    assert not DANGER.search(html), html
    for tag in TAG.findall(html):
        assert not re.search(r"\s(?:on[a-z]+|style|srcdoc)\s*=", re.sub(r"\"[^\"]*\"", '""', tag), re.IGNORECASE), html
    for address in ADDRESS.findall(html):
        assert SAFE_ADDRESS.match(address), html


def renderer() -> Renderer:
    target = Target(frozenset({"next"}), is_draft=False)
    scope = Scope("first-steps", {"goddu2018": 1}, frozenset({"two-notes.png"}), {"first-steps": target})
    return Renderer(scope, Report(rules.TOO_MANY_PROBLEMS))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_survives_rendering(payload: str) -> None:
    assert_harmless(renderer().blocks("p", Passage(payload, 1)).html)
    assert_harmless(renderer().phrase("p", Passage(payload, 1)).html)


@given(st.lists(st.sampled_from((*PAYLOADS, *SNIPPETS, "a", " ", "\n", "\n\n", '"', ">")), max_size=12).map("".join))
@FUZZ
def test_no_mixture_of_payloads_survives_rendering(text: str) -> None:
    assert_harmless(renderer().blocks("p", Passage(text, 1)).html)


def test_glossary_definitions_are_escaped_where_they_pop_up(tmp_path: Path) -> None:
    entry = "## Lens\n\nResearch & *development* of `<script>`.\n"
    files = changed(Swap(MODULE, "Aoife reads the note", "A lens reads the note"), add={"glossary.md": entry})
    catalogue = compiled(tmp_path, files).catalogue
    assert catalogue is not None
    html = html_in(catalogue.modules[0].opening)
    assert "Research &amp; development of &lt;script&gt;." in html
    assert_harmless(html)


@given(path=st.sampled_from(sorted(TEXTS)), data=st.data())
@FUZZ
def test_mutated_text_never_raises(tmp_path: Path, path: str, data: st.DataObject) -> None:
    text = TEXTS[path]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=8))) + text[end:]
    check(tmp_path, path, text.encode("utf-8", "surrogatepass"))


@given(path=st.sampled_from(sorted(TEXTS)), data=st.binary(max_size=400))
@FUZZ
def test_arbitrary_bytes_never_raise(tmp_path: Path, path: str, data: bytes) -> None:
    check(tmp_path, path, data)


def check(root: Path, path: str, data: bytes) -> None:
    compilation = compiled(root, {**CLEAN, path: data})
    has_errors = any(one.severity == "error" for one in compilation.diagnostics)
    assert (compilation.catalogue is None) == has_errors
    for one in compilation.diagnostics:
        assert one.line >= 1
        assert str(one).isprintable() or "\n" in str(one)
        str(one).encode()


def test_a_missing_folder_is_a_diagnostic(tmp_path: Path) -> None:
    found = compile_tree(tmp_path / "nowhere", today=TODAY).diagnostics
    assert places(found) == {("TC001", ".", 1)}


def test_a_file_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write_tree(tmp_path)
    os.mkfifo(tmp_path / GUIDE)
    assert ("TC003", GUIDE, 1) in places(compile_tree(tmp_path, today=TODAY).diagnostics)


@pytest.mark.parametrize("path", [GUIDE, "modules/other", "modules/first-steps/images/secret.png"])
def test_symbolic_links_are_refused(tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("## Secret\n")
    root = write_tree(tmp_path / "content")
    (root / path).symlink_to(secret)
    compilation = compile_tree(root, today=TODAY)
    assert ("TC002", path, 1) in places(compilation.diagnostics)
    assert compilation.catalogue is None


def test_a_name_that_is_no_text_is_reported(tmp_path: Path) -> None:
    write_tree(tmp_path)
    try:
        (tmp_path / os.fsdecode(b"modules/first-steps/strange-\xff.md")).write_text("x")
    except OSError:
        pytest.skip("NOT TESTED: this file system refuses such names")
    found = compile_tree(tmp_path, today=TODAY).diagnostics
    assert [one.code for one in found] == ["TC003"]
    str(found[0]).encode()


def test_a_fault_of_the_markdown_library_is_a_diagnostic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_self: object, _text: str) -> str:
        raise RecursionError

    monkeypatch.setattr("markdown.Markdown.convert", stumble)
    found = compiled(tmp_path).diagnostics
    assert "TC012" in {one.code for one in found}


def test_one_file_cannot_fill_the_list(tmp_path: Path) -> None:
    found = compiled(tmp_path, changed(add={GUIDE: "<b>\n\n" * 2_900})).diagnostics
    assert len(found) == PROBLEMS_PER_FILE + 1
    assert found[-1].code == "TC011"


@pytest.mark.parametrize(
    "unit", ["[", "[a](", "*a_", "**", "`a``b", "<", "&", "\\*", "> ", "[^zz]", "|a", "- ", "!["], ids=repr
)
def test_pathological_paragraphs_are_refused_before_parsing(tmp_path: Path, unit: str) -> None:
    files = changed(Swap(MODULE, "The notes say the same.", "The notes.\n\n" + unit * (9_000 // len(unit))))
    assert {"TC008", "TC009"} & {one.code for one in compiled(tmp_path, files).diagnostics}
