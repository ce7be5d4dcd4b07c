"""From findings and entries to what the pages of the lens say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import url_for

from trainer.language.lexicon import Entry, Lexicon
from trainer.language.matcher import Finding, Look
from trainer.language.readers import MOST_PASTED
from trainer.web.pages.lens import (
    CategoryView,
    EntryLink,
    EntryPage,
    FindingView,
    LookPage,
    Stretch,
    WordsPage,
)
from trainer.web.pages.shell import Crumb
from trainer.web.words import counted

SEVERITY_LABELS = {"avoid": "Better avoided", "reconsider": "Worth another look", "discuss": "Worth talking about"}
SPARED_WORDS = {
    "quotation": "in quotation marks",
    "guard": "in a phrase where the word is fine",
    "statutory": "in the words of a law",
    "diagnosis": "in the name of a diagnosis",
    "own word": "as somebody’s own word",
    "chosen": "as the person’s own word, as you said",
    "talk about words": "where the word itself is talked about",
    "negated": "where the word is turned down",
    "name": "in a name",
}


def finding_view(number: int, finding: Finding) -> FindingView:
    """One finding, for the list beside the text."""
    return FindingView(
        number=number,
        text=finding.text,
        severity=finding.severity,
        severity_label=SEVERITY_LABELS[finding.severity],
        why=finding.why,
        alternatives=finding.alternatives,
        example=finding.example,
        fine_when=finding.fine_when,
        url=url_for("lens.entry", entry=finding.entry),
    )


def look_page(
    lexicon: Lexicon, text: str, look: Look | None, *, own_words: Sequence[str] = (), problem: str | None = None
) -> LookPage:
    """The text with what was found in it."""
    found = look.findings if look else ()
    spared = Counter(SPARED_WORDS.get(one.reason, "for another good reason") for one in look.spared) if look else {}
    return LookPage(
        text=text,
        most_characters=MOST_PASTED,
        problem=problem,
        was_looked_at=look is not None,
        summary=_summary(found),
        stretches=stretches_of(text, found) if look else (),
        findings=tuple(finding_view(number, one) for number, one in enumerate(found, start=1)),
        own_words=tuple(own_words),
        spared=tuple(f"{count} {words}" for words, count in spared.items()),
        words_url=url_for("lens.words"),
        guide_url=url_for("lens.guide"),
        version=lexicon.version,
    )


def _summary(found: Sequence[Finding]) -> str:
    if not found:
        return "The lens points at nothing here. That does not make a text kind, and it does not make it true."
    return f"{counted(len(found), 'place', 'places')} to look at again. Each may be right where it stands; you decide."


def stretches_of(text: str, found: Sequence[Finding]) -> tuple[Stretch, ...]:
    """The text in pieces, in its own order; put together they are the text again."""
    pieces: list[Stretch] = []
    behind = 0
    for number, finding in enumerate(found, start=1):
        if finding.start > behind:
            pieces.append(Stretch(text[behind : finding.start], None))
        pieces.append(Stretch(text[finding.start : finding.end], number, finding.severity))
        behind = finding.end
    if behind < len(text):
        pieces.append(Stretch(text[behind:], None))
    return tuple(pieces)


def words_page(lexicon: Lexicon) -> WordsPage:
    """The lexicon by category."""
    awaiting, total = lexicon.awaiting_panel_count, len(lexicon.entries)
    return WordsPage(
        status=lexicon.status,
        awaiting=f"{awaiting} of {total} entries still await a lived-experience panel.",
        version=lexicon.version,
        severities=tuple((SEVERITY_LABELS[name], meaning) for name, meaning in lexicon.severity_levels.items()),
        categories=tuple(
            CategoryView(slug, title, tuple(_link(one) for one in lexicon.entries if one.category == slug))
            for slug, title in lexicon.categories.items()
        ),
        look_url=url_for("lens.look"),
        guide_url=url_for("lens.guide"),
        words_url=url_for("lens.words"),
    )


def _link(entry: Entry) -> EntryLink:
    return EntryLink(
        term=entry.term,
        severity=entry.severity,
        severity_label=SEVERITY_LABELS[entry.severity],
        url=url_for("lens.entry", entry=entry.id),
        why=entry.why,
        alternatives=entry.alternatives,
    )


def entry_page(lexicon: Lexicon, entry: Entry) -> EntryPage:
    """One entry with its sources, and a text for whoever would change it."""
    suggestion = (
        f"About the entry “{entry.term}” (version {lexicon.version}):\n"
        "What I would change:\nWhy, or where I met it:\nWhat I would say instead:\n"
    )
    return EntryPage(
        crumbs=(Crumb("Words", url_for("lens.words")),),
        term=entry.term,
        category=lexicon.categories[entry.category],
        severity=entry.severity,
        severity_label=SEVERITY_LABELS[entry.severity],
        severity_meaning=lexicon.severity_levels[entry.severity],
        why=entry.why,
        alternatives=entry.alternatives,
        example=entry.example,
        fine_when=entry.fine_when,
        sources=tuple(lexicon.sources.get(one, one) for one in entry.sources),
        awaits_panel=entry.awaits_panel,
        suggestion=suggestion,
        look_url=url_for("lens.look"),
    )
