"""The organisation in figures: what is counted, what is hidden before anybody holds it, and no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.databases import counted
from tests.reporting.crowd import COMPLETED, READING, Stands, empty_cohort, enrol, new_people, stand
from tests.samples import AT
from trainer.accounts.models import Person
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import find_cohort
from trainer.cohorts.services import create_cohort
from trainer.reporting.organisation_overview import OrganisationOverview, build
from trainer.reporting.suppression import HIDDEN, Released

pytestmark = pytest.mark.any_database

TITLES = {"S1": "Kind words", "S3": "Only the quiz counts"}


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

    def overview(self) -> OrganisationOverview:
        return build(self.session, self.id, titles=TITLES, threshold=10, at=AT)

    def figures(self) -> dict[str, dict[str, Released]]:
        return {
            module.title: {line.label: line.figures for line in (*module.cohorts, module.total)}
            for module in self.overview().modules
        }


@pytest.fixture
def service(session: Session, cast: Cast) -> Service:
    return Service(session, cast)


def test_cohorts_and_their_total_per_module(service: Service) -> None:
    service.learners(service.cohort("Beta", "S1"), 30, 12)
    service.learners(service.cohort("Alpha", "S1", "S3"), 25, 15)
    assert service.figures() == {
        "Kind words": {
            "Alpha": Released(25, 15, 10),
            "Beta": Released(30, 12, 18),
            "All cohorts together": Released(55, 27, 28),
        },
        "Only the quiz counts": {"Alpha": Released(25, None, None), "All cohorts together": Released(25, None, None)},
    }
    assert [line.label for line in service.overview().modules[0].cohorts] == ["Alpha", "Beta"]


def test_a_small_cohort_is_hidden_before_the_report_leaves(service: Service) -> None:
    service.learners(service.cohort("Small", "S1"), 7, 3)
    service.learners(service.cohort("Middle", "S1"), 25, 12)
    service.learners(service.cohort("Large", "S1"), 40, 20)
    assert service.figures()["Kind words"] == {
        "Small": HIDDEN,
        "Middle": HIDDEN,
        "Large": Released(40, 20, 20),
        "All cohorts together": Released(72, 35, 37),
    }


def test_somebody_in_two_cohorts_counts_once_where_they_joined_last(service: Service, session: Session) -> None:
    first, second = service.cohort("First", "S1"), service.cohort("Second", "S1")
    in_both = service.learners(first, 25, 11)[:5]
    service.learners(second, 30, 15)
    enrol(session, second, service.id, in_both)
    session.execute(
        update(Enrolment)
        .where(Enrolment.cohort_id == second, Enrolment.person_id.in_(in_both[:2]))
        .values(state_since=AT - timedelta(days=1))
    )
    # Two joined the first cohort last; the other three, at the same moment, the second by number.
    assert service.figures()["Kind words"] == {
        "First": Released(22, None, None),
        "Second": Released(33, None, None),
        "All cohorts together": Released(55, 26, 29),
    }


def test_who_is_in_two_cohorts_counts_for_each_module_that_is_set(service: Service, session: Session) -> None:
    first, second = service.cohort("First", "S1"), service.cohort("Second", "S3")
    enrol(session, second, service.id, service.learners(first, 24, 12))
    assert service.figures()["Kind words"]["First"] == Released(24, 12, 12)
    assert service.figures()["Only the quiz counts"]["Second"] == Released(24, None, None)


def test_only_active_learners_and_assigned_modules_count(service: Service, session: Session) -> None:
    cohort_id = service.cohort("Alpha", "S1")
    service.learners(cohort_id, 24, 12)
    for state in ("withdrawn", "invited"):
        enrol(session, cohort_id, service.id, new_people(session, [f"Secret {state}"] * 12), state)
    service.learners(service.cohort("Other"), 30, 15, module_id="S1")
    assert service.figures() == {
        "Kind words": {"Alpha": Released(24, 12, 12), "All cohorts together": Released(24, 12, 12)}
    }
    assert service.overview().cohort_count == 4


def test_another_organisations_people_are_never_in_it(service: Service, session: Session, cast: Cast) -> None:
    theirs = find_cohort(session, cast.theirs.slug, cast.their_autumn.slug)
    assert theirs is not None
    people = new_people(session, ["Stranger"] * 30)
    enrol(session, theirs.id, theirs.organisation_id, people)
    assert service.overview().modules == ()
    service.learners(service.cohort("Alpha", "S1"), 24, 12)
    assert service.figures()["Kind words"]["All cohorts together"] == Released(24, 12, 12)


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
    with counted(engine) as seen:
        service.overview()
    assert len(seen) == 2
