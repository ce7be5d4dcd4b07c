"""Plain text, Markdown and Word: what is prose is looked at, what is not is left out, what is hostile is refused."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import Invalid
from trainer.language import docx
from trainer.language.markdown import not_prose
from trainer.language.matcher import MOST_CHARACTERS, Lens
from trainer.language.quotations import extents, quotations
from trainer.language.readers import MOST_BYTES, kind_of, read_document, text_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, head: str = "", name: str = docx.PART) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def paragraph(*texts: str, style: str = "") -> str:
    runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>' if style else f"<w:p>{runs}</w:p>"


def places(lens: Lens, text: str) -> list[int]:
    document = text_document(text, "markdown")
    return [document.line_of(one) for one in document.look(lens).findings]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntitle: lunatic\n---\nlunatic\n", [4]),
        ("```\nlunatic\n```\nlunatic", [4]),
        ("~~~~\nlunatic\n~~~\nlunatic\n~~~~\nlunatic", [6]),
        ("```\nlunatic never closed", []),
        ("A `lunatic` and a lunatic", [1]),
        ("A ``lunatic ` lunatic`` end", []),
        ("A stray ` and a lunatic", [1]),
        ("A stray ` here\n\nlunatic ` there", [3]),
        ("<!-- lunatic -->\nlunatic", [2]),
        ("<!-- never closed lunatic", []),
        ('<img alt="lunatic"> lunatic', [1]),
        ("[see](https://x.ie/lunatic) lunatic", [1]),
        ("[lunatic](target)", [1]),
        ("[one]: https://x.ie/lunatic\n\nlunatic", [3]),
        ("> lunatic\nlunatic lazily\n\nlunatic", [4]),
        ("- > lunatic\n- lunatic", [2]),
        ("> lunatic\n- lunatic", [2]),
        ("Text\n\n    lunatic code\n\nlunatic", [5]),
        ("- item\n\n    lunatic in the item", [3]),
        ("# A lunatic heading {#lunatic}", [1]),
        ("/// rewrite | lunatic\nlunatic\n///", [2]),
    ],
)
def test_markdown_that_is_no_prose_is_left_out(lens: Lens, text: str, lines: list[int]) -> None:
    assert places(lens, text) == lines


def test_word_paragraphs_are_lines_and_phrases_join_across_runs(lens: Lens) -> None:
    data = word(
        paragraph("Éabha came.")
        + paragraph()
        + paragraph("She lacks ", "in", "sight.")
        + paragraph("lunatic", style="IntenseQuote")
        + "<w:p><w:del><w:r><w:delText>lunatic</w:delText></w:r></w:del>"
        + "<w:r><w:t>poor</w:t><w:br/><w:t>insight</w:t></w:r></w:p>"
    )
    document = read_document(data, "docx")
    found = [(document.line_of(one), one.column, one.text) for one in document.look(lens).findings]
    assert found == [(3, 5, "lacks insight"), (5, 1, "poor insight")]


def test_a_quotation_in_word_ends_with_its_paragraph(lens: Lens) -> None:
    document = read_document(word(paragraph("“never closed lunatic") + paragraph("lunatic")), "docx")
    assert [document.line_of(one) for one in document.look(lens).findings] == [2]


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no Word document"),
        (b"PK\x03\x04 nothing", "no Word document"),
        (word("", name="other.xml"), "no text"),
        (word("<w:p>"), "broken"),
        (word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head=BOMB), "declarations"),
        (word("", head='<!DOCTYPE d SYSTEM "file:///etc/passwd">'), "declarations"),
        (word("<w:a>" * 300 + "</w:a>" * 300), "too deep"),
        (word(paragraph("x" * 600_000)), "too long"),
        (word("<w:p/>" * 600_000), "too many paragraphs"),
    ],
)
def test_a_hostile_word_document_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said) as caught:
        read_document(data, "docx")
    assert caught.value.remedy


def test_a_word_document_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_XML_BYTES", 1_000)
    with pytest.raises(Invalid, match="unpacked"):
        read_document(word(" " * 100_000), "docx")
    monkeypatch.setattr(docx, "MOST_PARTS", 0)
    with pytest.raises(Invalid, match="parts"):
        read_document(word(""), "docx")


def test_text_is_read_in_the_encodings_that_people_have(lens: Lens) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        document = read_document("Se\u00e1n: “kind”.\r\nlunatic".encode(encoding), "text")
        assert document.text == "Se\u00e1n: “kind”.\nlunatic"
    for data in (b"\x00\x01\x02", b"\xff\xfe\x00", b"\x81\x8d\x8f"):
        with pytest.raises(Invalid, match="no text file"):
            read_document(data, "text")


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(Invalid, match="over 24 MB"):
        read_document(b" " * (MOST_BYTES + 1), "text")
    with pytest.raises(Invalid, match="characters"):
        read_document(b"a" * (MOST_CHARACTERS + 1), "markdown")


@pytest.mark.parametrize(("name", "kind"), [("a.MD", "markdown"), ("a.docx", "docx"), ("-", "text"), ("a.txt", "text")])
def test_the_name_tells_the_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("a “b” c", ["“b”"]),
        ("a “b\n\nc” d", ["“b"]),
        ("a “b ‘c’ d” e", ["“b ‘c’ d”"]),
        ('a "b" c "d', ['"b"', '"d']),
        ('a 5" cut and a 3" cut', []),
        ('a "5" b', ['"5"']),
        ("it's the patients' tea", []),
        ("it’s the patients’ tea", []),
        ("‘it’s so’ she said", ["‘it’s so’"]),
        ("‘the patients’ tea’ b", ["‘the patients’ tea’"]),
        ("‘never closed\n\nb", ["‘never closed"]),
        ("'so it is' b", ["'so it is'"]),
        ("'never closed by rock 'n roll", []),
        ("„so“ b «c» d", ["„so“", "«c»"]),
        ("» b", []),
        ("a\n> b\nc", ["> b"]),
        ("”“”“", ["“”“"]),
    ],
)
def test_quotations_are_bounded(text: str, quoted: list[str]) -> None:
    found = quotations(text)
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == quoted


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8), st.integers(0, 41))
def test_extents_hold_what_any_of_them_holds(given_extents: list[tuple[int, int]], offset: int) -> None:
    found = extents(given_extents)
    assert found.holds(offset) == any(start <= offset < end for start, end in given_extents)
    assert all(end < start for end, start in zip(found.ends, found.starts[1:], strict=False))


@given(st.text(alphabet="`~>-<!a \n[](){}#/:\t1.", max_size=120))
def test_markdown_of_any_kind_is_read(text: str) -> None:
    found = extents(not_prose(text))
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert all(first <= second for first, second in pairwise(found.starts))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for kind in ("text", "markdown", "docx"):
        try:
            assert isinstance(read_document(data, kind).text, str)
        except Invalid:
            continue
