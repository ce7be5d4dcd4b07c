"""The evidence pack: what was released and nothing else, as a PDF that a screen reader reads."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.samples import AT, sample_catalogue
from trainer.accounts.models import Person
from trainer.cohorts.readiness.queries import ActionOf
from trainer.reporting.organisation_overview import (
    LeadersOfModule,
    OrganisationOverview,
    OverviewLine,
    OverviewOfModule,
    build,
)
from trainer.reporting.pack.contents import Pack, pack_of
from trainer.reporting.pack.printing import print_pack
from trainer.reporting.suppression.rule import release_or_hide
from trainer.reporting.weekly import freeze_due_figures

HOSTILE = '#import "x": * #read("/etc/passwd") $x$ *bold* _under_ <label> @cite \\ ] } " Ó Dálaigh'
ACTION = ActionOf(1, "Agree who supervises whom", "Head of service", date(2027, 3, 1), None)


def overview(label: str = "Autumn") -> OrganisationOverview:
    figures = release_or_hide(40, 22, threshold=10)
    hidden = release_or_hide(7, 3, threshold=10)
    lines = (OverviewLine(label, figures), OverviewLine("Team leads", hidden))
    module = OverviewOfModule("Kind words", lines, OverviewLine("All that is shown, together", figures))
    return OrganisationOverview((module,), 2, 10, date(2026, 11, 23))


def pack(organisation: str = "Gannet Quay Service", shown: OrganisationOverview | None = None) -> Pack:
    return pack_of(
        product="Alongside",
        organisation=organisation,
        overview=shown or overview(),
        modules=sample_catalogue().live_modules,
        actions=(ACTION, replace(ACTION, number=2, done_at=AT)),
        made_on=date(2026, 11, 23),
    )


def read(found: Pack) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(print_pack(found, at=AT)))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_tagged_and_says_its_language_title_and_standard() -> None:
    reader, _text = read(pack())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-IE"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Evidence pack: Gannet Quay Service"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_it_holds_the_course_the_figures_the_actions_and_the_method() -> None:
    _reader, text = read(pack())
    for module in sample_catalogue().live_modules:
        assert module.title in text
        assert module.revision[:12] in text
    for words in (
        "drafted editorially and await review by a lived-experience panel",
        "Autumn",
        "hidden",
        "Agree who supervises whom",
        "Head of service",
        "March 2027",
        "Frozen once a week",
        "What this cannot show",
        "fewer than 10 people",
    ):
        assert words in text, words


def test_leaders_stand_beside_learners_or_it_says_why_they_do_not() -> None:
    _reader, text = read(pack(shown=replace(overview(), leaders_needed=20)))
    assert "at least 20 of them are needed" in text
    leaders, learners = (release_or_hide(size, done, threshold=10) for size, done in ((35, 15), (40, 22)))
    both = LeadersOfModule("Is our organisation ready?", leaders, learners)
    _reader, text = read(pack(shown=replace(overview(), leaders=(both,), leaders_needed=20)))
    assert "Leaders 35 15 20" in text
    assert "Learners 40 20 20" in text
    assert "at least 20 of them" not in text


@pytest.mark.parametrize("place", ["organisation", "cohort", "action"])
def test_what_somebody_typed_is_text_and_never_a_command(place: str) -> None:
    found = pack(HOSTILE if place == "organisation" else "Ours", overview(HOSTILE if place == "cohort" else "Autumn"))
    if place == "action":
        found = replace(found, actions=(replace(found.actions[0], text=HOSTILE, owner=HOSTILE),))
    _reader, text = read(found)
    assert '#import "x": *' in text
    assert '#read("/etc/passwd")' in text.replace("/ ", "/")  # a narrow column may break the line there
    assert "root:" not in text
    assert "Ó Dálaigh" in text


def test_before_the_first_figures_and_without_anything_it_says_so() -> None:
    nothing = OrganisationOverview((), 0, 10, None)
    found = replace(pack("Ours", nothing), actions=(), modules=())
    _reader, text = read(found)
    assert "No figures have been released" in text
    assert "No action is written down" in text


def test_long_names_and_many_modules_stay_on_the_paper() -> None:
    long = "Comhairle um Sheirbhísí Meabhairshláinte " * 12
    module = overview().modules[0]
    many = replace(overview(), modules=tuple(replace(module, title=f"Module {number}") for number in range(60)))
    reader, text = read(pack(long, many))
    assert "Module 59" in text
    assert len(reader.pages) > 4


def test_a_word_without_end_breaks_instead_of_running_off_the_paper() -> None:
    endless = "W" * 200
    found = pack(endless, overview(endless))
    action = replace(found.actions[0], text=endless, owner=endless)
    reader, text = read(replace(found, actions=(action,)))
    assert text.count("W") >= 4 * 200  # the title, the cohort, the action and its owner, none cut short
    runs: list[str] = []
    for page in reader.pages:
        runs += [line.strip("\u200b") for line in page.extract_text().splitlines()]
    assert max(line.count("W") for line in runs) < 80


def test_the_same_pack_gives_the_same_bytes_all_day() -> None:
    morning, evening = (print_pack(pack(), at=datetime(2026, 11, 23, hour, tzinfo=UTC)) for hour in (8, 20))
    assert morning == evening
    assert print_pack(pack(), at=AT + timedelta(days=1)) != morning


@pytest.mark.any_database
def test_it_names_nobody_and_says_what_the_overview_says(session: Session, cast: Cast) -> None:
    freeze_due_figures(session, threshold=5, at=AT)
    shown = build(session, cast.ours.id, titles={"S1": "Kind words"}, threshold=5)
    _reader, text = read(pack(cast.ours.name, shown))
    names = [person.name for person in session.query(Person)]
    assert names
    assert not [name for name in names if name in text]
