"""Sample data for the gallery of components: long names, every state, nothing real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wtforms import BooleanField, DateField, Form, PasswordField, RadioField, SelectField, StringField, TextAreaField

from trainer.web.forms.cohorts import choices
from trainer.web.pages.learner import ModuleCard, SourceItem, Step
from trainer.web.pages.parts import LensView, PartView
from trainer.web.pages.quiz import QuestionView
from trainer.web.pages.reports import CellView, FacilityChart, FileLink, ReportLink, SheetView
from trainer.web.pages.result import ResultQuestion
from trainer.web.pages.samples import sample_questions, sample_results
from trainer.web.pages.shell import Crumb, Notice, StateTag
from trainer.web.pages.trainer import PageLink

PROSE_HTML = """
<blockquote><p>“Declan is kicking off again,” somebody says at the handover.</p></blockquote>
<p>A sentence with a source
<a class="cite" href="#source-sample"><span class="visually-hidden">Source </span>1</a> and a
<button type="button" class="term" popovertarget="term-sample">term</button>.</p>
<span popover id="term-sample" class="term-definition"><strong>Term</strong> A word with its meaning.</span>
<div class="table-scroll" role="region" tabindex="0" aria-label="Table: words"><table><thead><tr>
<th scope="col">Said</th><th scope="col">Seen</th></tr></thead><tbody><tr><td>“Refused lunch”</td>
<td>Left the plate; said the fish smelled off</td></tr></tbody></table></div>
"""
OTHER_SIDE = "<p>You may know this room from the other side.</p>"
AT_FIVE = "<p>You may have written that note at five in the morning.</p>"
LENSES = (
    LensView("psw", "If you are a peer support worker", OTHER_SIDE, is_own=True),
    LensView("clinician", "If you are a clinician", AT_FIVE, is_own=False),
)
VOICES = (
    PartView("prose", PROSE_HTML),
    PartView("lenses", lenses=LENSES),
    PartView("reflect", "<p>What went through your mind?</p>", name="sample"),
    PartView(
        "rewrite",
        "<blockquote><p>Attention seeking all night.</p></blockquote>",
        name="sample",
        models_html="<ul><li>Asked for company four times.</li></ul>",
    ),
    PartView("scenario", "<p>A busy morning in Mullingar.</p>", name="sample", title="Handover", url="/gallery"),
    PartView("try", "<p>Read one note aloud.</p>"),
)

LONG_TITLE = "A module whose title goes on for rather longer than anybody planned, as titles do"

TAGS = (
    StateTag("not_started", "Not started"),
    StateTag("in_progress", "In progress"),
    StateTag("completed", "Completed"),
    StateTag("in_progress", "In progress", is_overdue=True),
)


class SampleForm(Form):  # type: ignore[misc]
    """Every kind of field. A plain form without a token, so that the gallery touches no session."""

    name = StringField("Your name", description="As your cohort knows you, with any fadas.")
    password = PasswordField("Password")
    due_on = DateField("Due on")
    module = SelectField("Module", choices=choices([("a", "Why words matter"), ("b", LONG_TITLE)]))
    pace = RadioField("How often", choices=choices([("weekly", "Every week"), ("monthly", "Every month")]))
    note = TextAreaField("A note to yourself")
    remember = BooleanField("Keep me signed in on this device.")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """One of everything."""

    crumbs: tuple[Crumb, ...]
    notices: tuple[Notice, ...]
    tags: tuple[StateTag, ...]
    cards: tuple[ModuleCard, ...]
    steps: tuple[Step, ...]
    voices: tuple[PartView, ...]
    form: Form
    questions: tuple[QuestionView, ...]
    results: tuple[ResultQuestion, ...]
    problem: str
    page_links: tuple[PageLink, ...]
    sources: tuple[SourceItem, ...]
    facility: FacilityChart
    reports: tuple[ReportLink, ...]
    files: tuple[FileLink, ...]
    sheet: SheetView


def gallery_page() -> GalleryPage:
    """The sample data."""
    return GalleryPage(
        crumbs=(Crumb("Modules", "/modules/"), Crumb(LONG_TITLE, "/modules/")),
        notices=(
            Notice("done", "Your details are saved."),
            Notice("note", "This module changed since you read it."),
            Notice("problem", "Nobody here has that address."),
        ),
        tags=TAGS,
        cards=tuple(_card(tag) for tag in TAGS),
        steps=(
            Step("A tale of two notes", "/modules/", 5, True, False),
            Step("What trials show and do not show", "/modules/", 7, False, True),
            Step("Quiz", "/modules/", 6, False, False, "Best score 63 %"),
        ),
        voices=VOICES,
        form=_form(),
        questions=sample_questions(),
        results=sample_results(),
        problem="No answer is chosen yet. Choose one answer, or come back to this question later.",
        page_links=tuple(PageLink(str(number), "/gallery", number == 2) for number in (1, 2, 3, 12)),
        sources=(SourceItem(1, "source-sample", "A sample reference, 2026"),),
        facility=FacilityChart(75, 53, 89, "About 75 % answered right; the 95 % interval reaches from 53 % to 89 %."),
        reports=(ReportLink("Progress", "/gallery", True), ReportLink("Questions", "/gallery", False)),
        files=(FileLink("CSV", "/gallery"), FileLink("Excel", "/gallery")),
        sheet=SheetView("A sample", ("Learner", "Attempts"), (_line("Áine Ní Bhriain", "2"), _line("Zoë", "11")), ""),
    )


def _line(name: str, count: str) -> tuple[CellView, ...]:
    return CellView(name, is_content=False, is_number=False), CellView(count, is_content=False, is_number=True)


def _card(tag: StateTag) -> ModuleCard:
    return ModuleCard(
        LONG_TITLE if tag.is_overdue else "Why words matter",
        "How the words in a note travel further than the note.",
        "/modules/",
        30,
        tag,
        "Was due 3 November 2026" if tag.is_overdue else None,
        "Best score 88 %" if tag.state == "completed" else None,
        "For peer support workers and clinicians",
    )


def _form() -> SampleForm:
    form = SampleForm(data={"name": "Caoilfhionn Ní Mhaolchatha-Breathnach", "due_on": date(2026, 11, 30)})
    form.password.errors = ["That password is too short. Three or four unrelated words work well."]
    return form
