"""The gates: a stranger finds nothing, a member without the right is told so."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of
from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Actor, Role
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.models import CohortTrainer
from trainer.errors import NotAllowed, NotFound

pytestmark = pytest.mark.any_database
VIEW, MANAGE, REPORT = Permission.VIEW, Permission.MANAGE, Permission.REPORT

# Who may do what with the autumn cohort; everybody who is not named here finds nothing.
RIGHTS = {
    "trainer": {VIEW, MANAGE, REPORT},
    "manager": {VIEW, MANAGE},
    "other_trainer": set(),
    "psw": set(),
    "withdrawn": set(),
    "winter_learner": set(),
}
STRANGERS = ("removed", "stranger_manager", "stranger_trainer", "stranger_learner")


@pytest.mark.parametrize("permission", list(Permission))
def test_who_may_do_what_with_a_cohort(session: Session, cast: Cast, permission: Permission) -> None:
    for key, rights in RIGHTS.items():
        actor = actor_of(session, getattr(cast, key))
        if permission in rights:
            assert cohort_for(session, actor, cast.ours.slug, "autumn", to=permission).id == cast.autumn.id
        else:
            with pytest.raises(NotAllowed):
                cohort_for(session, actor, cast.ours.slug, "autumn", to=permission)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("key", STRANGERS)
def test_a_stranger_is_told_the_same_whether_or_not_it_exists(
    session: Session, cast: Cast, key: str, permission: Permission
) -> None:
    actor = actor_of(session, getattr(cast, key))
    messages = set()
    for organisation, cohort in ((cast.ours.slug, "autumn"), (cast.ours.slug, "nowhere"), ("nowhere", "autumn")):
        with pytest.raises(NotFound) as refusal:
            cohort_for(session, actor, organisation, cohort, to=permission)
        messages.add((refusal.value.message, refusal.value.remedy))
    assert len(messages) == 1


def test_a_cohort_is_not_found_through_another_organisation(session: Session, cast: Cast) -> None:
    manager = actor_of(session, cast.stranger_manager)
    assert cohort_for(session, manager, cast.theirs.slug, "autumn", to=VIEW).id == cast.their_autumn.id
    with pytest.raises(NotFound):
        cohort_for(session, manager, cast.theirs.slug, "winter", to=VIEW)


def test_a_manager_who_trains_a_cohort_may_open_its_report(session: Session, cast: Cast) -> None:
    session.add(CohortTrainer(cohort_id=cast.autumn.id, person_id=cast.manager.id))
    session.flush()
    manager = actor_of(session, cast.manager)
    assert cohort_for(session, manager, cast.ours.slug, "autumn", to=REPORT).id == cast.autumn.id
    with pytest.raises(NotAllowed, match="names people"):
        cohort_for(session, manager, cast.ours.slug, "winter", to=REPORT)


def test_a_trainer_who_is_taken_off_a_cohort_is_off_it(session: Session, cast: Cast) -> None:
    session.execute(delete(CohortTrainer).where(CohortTrainer.person_id == cast.trainer.id))
    with pytest.raises(NotAllowed):
        cohort_for(session, actor_of(session, cast.trainer), cast.ours.slug, "autumn", to=VIEW)


def test_the_operator_may_do_everything_that_exists(session: Session, cast: Cast) -> None:
    for permission in Permission:
        assert cohort_for(session, Actor.system(), cast.ours.slug, "autumn", to=permission).id == cast.autumn.id
    with pytest.raises(NotFound):
        cohort_for(session, Actor.system(), cast.ours.slug, "nowhere", to=VIEW)


@pytest.mark.parametrize(
    ("key", "roles", "outcome"),
    [
        ("manager", (Role.MANAGER,), None),
        ("trainer", (Role.TRAINER, Role.MANAGER), None),
        ("psw", (), None),
        ("trainer", (Role.MANAGER,), NotAllowed),
        ("psw", (Role.TRAINER, Role.MANAGER), NotAllowed),
        ("stranger_manager", (Role.MANAGER,), NotFound),
        ("removed", (), NotFound),
    ],
)
def test_the_gate_to_an_organisation(
    session: Session, cast: Cast, key: str, roles: tuple[Role, ...], outcome: type[Exception] | None
) -> None:
    actor = actor_of(session, getattr(cast, key))
    if outcome is None:
        assert organisation_for(session, actor, cast.ours.slug, *roles).id == cast.ours.id
        return
    with pytest.raises(outcome):
        organisation_for(session, actor, cast.ours.slug, *roles)
