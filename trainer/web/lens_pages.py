"""From findings and entries to what the pages of the lens say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from flask import url_for

from trainer.courseware.catalogue import Catalogue
from trainer.language.findings import Finding, Look
from trainer.language.lexicon import Entry, Lexicon
from trainer.language.measured import MEASURED
from trainer.language.readers import MOST_PASTED
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, ngettext
from trainer.web.pages.lens import (
    CategoryView,
    EntryLink,
    EntryPage,
    FindingView,
    LookPage,
    Stretch,
    TeachingLink,
    WordsPage,
)
from trainer.web.pages.shell import Crumb

# Its modules teach what the lens is about, and link to it.
TEACHING_TRACK = "recovery-language"
MOST_FORMS = 4
MOST_CONTESTED = 8  # the names that people are given and give themselves stand first in the lexicon
SEVERITY_LABELS = {
    "avoid": lazy_gettext("Better avoided"),
    "reconsider": lazy_gettext("Worth another look"),
    "discuss": lazy_gettext("Worth talking about"),
}
SPARED_WORDS = {
    "quotation": lazy_gettext("in quotation marks: %(count)s"),
    "guard": lazy_gettext("in a phrase where the word is fine: %(count)s"),
    "statutory": lazy_gettext("in the words of a law: %(count)s"),
    "diagnosis": lazy_gettext("in the name of a diagnosis: %(count)s"),
    "own word": lazy_gettext("as somebody’s own word: %(count)s"),
    "chosen": lazy_gettext("as the person’s own word, as you said: %(count)s"),
    "talk about words": lazy_gettext("where the word itself is talked about: %(count)s"),
    "negated": lazy_gettext("where the word is turned down: %(count)s"),
    "name": lazy_gettext("in a name: %(count)s"),
}
SPARED_OTHERWISE = lazy_gettext("for another good reason: %(count)s")


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
    lexicon: Lexicon,
    catalogue: Catalogue,
    text: str,
    look: Look | None,
    *,
    own_words: Sequence[str] = (),
    problem: str | None = None,
) -> LookPage:
    """The text with what was found in it."""
    found = look.findings if look else ()
    spared = Counter(one.reason if one.reason in SPARED_WORDS else "" for one in look.spared) if look else Counter()
    return LookPage(
        text=text,
        most_characters=MOST_PASTED,
        problem=problem,
        was_looked_at=look is not None,
        summary=_summary(found),
        stretches=stretches_of(text, found) if look else (),
        findings=grouped(found),
        own_words=tuple(own_words),
        own_choices=tuple({one.text.casefold(): " ".join(one.text.split()) for one in found}.values()),
        spared=tuple(SPARED_WORDS.get(why, SPARED_OTHERWISE) % {"count": count} for why, count in spared.items()),
        words_url=url_for("lens.words"),
        guide_url=url_for("lens.guide"),
        limits_url=url_for("lens.guide", _anchor="limits"),
        version=lexicon.version,
        teaching=teaching_links(catalogue),
    )


def teaching_links(catalogue: Catalogue) -> tuple[TeachingLink, ...]:
    """The live modules of the track that teaches words; where there is none, nothing."""
    found = (module for module in catalogue.live_modules if module.track == TEACHING_TRACK)
    return tuple(TeachingLink(one.title, url_for("learner.module", slug=one.slug)) for one in found)


def _summary(found: Sequence[Finding]) -> str:
    if not found:
        return _("The lens points at nothing here. That does not make a text kind, and it does not make it true.")
    return ngettext(
        "%(num)s place to look at again. It may be right where it stands; you decide.",
        "%(num)s places to look at again. Each may be right where it stands; you decide.",
        len(found),
    )


def grouped(found: Sequence[Finding]) -> tuple[FindingView, ...]:
    """Every entry once, however often a text says it: nobody reads the same advice three hundred times."""
    by_entry: dict[str, list[Finding]] = {}
    for finding in found:
        by_entry.setdefault(finding.entry, []).append(finding)
    views = []
    for number, of_entry in enumerate(by_entry.values(), start=1):
        first, *others = {one.text.casefold(): " ".join(one.text.split()) for one in of_entry}.values()
        view = finding_view(number, of_entry[0])
        views.append(replace(view, text=first, also=tuple(others[:MOST_FORMS]), place_count=len(of_entry)))
    return tuple(views)


def _numbers(found: Sequence[Finding]) -> dict[str, int]:
    return {entry: number for number, entry in enumerate(dict.fromkeys(one.entry for one in found), start=1)}


def stretches_of(text: str, found: Sequence[Finding]) -> tuple[Stretch, ...]:
    """The text in pieces, in its own order; put together they are the text again."""
    pieces: list[Stretch] = []
    numbers = _numbers(found)
    behind = 0
    for finding in found:
        if finding.start > behind:
            pieces.append(Stretch(text[behind : finding.start], None))
        pieces.append(Stretch(text[finding.start : finding.end], numbers[finding.entry], finding.severity))
        behind = finding.end
    if behind < len(text):
        pieces.append(Stretch(text[behind:], None))
    return tuple(pieces)


def words_page(lexicon: Lexicon, catalogue: Catalogue) -> WordsPage:
    """The lexicon by category."""
    awaiting, total = lexicon.awaiting_panel_count, len(lexicon.entries)
    return WordsPage(
        status=lexicon.status,
        awaiting=_(
            "%(awaiting)s of %(total)s entries still await a lived-experience panel.", awaiting=awaiting, total=total
        ),
        version=lexicon.version,
        severities=tuple((SEVERITY_LABELS[name], meaning) for name, meaning in lexicon.severity_levels.items()),
        categories=tuple(
            CategoryView(slug, title, tuple(_link(one) for one in lexicon.entries if one.category == slug))
            for slug, title in lexicon.categories.items()
        ),
        look_url=url_for("lens.look"),
        guide_url=url_for("lens.guide"),
        limits_url=url_for("lens.guide", _anchor="limits"),
        words_url=url_for("lens.words"),
        measured=measured_words(lexicon),
        contested=tuple(f"“{one.term}”" for one in lexicon.entries if one.severity == "discuss")[:MOST_CONTESTED],
        teaching=teaching_links(catalogue),
    )


def measured_words(lexicon: Lexicon) -> str:
    """How well it does, said for the version that was measured only."""
    if lexicon.version != MEASURED.version:
        return _("This version of the lexicon has not been measured.")
    return _(
        "Version %(version)s was tried on %(lines)s invented lines that nobody looked at while it was made. Of "
        "%(expected)s places to avoid or reconsider it found %(found)s; of %(pointed)s places it pointed at, %(extra)s "
        "were wrong.",
        version=MEASURED.version,
        lines=MEASURED.line_count,
        expected=MEASURED.expected,
        found=MEASURED.found,
        pointed=MEASURED.found + MEASURED.extra,
        extra=MEASURED.extra,
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
        crumbs=(Crumb(_("Words"), url_for("lens.words")),),
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
