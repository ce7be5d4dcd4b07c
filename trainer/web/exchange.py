"""Modules on paper and as files, answers included: for trainers and managers only."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for

from trainer.accounts.access import organisation_for
from trainer.accounts.actor import Role
from trainer.accounts.queries import OrganisationOf
from trainer.courseware.catalogue import Module
from trainer.errors import NotFound
from trainer.extensions import reading
from trainer.interop.formats import EXPORTERS, LABELS, export_module
from trainer.interop.pictures import Pictures
from trainer.interop.print_pack import build_print_pack
from trainer.web.identity import current_actor
from trainer.web.learner import live_module
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext
from trainer.web.module_pages import source_items
from trainer.web.pages.about import GuidePage
from trainer.web.pages.exchange import FileOffer, ModuleOffer, ModulesPage, PrintPage
from trainer.web.pages.shell import Crumb
from trainer.web.shell import house, render
from trainer.wording import said

blueprint = Blueprint("exchange", __name__, url_prefix="/organisations/<organisation>/modules")


@blueprint.get("/")
def module_list(organisation: str) -> str:
    """Every live module with its print view and its files, and what each file cannot hold."""
    found = _organisation(organisation)
    modules = tuple(_offer(found.slug, module) for module in house().catalogue.live_modules)
    return render("interop/modules.html", ModulesPage(_crumbs(found.slug)[:1], found.name, modules))


@blueprint.get("/<slug>/print")
def print_module(organisation: str, slug: str) -> str:
    """One module on paper. The gate comes first: a learner is told nothing, not even whether there is such a module."""
    found = _organisation(organisation)
    module = live_module(slug)
    catalogue = house().catalogue
    pictures = Pictures(module, catalogue.images, f"/modules/{module.slug}/images/")
    pack = build_print_pack(module, catalogue, pictures)
    return render("interop/print_pack.html", PrintPage(_crumbs(found.slug), pack))


@blueprint.get("/<slug>/guide")
def guide(organisation: str, slug: str) -> str:
    """How to lead a live session on the module."""
    found = _organisation(organisation)
    module = live_module(slug)
    written = house().catalogue.find_guide(slug)
    if written is None:
        raise NotFound(said("There is no guide to this module’s live session yet."))
    page = GuidePage(
        crumbs=_crumbs(found.slug),
        module_title=module.title,
        module_url=url_for("learner.module", slug=slug),
        opening_html=written.opening_html,
        chapters=written.chapters,
        sources=source_items(module, written.source_ids),
    )
    return render("interop/guide.html", page)


@blueprint.get("/<slug>/export/<form>")
def export(organisation: str, slug: str, form: str) -> Response:
    """The module's questions as a file."""
    _organisation(organisation)
    exported = export_module(live_module(slug), form, house().catalogue.images)
    response = Response(exported.data, content_type=exported.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{exported.name}"'
    return response


def _organisation(slug: str) -> OrganisationOf:
    with reading() as db:
        return organisation_for(db, current_actor(), slug, Role.TRAINER, Role.MANAGER)


def _crumbs(organisation: str) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Cohorts"), url_for("cohorts.cohort_list", organisation=organisation)),
        Crumb(_("Modules to take along"), url_for("exchange.module_list", organisation=organisation)),
    )


def _offer(organisation: str, module: Module) -> ModuleOffer:
    here: dict[str, Any] = {"organisation": organisation, "slug": module.slug}
    count = len(module.quiz.questions) if module.quiz else 0
    return ModuleOffer(
        title=module.title,
        questions=ngettext("%(num)s question", "%(num)s questions", count) if count else _("No questions"),
        print_url=url_for("exchange.print_module", **here),
        guide_url=url_for("exchange.guide", **here) if house().catalogue.find_guide(module.slug) else None,
        files=tuple(_file(here, form, module) for form in EXPORTERS) if count else (),
    )


def _file(here: dict[str, Any], form: str, module: Module) -> FileOffer:
    exported = export_module(module, form, house().catalogue.images)
    prompts = {question.id: question.prompt for question in module.quiz.questions} if module.quiz else {}
    left_out = tuple(f"“{prompts[one.question_id]}” {one.reason}." for one in exported.left_out)
    return FileOffer(LABELS[form], url_for("exchange.export", form=form, **here), left_out)
