"""Everybody signed in at once, everybody with something learned, put back between requests.

Whatever goes through here is checked for headers, for names of the other organisation and for
answer keys: a leak anywhere in the matrix fails, whatever its status.
"""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from collections.abc import Collection, Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.asked import Asked, ask_people
from tests.cast import Cast, Place, Someone
from tests.conftest import NOTEBOOK_KEY
from tests.door import csrf_token, sign_in
from tests.factories import right_answer
from tests.factories import take_quiz as pass_quiz
from tests.samples import AT, KEY_CANARY, sample_catalogue, sample_module
from tests.security.matrix import PEOPLE
from trainer.accounts.actor import Actor, Scope
from trainer.accounts.api_tokens import make_token
from trainer.accounts.models import LoginSession
from trainer.accounts.queries import find_actor_by_email
from trainer.accounts.services import request_reset
from trainer.clock import local_date
from trainer.cohorts.live.services import SessionWish, plan_session
from trainer.cohorts.readiness.services import ActionWish, add_action
from trainer.cohorts.roster.uploads import keep_upload
from trainer.courseware.catalogue import Module
from trainer.courseware.folder import content_folder
from trainer.courseware.quiz import Question
from trainer.db import Base
from trainer.exercise.rounds import move_round
from trainer.exercise.services import keep_note
from trainer.exercise.situations import load_pairs, situations_file
from trainer.exercise.stages import Stage
from trainer.extensions import database, reading, writing
from trainer.learning.before import before_questions
from trainer.learning.drawing import draw_questions
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt
from trainer.notebook.sealing import Sealer
from trainer.notebook.services import save_note
from trainer.postbox import stop_token
from trainer.practice.sittings import get_sitting, start_refresher
from trainer.reminders.rules import Kind
from trainer.web.mailing import wait_until_sent

SEED = 7
TEACHING = ("trainer", "other_trainer", "manager", "stranger_trainer", "stranger_manager")
# A private note of the peer support worker: seeing it anywhere else means that the notebook leaks.
NOTE_CANARY = "Wren-under-the-stairs-7731"
# What the same person wrote for the exercise of the autumn cohort: nobody else ever reads it.
EXERCISE_CANARY = "Linnet-behind-the-bakery-6604"
UPLOADS = (
    ("trainer", "autumn"),
    ("other_trainer", "winter"),
    ("manager", "autumn"),
    ("manager", "winter"),
    ("stranger_trainer", "their_autumn"),
    ("stranger_manager", "their_autumn"),
)
ACTIONS = {"ours": 1, "theirs": 2, "crossed": 2, "nowhere": 99}
PEOPLE_LIST = b"Name,Email\nA. N. Other,a.n.other@quay.example\n"
LEARNERS = tuple(key for key in PEOPLE if key not in ("visitor", "disabled"))


class World:
    """An app whose database can be put back, and a browser for every kind of person."""

    def __init__(self, app: Flask, cast: Cast, file: Path) -> None:
        self.app = app
        self.cast = cast
        self.file = file
        self.kept = file.with_suffix(".kept")
        self.cookies: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self.devices: dict[str, int] = {}
        self.reset_token = ""
        self.uploads: dict[tuple[str, str], int] = {}
        self.asked = Asked()
        self.system_tokens: dict[str, int] = {}
        self._prepare()

    def someone(self, key: str) -> Someone | None:
        """The person of a column; None for a visitor."""
        return None if key == "visitor" else getattr(self.cast, key)

    def browser(self, key: str) -> FlaskClient:
        """A browser as somebody left it."""
        client = self.app.test_client()
        client.set_cookie("alongside", self.cookies[key])
        return client

    def ask(self, key: str, method: str, url: str, data: Mapping[str, Any] | None = None) -> TestResponse:
        """One request, with a valid form token; the answer is examined before it is handed on."""
        form = {"csrf_token": self.tokens[key], **(data or {})} if method == "POST" else None
        sent = {
            name: (BytesIO(value), "people.csv") if isinstance(value, bytes) else value
            for name, value in (form or {}).items()
        }
        response = self.browser(key).open(url, method=method, data=sent or None)
        self.examine(key, url, response, typed={str(value) for value in (form or {}).values()})
        return response

    def put_back(self) -> None:
        """The database as it was; letters that are on their way still need it."""
        wait_until_sent()
        with self.app.app_context():
            database.session.remove()
            database.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.file)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is stored, but for the counters of tries."""
        with self.app.app_context(), database.engine.connect() as connection:
            tables = Base.metadata.tables.values()
            return {
                table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
                for table in tables
                if table.name != "throttle"
            }

    def url(self, rule: str, target: str, key: str) -> str:
        """The address of a rule for a target, as somebody would ask for it."""
        values = self.values(rule, target, key)
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), rule)

    def values(self, rule: str, target: str, key: str) -> dict[str, Any]:
        """What stands in the place of each parameter."""
        tree = self._tenants().get(target, {}) if "<organisation>" in rule else {}
        known: dict[str, dict[str, Any]] = {
            "live": {"slug": "kind-words", "section": "first-note", "name": "dot.png"},
            "draft": {"slug": "a-draft", "section": "one-half", "name": "dot.png"},
            "open": {"slug": "kind-words", "number": 1, "position": 1},
            "submitted": {"slug": "quiz-only", "number": 1, "position": 1},
            "second": {"slug": "quiz-only", "number": 2, "position": 1},
            "ours": {
                "name": self._css_name(),
                "device": self.devices.get(key, 0),
                "token": self.reset_token,
            },
            "nowhere": {
                "slug": "kind-words" if "number" in rule or "section" in rule else "no-such-module",
                "section": "no-such-section",
                "number": 99,
                "position": 1,
                "name": "no-such-file.png",
                "device": 999_999,
                "token": "no-such-token",
            },
        }
        if rule == "/words/<entry>":
            known["ours"] = {"entry": self.app.extensions["house"].lens.lexicon.entries[0].id}
            known["nowhere"] = {"entry": "no-such-word"}
        if rule == "/about/<name>":
            known["ours"] = {"name": "the-evidence"}
        if rule.startswith("/notebook/notes"):
            known["ours"] = {"module_id": "S1", "name": "reflect:first-thought"}
            known["nowhere"] = {"module_id": "S1", "name": "reflect:no-such-place"}
        if rule.startswith("/keep-it-fresh"):
            # The peer support worker has completed S5 and has an open refresher of it; nobody else has.
            known["live"] = known["open"] = {"slug": "every-kind", "number": 1, "position": 1}
        if rule.endswith("/before"):
            known["live"] = {"slug": "every-kind"}
        if rule.endswith("/changes"):
            known["completed"] = {"slug": "reading-only"}
        if "/scenarios/" in rule:
            stories = {"live": "ask", "lost": "ask/nowhere", "draft": "ask", "nowhere": "ask"}
            known["live"] = known["lost"] = {"slug": "every-kind", "name": "handover", "road": stories[target]}
            known["draft"] = {"slug": "a-draft", "name": "handover", "road": "ask"}
            known["nowhere"] = {"slug": "every-kind", "name": "no-such-story", "road": "ask"}
        if "<int:meeting>" in rule:
            known = {name: {"meeting": 1} for name in ("ours", "winter", "theirs")}
            known["crossed"] = {"meeting": 2}
            known["nowhere"] = {"meeting": 99}
        if "<int:action>" in rule:
            known = {name: {"action": number} for name, number in ACTIONS.items()}
        if "<cohort>" in rule and "<slug>" in rule:
            known = {name: {"slug": "kind-words"} for name in ("ours", "winter", "theirs", "nowhere")}
        if rule == "/invitations/<token>":
            known["ours"] = {"token": self.asked.token}
        if rule == "/letters/stop/<token>":
            known["ours"] = {"token": stop_token(self.app, self.cast.psw.id, Kind.OWN)}
        if "<int:upload>" in rule:
            mine = {"ours": "autumn", "winter": "winter", "theirs": "their_autumn"}
            known = {name: {"upload": self.uploads.get((key, cohort), 0)} for name, cohort in mine.items()}
            known["crossed"] = {"upload": self.uploads["stranger_trainer", "their_autumn"]}
            known["nowhere"] = {"upload": 999_999}
        if "<organisation>/modules/" in rule:
            known = {"ours": {"slug": "kind-words", "form": "gift"}}
            known["theirs"] = known["nowhere"] = known["ours"]
            known["unpublished"] = {"slug": "a-draft", "form": "gift", "organisation": self.cast.ours.slug}
        return {**known.get(target, {}), **tree}

    def data(self, rule: str, target: str) -> dict[str, Any]:
        """A form that would be accepted."""
        forms: dict[str, dict[str, Any]] = {
            "/language": {"language": "ga"},
            "/sign-in": {"email": self.cast.psw.email, "password": "not the password"},
            "/forgotten-password": {"email": "nobody@nowhere.example"},
            "/reset-password/<token>": {"password": "seven herons at noon", "again": "seven herons at noon"},
            "/profile/": {"name": "A. N. Other", "role": ""},
            "/profile/password": {"current": "wrong", "password": "short", "again": "short"},
            "/organisations/<organisation>/cohorts/<cohort>/assignments": {"module": "S2", "opens_on": "2026-11-23"},
            # An address of our organisation: theirs must not even say that it exists.
            "/organisations/<organisation>/cohorts/<cohort>/enrolments": {"email": self.cast.winter_learner.email},
        }
        if rule in self.asked.forms:
            return self.asked.forms[rule]
        if rule.endswith("/trainers"):
            where = {"ours": "manager", "winter": "manager", "theirs": "stranger_manager"}
            return {"member": str(self.asked.members[where.get(target, "manager")])}
        if rule.endswith("/tokens/"):
            return {"name": "Rota system", "scopes": ["reports:read"], "lasts": "30"}
        if rule.endswith(("/sessions/", "/sessions/<int:meeting>")):
            about = {"on": "2026-12-01", "at": "14:30", "place": "Room 2", "modules": ["S1"]}
            return {"title": "First session", **about}
        if rule.endswith(("/readiness/", "/readiness/<int:action>")):
            return {"text": "Agree who covers", "owner": "Head of service", "due": "2027-01"}
        if rule.endswith("<int:action>/state"):
            return {"state": "done"}
        if rule.endswith("/attendance"):
            return {"came_before": ""}
        if rule.endswith("/schedule"):
            return {"set-S2": "on", "opens-S2": "2026-11-23", "due-S2": ""}
        if rule.endswith("/reminders"):
            return {"kind": str(Kind.OWN), "audience": "all", "subject": "Tea", "body": "On Monday.", "step": "send"}
        if rule == "/look-at-my-words":
            return {"text": "Kicking off again, very needy."}
        if rule == "/notebook/supervision":
            return {"own": "Something to talk about"}
        if rule == "/notebook/notes/<module_id>/<name>":
            return {"text": "Another thought", "version": "1"}
        if rule == "/keep-it-fresh/":
            return {"wish": "on", "until": ""}
        if rule.startswith("/keep-it-fresh/<slug>/"):
            return {"choice": right_answer(self.fresh_question())}
        if rule.endswith("/before"):
            question = before_questions(sample_module("every-kind"))[0]
            return {f"answer-{question.id}": right_answer(question)[0]}
        if rule.endswith("/roster/"):
            return {"file": PEOPLE_LIST}
        if rule.endswith("<int:upload>"):
            return {"digest": "of another plan"}
        if rule.endswith("/survey"):
            return {"item-1": "4"}
        if rule.endswith("/survey/wave"):
            return {"wave": "before"}
        if rule.endswith("/exercise/write"):
            return {"agree": "yes", "text": "She made tea at ten and talked about her sister, the garden and the rain."}
        if rule.endswith("/exercise/stage"):
            return {"stage": "before"}
        if rule.endswith("<int:position>"):
            return {"choice": self.first_choice(target), "go": "next"}
        return forms.get(rule, {})

    def fresh_question(self) -> Question:
        """The first question of the peer support worker's open refresher."""
        with self.app.app_context(), reading() as session:
            sitting = get_sitting(session, sample_catalogue(), self.cast.psw.id, "S5", 1)
        return sitting.questions[0]

    def first_choice(self, target: str) -> str:
        """An option of the first question that everybody is asked."""
        module = sample_module("quiz-only" if target in ("submitted", "second") else "kind-words")
        return asked(module)[0].options[0].id

    def examine(self, key: str, url: str, response: TestResponse, *, typed: Collection[str] = ()) -> None:
        """No failure of ours, the headers in place, no foreign name but what was typed, no answer key."""
        body = response.data.decode("utf-8", "replace")
        assert response.status_code < 500, body
        check_headers(url, response)
        shown = body + str(response.headers)
        for foreign in set(self.foreign_names(key)).difference(typed, self.told_to_all(url)):
            assert foreign not in shown, f"{key} sees “{foreign}” at {url}"
        if not (key == "psw" and self.is_theirs(url)):
            assert NOTE_CANARY not in body, f"{key} sees a private note at {url}"
        if not (key == "psw" and url.endswith("/exercise/write")):
            assert EXERCISE_CANARY not in shown, f"{key} sees a note of the exercise at {url}"
        if not (url.endswith("/result") or (key in TEACHING and re.search(r"/modules/[a-z-]+/(print|export/)", url))):
            assert KEY_CANARY not in body, f"{key} sees an explanation at {url}"

    def told_to_all(self, url: str) -> Collection[str]:
        """What whoever holds an invitation or a join code is told: the organisation, the cohort, and who asks."""
        cast = self.cast
        holds = url.startswith(("/invitations/", "/join"))
        return (cast.ours.name, cast.autumn.name, cast.manager.name) if holds else ()

    def is_theirs(self, url: str) -> bool:
        """Where the writer themselves may meet their note: the notebook, and the place where it was written."""
        return url.startswith("/notebook/") or "/sections/" in url

    def foreign_names(self, key: str) -> tuple[str, ...]:
        """What somebody must never be shown: names and addresses of the other organisation."""
        ours, theirs = names_of(self.cast, "ours"), names_of(self.cast, "theirs")
        person = self.someone(key)
        if key in ("visitor", "disabled", "removed") or person is None:
            own = {person.name, person.email} if person else set()
            return tuple(name for name in (*ours, *theirs) if name not in own)
        return ours if key.startswith("stranger") else theirs

    def _tenants(self) -> dict[str, dict[str, Any]]:
        cast = self.cast
        ours, theirs = cast.ours.slug, cast.theirs.slug
        members = self.asked.members
        mine = {"assignment": cast.assignments["autumn S1"], "enrolment": cast.enrolments["psw"]}
        other = {"assignment": cast.assignments["winter S1"], "enrolment": cast.enrolments["winter_learner"]}
        mine["member"], other["member"] = members.get("psw", 0), members.get("winter_learner", 0)
        foreign = {
            "assignment": cast.assignments["their_autumn S1"],
            "enrolment": cast.enrolments["stranger_learner"],
            "member": members.get("stranger_learner", 0),
            "number": self.system_tokens.get("theirs", 0),
        }
        mine["number"] = other["number"] = self.system_tokens.get("ours", 0)
        return {
            "ours": {"organisation": ours, "cohort": cast.autumn.slug, **mine},
            "winter": {"organisation": ours, "cohort": cast.winter.slug, **other},
            "theirs": {"organisation": theirs, "cohort": cast.their_autumn.slug, **foreign},
            "crossed": {"organisation": ours, "cohort": cast.autumn.slug, **foreign},
            "nowhere": {"organisation": "no-such-place", "cohort": "autumn", **dict.fromkeys(mine, 999)},
        }

    def _css_name(self) -> str:
        return str(self.app.extensions["house"].assets.css_url.rpartition("/")[2])

    def _prepare(self) -> None:
        for key in PEOPLE:
            client = self.app.test_client()
            person = self.someone(key)
            if person is not None:
                sign_in(client, person, at=AT)
            self.tokens[key] = csrf_token(client)
            cookie = client.get_cookie("alongside")
            assert cookie is not None
            self.cookies[key] = cookie.value
        with self.app.app_context(), writing() as session:
            learn_something(session, self.cast)
            for place in (self.cast.autumn, self.cast.winter, self.cast.their_autumn):
                meet(session, place)
            agree(session, self.cast)
            link = request_reset(session, email=self.cast.clinician.email, at=AT)
            assert link is not None
            self.reset_token = link.token
            for key, cohort in UPLOADS:
                self.uploads[key, cohort] = upload_list(session, self.cast, key, cohort)
            self.asked = ask_people(session, self.cast)
            for key, manager in (("ours", self.cast.manager), ("theirs", self.cast.stranger_manager)):
                self.system_tokens[key] = make_system_token(session, manager, getattr(self.cast, key).slug)
            for key in PEOPLE[1:]:
                person = self.someone(key)
                assert person is not None
                mine = select(LoginSession.id).where(LoginSession.person_id == person.id)
                self.devices[key] = session.scalars(mine).one()
        with self.app.app_context(), database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        with self.app.app_context():
            database.engine.dispose()
        shutil.copyfile(self.file, self.kept)


def asked(module: Module) -> Any:
    """The questions of the attempts that everybody has."""
    assert module.quiz is not None
    return draw_questions(module.quiz, SEED)


def meet(session: Session, place: Place) -> None:
    """A live session of a cohort, yesterday."""
    here = {"organisation": place.organisation, "cohort": place.slug}
    wish = SessionWish("First session", "Room 2", AT - timedelta(days=1), frozenset({"S1"}))
    plan_session(session, actor=Actor.system(), **here, wish=wish)


def learn_something(session: Session, cast: Cast) -> None:
    """Everybody: S1 open, S2 read, S3 submitted; the peer support worker has submitted S3 twice."""
    for key in LEARNERS:
        actor = find_actor_by_email(session, getattr(cast, key).email)
        assert actor is not None
        start_attempt(session, actor=actor, module=sample_module("kind-words"), seed=SEED, at=AT)
        for section in sample_module("reading-only").sections:
            mark_section_read(session, actor=actor, module=sample_module("reading-only"), section_id=section.id, at=AT)
        for _ in range(2 if key == "psw" else 1):
            take_quiz(session, actor)
        if key == "psw":
            save_note(
                session,
                actor=actor,
                sealer=Sealer([b64decode(NOTEBOOK_KEY)]),
                module_id="S1",
                name="reflect:first-thought",
                text=NOTE_CANARY,
                base_version=0,
                at=AT,
            )
            finish(session, actor, sample_module("every-kind"))
    take_part(session, cast)


def take_part(session: Session, cast: Cast) -> None:
    """The exercise of the autumn cohort is open, and the peer support worker has written the first note."""
    here = {"organisation": cast.ours.slug, "cohort": cast.autumn.slug}
    trainer, learner = (find_actor_by_email(session, one.email) for one in (cast.trainer, cast.psw))
    assert trainer is not None
    assert learner is not None
    pairs = load_pairs(situations_file(content_folder()))
    move_round(session, actor=trainer, to=Stage.BEFORE, pairs=pairs, seed=SEED, at=AT, **here)
    text = f"{EXERCISE_CANARY} came at ten, and we talked for half an hour about her sister and about the garden."
    sealer = Sealer([b64decode(NOTEBOOK_KEY)])
    keep_note(session, actor=learner, sealer=sealer, text=text, has_agreed=True, at=AT, **here)


def agree(session: Session, cast: Cast) -> None:
    """One action of ours, and two of theirs: a number that only they have."""
    for place, count in ((cast.ours, 1), (cast.theirs, 2)):
        for number in range(count):
            due_month = local_date(AT + timedelta(days=31 * number))
            wish = ActionWish("Agree who covers", "Head of service", due_month)
            add_action(session, actor=Actor.system(), organisation=place.slug, wish=wish, at=AT)


def make_system_token(session: Session, manager: Someone, organisation: str) -> int:
    """The number of a token that a manager has made for another system."""
    actor = find_actor_by_email(session, manager.email)
    assert actor is not None
    about: dict[str, Any] = {"name": "HR system", "scopes": tuple(Scope), "lasts": timedelta(days=30)}
    return make_token(session, actor=actor, organisation=organisation, **about, at=AT).token_id


def upload_list(session: Session, cast: Cast, key: str, cohort: str) -> int:
    """A list of people that somebody has uploaded for a cohort and not applied."""
    actor = find_actor_by_email(session, getattr(cast, key).email)
    assert actor is not None
    place = getattr(cast, cohort)
    where = {"organisation": place.organisation, "cohort": place.slug}
    return keep_upload(session, actor=actor, **where, file_name="people.csv", data=PEOPLE_LIST, at=AT)


def finish(session: Session, actor: Actor, module: Module) -> None:
    """A module completed, and a refresher of it begun."""
    for section in module.sections:
        mark_section_read(session, actor=actor, module=module, section_id=section.id, at=AT)
    pass_quiz(session, actor, module)
    start_refresher(session, actor=actor, catalogue=sample_catalogue(), module=module, seed=SEED, at=AT)


def take_quiz(session: Session, actor: Actor) -> None:
    """S3 from start to submission, the first option every time."""
    module, catalogue = sample_module("quiz-only"), sample_catalogue()
    number = start_attempt(session, actor=actor, module=module, seed=SEED, at=AT)
    for question in asked(module):
        record_response(
            session,
            actor=actor,
            catalogue=catalogue,
            module_id=module.id,
            number=number,
            question_id=question.id,
            raw=[question.options[0].id],
            at=AT,
        )
    submit_attempt(session, actor=actor, catalogue=catalogue, module_id=module.id, number=number, at=AT)


def names_of(cast: Cast, whose: str) -> tuple[str, ...]:
    """Every name and address of an organisation and of its people and cohorts."""
    is_ours = whose == "ours"
    people = cast.our_people if is_ours else cast.their_people
    places = (cast.ours, cast.autumn, cast.winter) if is_ours else (cast.theirs, cast.their_autumn)
    return tuple([one.name for one in people] + [one.email for one in people] + [place.name for place in places])


def check_headers(url: str, response: TestResponse) -> None:
    """What every answer must carry."""
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    is_secret = url.startswith(("/invitations/", "/reset-password/", "/letters/stop/"))
    assert response.headers["Referrer-Policy"] == ("strict-origin" if is_secret else "same-origin")
    cached = "no-store" not in response.headers.get("Cache-Control", "")
    assert cached == is_cacheable(url, response), f"{url}: {response.headers.get('Cache-Control')}"


def is_cacheable(url: str, response: TestResponse) -> bool:
    """Only files that hold nothing about anybody, and only when they are there."""
    return response.status_code == 200 and (url.startswith("/assets/") or "/images/" in url)
