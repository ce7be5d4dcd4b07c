"""Setting the demo up: two organisations, five cohorts, people at every point of their learning.

The same every time but for the dates, which count back from today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, PracticeRole, Role
from trainer.accounts.passwords import hash_password
from trainer.accounts.queries import find_organisation
from trainer.accounts.services import create_organisation, create_person, grant_membership
from trainer.clock import local_date
from trainer.cohorts.queries import find_cohort
from trainer.cohorts.readiness.services import ActionWish, add_action, settle_action
from trainer.cohorts.services import create_cohort, enrol_person, name_trainer, set_assignment
from trainer.courseware.catalogue import Catalogue, Module
from trainer.demo.before_after import answer_beforehand, answer_surveys
from trainer.demo.cast import CAST, DEMO_PASSWORD, CastMember
from trainer.demo.meetings import hold_sessions
from trainer.demo.names import address_of, invented_names
from trainer.demo.study import Learner, study_module

FIRST = ("sli-na-farraige", "Slí na Farraige Mental Health Service")
SECOND = ("lagan-bridge", "Lagan Bridge Recovery Service")
SEED = 20261123
ROLES = (PracticeRole.PSW,) * 5 + (PracticeRole.CLINICIAN,) * 6 + (PracticeRole.LEADER, PracticeRole.OTHER, None, None)


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """A cohort of the demo. ``pace`` is the share of the modules an average learner has behind them."""

    slug: str
    name: str
    size: int
    pace: float
    due_in_days: tuple[int, ...]  # from today, per module; negative is past

    @property
    def is_over(self) -> bool:
        """True if every module was due long ago."""
        return max(self.due_in_days) < -60


FIRST_COHORTS = (
    CohortPlan("autumn-2026", "Autumn 2026: Galway and Clare", 38, 0.5, (-4, 10, 31)),
    CohortPlan("spring-2026", "Spring 2026: Mayo", 27, 0.62, (-160, -130, -100)),
    CohortPlan("team-leads", "Team leads", 7, 0.6, (-4, 10, 31)),
)
SECOND_COHORTS = (
    CohortPlan("autumn-2026", "Autumn 2026: Belfast", 14, 0.45, (-6, 8, 29)),
    CohortPlan("winter-2026", "Winter 2026: Down and Armagh", 12, 0.15, (20, 41, 62)),
)


AGREED = (
    ("Ring the next county and ask what an hour of peer supervision a month would cost", "Director of nursing", -20),
    ("Write down with the peer support workers what the role is not", "Team leader, adult service", 45),
)


def seed_demo(session: Session, catalogue: Catalogue, *, at: datetime) -> bool:
    """Set the demo up; False and no change if it is there already."""
    if find_organisation(session, FIRST[0]) is not None:
        return False
    random = Random(SEED)  # noqa: S311 - invented people, not secrets
    hashed = hash_password(DEMO_PASSWORD)  # once: a hundred hashes would take longer than all the rest
    setting = _Setting(session, catalogue.live_modules, random, at, hashed, iter(invented_names(150, random)))
    first, second = (setting.make_organisation(slug, name) for slug, name in (FIRST, SECOND))
    cast = {member.key: setting.welcome(member, second if member.key == "stranger" else first) for member in CAST}
    other_trainer = setting.make_trainer(first)
    their_trainer = setting.make_trainer(second)
    teaching = {"spring-2026": [cast["trainer"]], "team-leads": [other_trainer]}
    for plan in FIRST_COHORTS:
        guests = [cast["psw"], cast["clinician"]] if plan.slug == "autumn-2026" else []
        people = setting.make_cohort(first, plan, teaching.get(plan.slug, [cast["trainer"], other_trainer]), guests)
        if plan.is_over:
            setting.look_back(FIRST[0], plan, people)
    for plan in SECOND_COHORTS:
        setting.make_cohort(second, plan, [their_trainer], [])
    setting.set_the_scene(cast["psw"], cast["clinician"])
    running = find_cohort(session, FIRST[0], FIRST_COHORTS[0].slug)
    if running is not None:
        hold_sessions(session, running, setting.modules, at=at)
    setting.agree_on_actions(FIRST[0])
    return True


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every part of the seeding needs."""

    session: Session
    modules: Sequence[Module]
    random: Random
    at: datetime
    hashed: str
    names: Iterator[str]

    def make_organisation(self, slug: str, name: str) -> int:
        """One of the two services; it has been here for a while."""
        return create_organisation(self.session, slug=slug, name=name, at=self.at - timedelta(days=300))

    def welcome(self, member: CastMember, organisation_id: int) -> int:
        """One of the people to look around as."""
        person_id = self._person(member.name, member.email, member.practice_role)
        grant_membership(
            self.session, organisation_id=organisation_id, person_id=person_id, role=member.role, at=self.at
        )
        return person_id

    def make_trainer(self, organisation_id: int) -> int:
        """Somebody else who runs cohorts."""
        person_id = self._newcomer(None)
        grant_membership(
            self.session, organisation_id=organisation_id, person_id=person_id, role=Role.TRAINER, at=self.at
        )
        return person_id

    def _newcomer(self, practice_role: PracticeRole | None) -> int:
        name = next(self.names)
        return self._person(name, address_of(name, "demo.example"), practice_role)

    def _person(self, name: str, email: str, practice_role: PracticeRole | None) -> int:
        return create_person(
            self.session,
            name=name,
            email=email,
            password_hash=self.hashed,
            at=self.at - timedelta(days=290),
            practice_role=practice_role,
        )

    def make_cohort(
        self, organisation_id: int, plan: CohortPlan, trainers: Sequence[int], guests: Sequence[int]
    ) -> Sequence[int]:
        """A cohort with its trainers, modules and learners; ``guests`` learn by a script of their own.

        Returns the ids of the others.
        """
        began_at = min(self.at + timedelta(days=min(plan.due_in_days) - 35), self.at - timedelta(days=14))
        cohort_id = create_cohort(
            self.session, organisation_id=organisation_id, slug=plan.slug, name=plan.name, at=began_at
        )
        for trainer in trainers:
            name_trainer(self.session, cohort_id=cohort_id, organisation_id=organisation_id, person_id=trainer)
        for module, days in zip(self.modules, plan.due_in_days, strict=False):
            set_assignment(
                self.session,
                cohort_id=cohort_id,
                organisation_id=organisation_id,
                module_id=module.id,
                opens_on=local_date(began_at),
                due_on=local_date(self.at) + timedelta(days=days),
            )
        people = [self._newcomer(self.random.choice(ROLES)) for _ in range(plan.size - len(guests))]
        for person_id in (*people, *guests):
            grant_membership(
                self.session, organisation_id=organisation_id, person_id=person_id, role=Role.LEARNER, at=began_at
            )
            enrol_person(
                self.session, cohort_id=cohort_id, organisation_id=organisation_id, person_id=person_id, at=began_at
            )
        for person_id in people:
            self.let_learn(person_id, plan.pace, began_at)
        return people

    def look_back(self, organisation: str, plan: CohortPlan, people: Sequence[int]) -> None:
        """The survey of a cohort that is over, before and after."""
        cohort = find_cohort(self.session, organisation, plan.slug)
        if cohort is not None:
            began_at, ended_at = (
                self.at + timedelta(days=days) for days in (plan.due_in_days[0] - 35, plan.due_in_days[-1])
            )
            answer_surveys(self.session, people, cohort, began_at=began_at, ended_at=ended_at)

    def let_learn(self, person_id: int, pace: float, began_at: datetime) -> None:
        """Somebody ordinary: some modules done, perhaps one under way, the rest untouched."""
        at = began_at + timedelta(days=self.random.randint(0, 6), minutes=self.random.randint(0, 600))
        learner = Learner(self.session, person_id, knows=self.random.uniform(0.72, 0.99), random=self.random)
        for module in self.modules:
            luck = self.random.random()
            answer_beforehand(learner, module, at=min(at, self.at))
            if luck < pace:
                at = study_module(learner, module, at=at, latest=self.at)
            elif luck < pace + (1 - pace) * 0.5:
                study_module(learner, module, at=at, latest=self.at, stop_after=self.random.choice(("part", "open")))
                return
            else:
                return
            at += timedelta(days=self.random.randint(1, 12))

    def agree_on_actions(self, organisation: str) -> None:
        """Two things that leaders agreed on: one is done, one is ahead."""
        for text, owner, days in AGREED:
            due_month = local_date(self.at + timedelta(days=days))
            add_action(
                self.session,
                actor=Actor.system(),
                organisation=organisation,
                wish=ActionWish(text, owner, due_month),
                at=self.at - timedelta(days=60),
            )
        settle_action(
            self.session,
            actor=Actor.system(),
            organisation=organisation,
            number=1,
            is_done=True,
            at=self.at - timedelta(days=20),
        )

    def set_the_scene(self, psw: int, clinician: int) -> None:
        """What the two learners of the cast find when somebody looks around as them."""
        if not self.modules:
            return
        first, *others = self.modules
        aoife = Learner(self.session, psw, knows=1.1, random=self.random)
        study_module(aoife, first, at=self.at - timedelta(days=12), latest=self.at)
        if others:
            # Continue leads to what was touched last: the quiz that waits.
            study_module(aoife, others[0], at=self.at - timedelta(days=3), latest=self.at, stop_after="second")
            study_module(aoife, others[-1], at=self.at - timedelta(days=1), latest=self.at, stop_after="open")
        tomas = Learner(self.session, clinician, knows=0.8, random=self.random)
        study_module(tomas, first, at=self.at - timedelta(hours=3), latest=self.at, stop_after="first")
