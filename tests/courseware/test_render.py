"""The HTML that templates and styles rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.courseware.trees import GLOSSARY_TEXT, MODULE, QUIZ, Swap, changed, clean_catalogue, first_steps, html_in
from trainer.courseware.parts import Lenses, Reflection, RewriteTask

PLACE = "The notes say the same."
CITE = '<a class="cite" href="#source-{}"><span class="visually-hidden">Source </span>{}</a>'


def html_of(root: Path, words: str) -> str:
    """The first section with these words in place of its first sentence."""
    return html_in(first_steps(root, Swap(MODULE, PLACE, words)).sections[0].parts)


def test_the_opening_and_the_sections_come_apart(tmp_path: Path) -> None:
    module = first_steps(tmp_path)
    assert html_in(module.opening) == "<p>Aoife reads the note at eight. She stops at one word.</p>"
    assert [(section.id, section.title) for section in module.sections] == [
        ("two-notes", "Two notes"),
        ("next", "What next"),
    ]


def test_headings_rise_by_one_because_the_section_title_is_the_page_heading(tmp_path: Path) -> None:
    module = first_steps(tmp_path, Swap(MODULE, "| Word | Effect |", "#### Deeper\n\n| Word | Effect |"))
    html = html_in(module.sections[0].parts)
    assert "<h2>A closer look</h2>" in html
    assert "<h3>Deeper</h3>" in html


def test_a_citation_is_numbered_by_the_front_matter(tmp_path: Path) -> None:
    second = "    text: Goddu et al. 2018\n  - id: kelly2010\n    text: Kelly 2010\n"
    module = first_steps(
        tmp_path,
        Swap(MODULE, "    text: Goddu et al. 2018\n", second),
        Swap(MODULE, PLACE, "First.[^kelly2010] Again.[^kelly2010]"),
    )
    assert CITE.format("kelly2010", 2) in html_in(module.sections[0].parts)
    assert CITE.format("goddu2018", 1) in html_in(module.sections[0].parts)
    assert module.sections[0].source_ids == ("kelly2010", "goddu2018")
    assert module.sections[1].source_ids == module.opening_source_ids == ()
    assert [(source.id, source.number) for source in module.sources] == [("goddu2018", 1), ("kelly2010", 2)]


def test_links_lead_to_pages_of_the_site(tmp_path: Path) -> None:
    links = "[a](#next) [b](../first-steps/module.md) [c](../first-steps/module.md#two-notes)"
    html = html_of(tmp_path, f"{links} [d](https://example.org/a?b=1&c=2) [e](tel:+353112) [f](mailto:a@example.org)")
    for address in (
        "/modules/first-steps/sections/next",
        "/modules/first-steps/",
        "/modules/first-steps/sections/two-notes",
        "https://example.org/a?b=1&amp;c=2",
        "tel:+353112",
        "mailto:a@example.org",
    ):
        assert f'href="{address}"' in html


def test_a_picture_has_its_address_and_its_words(tmp_path: Path) -> None:
    catalogue = clean_catalogue(tmp_path)
    assert 'src="/modules/first-steps/images/two-notes.png"' in html_in(catalogue.modules[0].sections[0].parts)
    assert 'alt="Two notes on a desk"' in html_in(catalogue.modules[0].sections[0].parts)
    image = catalogue.images["first-steps", "two-notes.png"]
    assert (image.media_type, len(image.digest)) == ("image/png", 64)


def test_a_table_scrolls_by_itself_and_its_heads_say_what_they_head(tmp_path: Path) -> None:
    html = html_in(first_steps(tmp_path).sections[0].parts)
    wrapper = html[html.index('<div aria-label="Table: Word, Effect"') :].partition("<table>")[0]
    assert 'class="table-scroll"' in wrapper
    assert 'role="region"' in wrapper
    assert 'tabindex="0"' in wrapper
    assert html.count('<th scope="col">') == 2


@pytest.mark.parametrize("html", ["<b>", "<em>x</em>", "5 < 6 & 7 > 3"])
def test_what_looks_like_html_in_code_is_shown_as_it_is_written(tmp_path: Path, html: str) -> None:
    shown = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<code>{shown}</code>" in html_of(tmp_path, f"`{html}`")


def test_quotes_stay_as_they_are_written(tmp_path: Path) -> None:
    assert """He said "don't" -- and “so”...""" in html_of(tmp_path, """He said "don't" -- and “so”...""")


def test_neighbouring_roles_are_one_part_and_a_single_one_is_another(tmp_path: Path) -> None:
    together = [part for part in first_steps(tmp_path).sections[0].parts if isinstance(part, Lenses)]
    assert [[lens.role for lens in part.lenses] for part in together] == [["psw", "clinician"]]
    swap = Swap(MODULE, "/// role | clinician", "Between.\n\n/// role | leader")
    apart = [part for part in first_steps(tmp_path, swap).sections[0].parts if isinstance(part, Lenses)]
    assert [[lens.role for lens in part.lenses] for part in apart] == [["psw"], ["leader"]]


def test_voices_are_parts_in_the_order_of_reading(tmp_path: Path) -> None:
    parts = first_steps(tmp_path).sections[1].parts
    kinds = [part.kind for part in parts if part.kind != "prose"]
    assert kinds == ["reflect", "rewrite", "try"]
    reflection = next(part for part in parts if isinstance(part, Reflection))
    assert reflection.name == "first-thought"
    rewrite = next(part for part in parts if isinstance(part, RewriteTask))
    assert rewrite.html.startswith("<blockquote>")
    assert "Rewrite the line." in rewrite.html
    assert rewrite.models_html.startswith("<ul>")
    assert "<ul>" not in rewrite.html


def test_the_first_mention_of_a_term_in_a_section_opens_its_definition(tmp_path: Path) -> None:
    html = html_of(tmp_path, "A Peer support\nworker met a peer support worker. Lenses are not a lens.")
    button = '<button type="button" class="term" popovertarget="term-{}">{}</button>'
    assert html.count("<button") == 2
    assert button.format("peer-support-worker", "Peer support\nworker") in html
    assert f"Lenses are not a {button.format('lens', 'lens')}." in html
    words = "<strong>Lens</strong> A way to look again at words."
    assert f'\n<span popover id="term-lens" class="term-definition">{words}</span>' in html


def test_terms_are_left_alone_in_headings_links_quotations_code_and_labels(tmp_path: Path) -> None:
    words = "[lens](#next) `lens`\n\n> A lens.\n\n| lens | b |\n|---|---|\n| lens | c |\n\n### Lens\n"
    html = html_of(tmp_path, words + "\n")
    assert "<button" not in html


def test_the_longest_term_wins(tmp_path: Path) -> None:
    glossary = GLOSSARY_TEXT + "\n## Peer\n\nAn equal.\n"
    files = changed(Swap(MODULE, PLACE, "A peer support worker and a peer."), add={"glossary.md": glossary})
    html = html_in(clean_catalogue(tmp_path, files).modules[0].sections[0].parts)
    assert ">peer support worker</button> and a <button" in html


def test_words_and_minutes_are_counted(tmp_path: Path) -> None:
    module = first_steps(tmp_path, Swap(MODULE, PLACE, "word " * 360), Swap(MODULE, "cpd_minutes: 2", "cpd_minutes: 5"))
    assert 360 < module.sections[0].words < 400
    assert module.sections[0].minutes == 2
    assert module.sections[1].minutes == 1
    assert module.reading_minutes == 5  # about 420 words, and 45 seconds for each of 3 questions


def test_explanations_may_hold_paragraphs_and_lists(tmp_path: Path) -> None:
    told = "  > Tone changed, and so did more.\n  >\n  > - one\n  > - two\n"
    module = first_steps(tmp_path, Swap(QUIZ, "  > Tone changed, and so did more.\n", told))
    assert module.quiz is not None
    html = module.quiz.questions[0].options[0].explanation_html
    assert html == "<p>Tone changed, and so did more.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
