"""My learning, the catalogue, modules and sections."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from trainer.cohorts.live.queries import coming_sessions, my_sessions_modules
from trainer.cohorts.mine import my_assignments, my_cohorts
from trainer.courseware.catalogue import Module
from trainer.errors import NotFound
from trainer.extensions import reading, writing
from trainer.learning.before import before_of
from trainer.learning.queries import (
    all_sections_read,
    attempts_of,
    find_completion,
    has_passed,
    open_attempts,
    sections_read,
    standings_of,
)
from trainer.learning.seen import changes_since
from trainer.learning.services import mark_section_read
from trainer.notebook.queries import notes_of
from trainer.practice.scenarios import walks_of
from trainer.practice.sittings import Wish, histories_of, wish_of
from trainer.web.forms.strict import ConfirmForm
from trainer.web.identity import current_actor, request_time
from trainer.web.learner_pages import catalogue_page, my_learning_page
from trainer.web.module_pages import following_url, module_page, retired_page, section_page
from trainer.web.my_facts import MyFacts
from trainer.web.notebook_pages import boxes_of
from trainer.web.pages.learner import GlossaryItem, GlossaryPage
from trainer.web.refresher_pages import ready_modules
from trainer.web.section_parts import Reader
from trainer.web.shell import house, render
from trainer.wording import said

blueprint = Blueprint("learner", __name__)


def live_module(slug: str) -> Module:
    """A module a learner may find. Raises NotFound for drafts, retired and unknown ones alike."""
    module = house().catalogue.by_slug.get(slug)
    shown = ("live", "draft") if house().preview else ("live",)
    if module is None or module.status not in shown:
        raise NotFound(said("There is no module at this address."), said("Look for it in the list of modules."))
    return module


def reader_of(module: Module, section_id: str | None = None) -> Reader:
    """Who reads: their role if they gave one (it only decides which lens comes first), their roads and their notes."""
    actor = current_actor()
    with reading() as db:
        walks = walks_of(db, actor.person_id, module.id) if module.scenarios else ()
        notes = notes_of(db, actor=actor, sealer=house().sealer, module_id=module.id)
    role = actor.practice_role.value if actor.practice_role else None
    here = next((section for section in module.sections if section.id == section_id), None)
    return Reader(role, walks, boxes_of(module, here, notes, back=request.path))


def known_module(slug: str) -> Module:
    """A live module, or a retired one of which the person has a record. Raises NotFound for everything else."""
    module = house().catalogue.by_slug.get(slug)
    if module is None or module.status != "retired":
        return live_module(slug)
    with reading() as db:
        if module.id not in standings_of(db, current_actor().person_id):
            return live_module(slug)
    return module


def _facts(*, with_reads: bool = True) -> MyFacts:
    person_id = current_actor().person_id
    with reading() as db:
        return MyFacts(
            standings=standings_of(db, person_id),
            assignments=my_assignments(db, person_id),
            reads=all_sections_read(db, person_id) if with_reads else {},
            open_attempts=open_attempts(db, person_id) if with_reads else {},
            at=request_time(),
        )


@blueprint.get("/")
def my_learning() -> str:
    """Continue first, then what is set, then the rest."""
    facts = _facts()
    actor, catalogue = current_actor(), house().catalogue
    has_completed = any(standing.completed_at for standing in facts.standings.values())
    with reading() as db:
        cohorts = my_cohorts(db, actor)
        ahead = coming_sessions(db, actor.person_id, at=request_time()) if cohorts else ()
        came_to = my_sessions_modules(db, actor.person_id) if has_completed else frozenset()
        histories = histories_of(db, actor.person_id) if has_completed else ()
        wish = wish_of(db, actor.person_id) if has_completed else Wish()
    fresh = [module for module, _ in ready_modules(catalogue, histories, wish, at=request_time())]
    page = my_learning_page(actor, catalogue, facts, cohorts, fresh, ahead=ahead, came_to=came_to)
    return render("learner/my_learning.html", page)


@blueprint.get("/modules/")
def catalogue() -> str:
    """All live modules by track."""
    return render("learner/catalogue.html", catalogue_page(house().catalogue, _facts(with_reads=False)))


@blueprint.get("/modules/<slug>/")
def module(slug: str) -> str:
    """A module's first page."""
    found = known_module(slug)
    person_id = current_actor().person_id
    facts = _facts()
    with reading() as db:
        completion = find_completion(db, person_id, found.id)
        attempts = attempts_of(db, person_id, found.id)
        changes = changes_since(db, house().catalogue, found, completion) if completion else None
        # Only a module that is not begun may still ask; most ask nothing, and then nothing is looked up.
        asks = found.quiz is not None and bool(found.quiz.before_ids) and found.id not in facts.standings
        may_answer = asks and before_of(db, person_id, found).may_answer
    if found.status == "retired":
        return render("learner/retired.html", retired_page(found, attempts, completion))
    page = module_page(
        found,
        facts,
        attempts,
        completion,
        reader=reader_of(found),
        has_changes=changes is not None and not changes.is_empty,
        may_answer_before=may_answer,
    )
    return render("learner/module.html", page)


@blueprint.get("/modules/<slug>/sections/<section>")
def section(slug: str, section: str) -> str:
    """One section; opening it writes nothing."""
    found = live_module(slug)
    with reading() as db:
        read = sections_read(db, current_actor().person_id, found.id)
        passed = has_passed(db, current_actor().person_id, found.id)
    is_short = request.args.get("way") == "short"
    page = section_page(
        found, section, read, has_passed=passed, reader=reader_of(found, section), takes_detour=is_short
    )
    return render("learner/section.html", page)


@blueprint.post("/modules/<slug>/sections/<section>")
def finish_section(slug: str, section: str) -> BaseResponse:
    """*Continue*: mark the section as read and go on. Repeating it changes nothing."""
    found = live_module(slug)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with writing() as db:
        mark_section_read(db, actor=current_actor(), module=found, section_id=section, at=request_time())
    return redirect(following_url(found, section), code=303)


@blueprint.get("/modules/<slug>/images/<name>")
def image(slug: str, name: str) -> Response:
    """A picture of a module, as it was compiled."""
    found = house().catalogue.images.get((live_module(slug).slug, name))
    if found is None:
        abort(404)
    response = Response(found.data, content_type=found.media_type)
    response.set_etag(found.digest)
    response.cache_control.private = True
    response.cache_control.max_age = 3600
    response.make_conditional(request)
    return response


@blueprint.get("/glossary")
def glossary() -> str:
    """Every term in plain English."""
    items = tuple(GlossaryItem(term.term, term.slug, term.html) for term in house().catalogue.glossary)
    return render("learner/glossary.html", GlossaryPage(tuple(sorted(items, key=lambda item: item.term.casefold()))))
