"""The organisation in figures: what is counted, what is hidden before anybody holds it, and no names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.databases import counted
from tests.reporting.crowd import COMPLETED, READING, Stands, empty_cohort, enrol, new_people, stand
from tests.samples import AT
from trainer.accounts.actor import Role
from trainer.accounts.models import Membership, Person
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import find_cohort
from trainer.cohorts.services import create_cohort
from trainer.learning.models import ModuleState
from trainer.reporting.models import WeeklyFigures
from trainer.reporting.organisation_overview import OrganisationOverview, build
from trainer.reporting.suppression.figures import Released
from trainer.reporting.weekly import freeze_due_figures, keep_figures, organisations_due, prepare_figures

pytestmark = pytest.mark.any_database

TITLES = {"S1": "Kind words", "S3": "Only the quiz counts"}
HIDDEN = ("hidden", "hidden", "hidden")
NEARLY_NOBODY = ("fewer than 10", "all but fewer than 10")


class Service:
    """The first organisation of the cast with cohorts of our choice, and its overview."""

    def __init__(self, session: Session, cast: Cast) -> None:
        found = find_cohort(session, cast.ours.slug, cast.autumn.slug)
        assert found is not None
        self.session = session
        self.id = found.organisation_id
        self.people: dict[str, list[int]] = {}
        for place in (cast.autumn, cast.winter):
            empty_cohort(session, place.id, self.id, {})

    def cohort(self, name: str, *modules: str) -> int:
        cohort_id = create_cohort(self.session, organisation_id=self.id, slug=name.lower(), name=name, at=AT)
        empty_cohort(self.session, cohort_id, self.id, dict.fromkeys(modules))
        return cohort_id

    def learners(self, cohort_id: int, size: int, completed: int, module_id: str = "S1") -> list[int]:
        people = new_people(self.session, [f"Secret Name {number}" for number in range(size)])
        enrol(self.session, cohort_id, self.id, people)
        for place, person_id in enumerate(people):
            standing: Mapping[str, Stands] = {module_id: COMPLETED if place < completed else READING}
            stand(self.session, person_id, standing)
        return people

    def leaders(self, size: int, completed: int, module_id: str = "O1") -> list[int]:
        people = new_people(self.session, [f"Secret Leader {number}" for number in range(size)])
        for place, person_id in enumerate(people):
            self.session.add(
                Membership(organisation_id=self.id, person_id=person_id, role=Role.MANAGER.value, created_at=AT)
            )
            stand(self.session, person_id, {module_id: COMPLETED if place < completed else READING})
        self.session.flush()
        return people

    def freeze(self, at: datetime = AT) -> int:
        return freeze_due_figures(self.session, threshold=10, at=at)

    def overview(self) -> OrganisationOverview:
        """As in an organisation's first week."""
        self.session.execute(delete(WeeklyFigures))
        self.freeze()
        return self.shown()

    def shown(self) -> OrganisationOverview:
        return build(self.session, self.id, titles=TITLES, threshold=10)

    def figures(self) -> dict[str, dict[str, tuple[str, str, str]]]:
        return {
            module.title: {line.label: said(line.figures) for line in (*module.cohorts, module.total)}
            for module in self.overview().modules
        }


def said(row: Released) -> tuple[str, str, str]:
    return row.learners.words, row.completed.words, row.not_yet.words


@pytest.fixture
def service(session: Session, cast: Cast) -> Service:
    return Service(session, cast)


def test_cohorts_and_their_total_per_module(service: Service) -> None:
    service.learners(service.cohort("Beta", "S1"), 31, 13)
    service.learners(service.cohort("Alpha", "S1", "S3"), 25, 15)
    assert service.figures() == {
        "Kind words": {
            "Alpha": ("25", "15", "10"),
            "Beta": ("30", "15", "15"),
            "All cohorts together": ("55", "30", "25"),
        },
        "Only the quiz counts": {"Alpha": ("25", *NEARLY_NOBODY), "All cohorts together": ("25", *NEARLY_NOBODY)},
    }
    assert [line.label for line in service.overview().modules[0].cohorts] == ["Alpha", "Beta"]


def test_small_cohorts_are_counted_together_before_the_report_leaves(service: Service) -> None:
    service.learners(service.cohort("Small", "S1"), 7, 3)
    service.learners(service.cohort("Middle", "S1"), 15, 8)
    service.learners(service.cohort("Large", "S1"), 40, 20)
    assert service.figures()["Kind words"] == {
        "Large": ("40", "20", "20"),
        "Middle": HIDDEN,
        "Small": HIDDEN,
        "Smaller cohorts together": ("20", "10", "10"),
        "All cohorts together": ("60", "30", "30"),
    }
    assert [line.label for line in service.overview().modules[0].cohorts][-1] == "Smaller cohorts together"


def test_who_is_too_few_is_in_no_figure_and_the_total_says_so(service: Service) -> None:
    service.learners(service.cohort("Small", "S1"), 7, 3)
    service.learners(service.cohort("Large", "S1"), 40, 20)
    assert service.figures()["Kind words"] == {
        "Large": ("40", "20", "20"),
        "Small": HIDDEN,
        "All that is shown, together": ("40", "20", "20"),
    }


def test_somebody_in_two_cohorts_counts_once_where_they_joined_last(service: Service, session: Session) -> None:
    first, second = service.cohort("First", "S1"), service.cohort("Second", "S1")
    in_both = service.learners(first, 26, 13)[:5]
    service.learners(second, 30, 15)
    enrol(session, second, service.id, in_both)
    session.execute(
        update(Enrolment)
        .where(Enrolment.cohort_id == second, Enrolment.person_id.in_(in_both[:2]))
        .values(state_since=AT - timedelta(days=1))
    )
    # Two joined the first cohort last; the other three, at the same moment, the second by number.
    assert service.figures()["Kind words"] == {
        "First": ("25", "10", "15"),
        "Second": ("35", "20", "15"),
        "All cohorts together": ("60", "30", "30"),
    }


def test_who_is_in_two_cohorts_counts_for_each_module_that_is_set(service: Service, session: Session) -> None:
    first, second = service.cohort("First", "S1"), service.cohort("Second", "S3")
    enrol(session, second, service.id, service.learners(first, 24, 12))
    assert service.figures()["Kind words"]["First"] == ("25", "10", "15")
    assert service.figures()["Only the quiz counts"]["Second"] == ("25", *NEARLY_NOBODY)


def test_only_active_learners_and_assigned_modules_count(service: Service, session: Session) -> None:
    cohort_id = service.cohort("Alpha", "S1")
    service.learners(cohort_id, 24, 12)
    for state in ("withdrawn", "invited"):
        enrol(session, cohort_id, service.id, new_people(session, [f"Secret {state}"] * 12), state)
    service.learners(service.cohort("Other"), 30, 15, module_id="S1")
    assert service.figures() == {
        "Kind words": {"Alpha": ("25", "10", "15"), "All cohorts together": ("25", "10", "15")}
    }
    assert service.overview().cohort_count == 4


def test_another_organisations_people_are_never_in_it(service: Service, session: Session, cast: Cast) -> None:
    theirs = find_cohort(session, cast.theirs.slug, cast.their_autumn.slug)
    assert theirs is not None
    people = new_people(session, ["Stranger"] * 30)
    enrol(session, theirs.id, theirs.organisation_id, people)
    assert service.overview().modules == ()
    service.learners(service.cohort("Alpha", "S1"), 24, 12)
    assert service.figures()["Kind words"]["All cohorts together"] == ("25", "10", "15")


def test_a_module_that_is_no_longer_published_is_shown_by_its_id_and_last(service: Service) -> None:
    service.learners(service.cohort("Alpha", "A-retired", "S3"), 12, 0)
    assert [module.title for module in service.overview().modules] == ["Only the quiz counts", "A-retired"]


def test_no_name_and_no_address_leaves(service: Service, session: Session) -> None:
    service.learners(service.cohort("Alpha", "S1"), 30, 12)
    said = str(asdict(service.overview()))
    known = session.execute(select(Person.name, Person.email)).all()
    assert len(known) > 30
    assert not [one for pair in known for one in pair if one in said]


@pytest.mark.parametrize("size", [1, 40])
def test_two_statements_whatever_the_size(service: Service, engine: Engine, size: int) -> None:
    for number in range(3):
        service.learners(service.cohort(f"Cohort {number}", "S1", "S3"), size, 0)
    service.freeze()
    with counted(engine) as seen:
        service.shown()
    assert len(seen) == 2


def shares(service: Service) -> dict[str, tuple[str, str, str]]:
    (module,) = service.shown().modules
    return {line.label: said(line.figures) for line in (*module.cohorts, module.total)}


def test_before_the_first_week_there_is_nothing(service: Service) -> None:
    service.learners(service.cohort("Alpha", "S1"), 24, 12)
    assert service.shown().modules == ()
    assert service.shown().week is None


def test_nothing_moves_before_monday_whatever_people_do(service: Service, session: Session) -> None:
    cohort_id = service.cohort("Alpha", "S1")
    people = service.learners(cohort_id, 24, 12)
    assert service.freeze() == 2  # both organisations of the cast
    before = shares(service)
    session.execute(update(ModuleState).where(ModuleState.person_id.in_(people)).values(state="completed"))
    for later in (timedelta(hours=1), timedelta(days=5)):
        assert service.freeze(AT + later) == 0
        assert shares(service) == before
    assert service.shown().week == date(2026, 11, 23)
    assert service.freeze(AT + timedelta(days=7)) == 2
    assert shares(service)["Alpha"] == ("25", "all but fewer than 10", "fewer than 10")


def test_who_joins_later_is_in_no_figure_yet(service: Service) -> None:
    cohort_id = service.cohort("Alpha", "S1")
    service.learners(cohort_id, 24, 12)
    service.freeze()
    before = shares(service)["Alpha"]
    service.learners(cohort_id, 9, 9)
    service.freeze(AT + timedelta(weeks=1))
    assert shares(service)["Alpha"] == before
    assert service.shown().modules[0].total.label == "All that is shown, together"


def test_who_leaves_stays_counted(service: Service, session: Session) -> None:
    people = service.learners(service.cohort("Alpha", "S1"), 50, 25)
    service.freeze()
    before = shares(service)["Alpha"]
    session.execute(update(Enrolment).where(Enrolment.person_id.in_(people[:3])).values(state="withdrawn"))
    service.freeze(AT + timedelta(weeks=1))
    assert shares(service)["Alpha"] == before


def test_no_page_can_read_the_basis_and_old_ones_are_gone(service: Service, session: Session) -> None:
    people = service.learners(service.cohort("Alpha", "S1"), 24, 12)
    service.freeze()
    service.freeze(AT + timedelta(weeks=1))
    rows = session.execute(
        select(WeeklyFigures.released, WeeklyFigures.basis)
        .where(WeeklyFigures.organisation_id == service.id)
        .order_by(WeeklyFigures.week)
    ).all()
    assert rows[0].basis == ""
    assert str(people[0]) in rows[1].basis
    assert "person" not in rows[1].released


def test_of_two_who_prepared_the_same_week_one_keeps_it(service: Service, session: Session) -> None:
    service.learners(service.cohort("Large", "S1"), 40, completed=20)
    assert service.id in organisations_due(session, at=AT)
    first, second = (prepare_figures(session, service.id, threshold=10, at=AT) for _ in range(2))
    assert service.id in organisations_due(session, at=AT)  # nothing is kept by preparing
    assert (keep_figures(session, first), keep_figures(session, second)) == (True, False)
    assert service.id not in organisations_due(session, at=AT)


def test_what_was_prepared_before_the_basis_changed_is_not_kept(service: Service, session: Session) -> None:
    service.learners(service.cohort("Large", "S1"), 40, completed=20)
    service.freeze()
    later = AT + timedelta(days=7)
    prepared = prepare_figures(session, service.id, threshold=10, at=later)
    session.execute(update(WeeklyFigures).where(WeeklyFigures.organisation_id == service.id).values(basis=""))
    assert not keep_figures(session, prepared)


def beside(service: Service) -> dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]]:
    """Leaders and learners by module."""
    return {one.title: (said(one.leaders), said(one.learners)) for one in service.shown().leaders}


def test_leaders_stand_beside_learners_in_every_module_and_in_theirs(service: Service) -> None:
    service.learners(service.cohort("Alpha", "S1"), 31, 13)
    service.leaders(25, 12)  # and the manager of the cast
    assert service.figures() == {
        "Kind words": {"Alpha": ("30", "15", "15"), "All cohorts together": ("30", "15", "15")},
    }
    assert beside(service) == {
        "Kind words": (("25", *NEARLY_NOBODY), ("30", "15", "15")),
        "O1": (("25", "10", "15"), HIDDEN),
        "O2": (("25", *NEARLY_NOBODY), HIDDEN),
    }


def test_too_few_leaders_show_nothing_and_fill_no_group_of_learners(service: Service) -> None:
    service.learners(service.cohort("Alpha", "S1"), 31, 13)
    service.learners(service.cohort("Small", "S1"), 12, 6)
    cohort_id = service.cohort("Tiny", "S1")
    enrol(service.session, cohort_id, service.id, service.leaders(18, 9, "S1"))
    before = service.overview()
    for week in range(1, 8):
        service.freeze(AT + timedelta(weeks=week))
    for shown in (before, service.shown()):
        assert (shown.leaders, shown.leaders_needed) == ((), 20)
        lines = {line.label: said(line.figures) for line in (*shown.modules[0].cohorts, shown.modules[0].total)}
        assert lines["Alpha"] == lines["All that is shown, together"] == ("30", "15", "15")
        assert "Smaller cohorts together" not in lines  # 12 and 18 would have been enough for a line


def test_waiting_leaders_do_not_make_the_learners_total_look_incomplete(service: Service) -> None:
    service.learners(service.cohort("Alpha", "S1"), 31, 13)
    service.leaders(5, 2)
    assert "All cohorts together" in service.figures()["Kind words"]


def test_a_learner_who_comes_to_lead_stays_where_they_were_counted(service: Service, session: Session) -> None:
    people = service.learners(service.cohort("Alpha", "S1"), 31, 13)
    service.freeze()
    before = service.shown().modules
    for person_id in people[:3]:
        mine = Membership.person_id == person_id
        session.execute(delete(Membership).where(mine, Membership.organisation_id == service.id))
        session.add(Membership(organisation_id=service.id, person_id=person_id, role=Role.MANAGER.value, created_at=AT))
    service.leaders(25, 12, "S1")
    service.freeze(AT + timedelta(weeks=1))
    assert [line.figures.learners.words for line in service.shown().modules[0].cohorts] == [
        line.figures.learners.words for line in before[0].cohorts
    ]
    assert beside(service)["Kind words"][0] == ("25", "10", "15")  # 26 with the manager, and none of the three


def test_what_was_frozen_before_leaders_were_counted_can_still_be_read(service: Service, session: Session) -> None:
    service.learners(service.cohort("Alpha", "S1"), 31, 13)
    service.freeze()
    row = session.scalars(select(WeeklyFigures).where(WeeklyFigures.organisation_id == service.id)).one()
    released, basis = json.loads(row.released), json.loads(row.basis)
    for module in released:
        del module["leaders"]
    for waiting in basis["waiting"]:
        del waiting["is_apart"]
    row.released, row.basis = json.dumps(released), json.dumps(basis)
    session.flush()
    assert service.shown().leaders == ()
    assert service.freeze(AT + timedelta(weeks=1)) == 2  # both organisations of the cast
