"""The way in: ``compile_tree`` reads a content folder and gives back a catalogue, or every reason why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from trainer.courseware import rules
from trainer.courseware.assembly import Surroundings, assemble_module
from trainer.courseware.catalogue import Catalogue, GlossaryTerm, Guide, Image, Module, SupportCountry
from trainer.courseware.checks.words import check_words
from trainer.courseware.diagnostics import Diagnostic, Report
from trainer.courseware.glossary import read_glossary
from trainer.courseware.guides import build_guide
from trainer.courseware.manuscript import Manuscript, read_manuscript
from trainer.courseware.pages import read_pages
from trainer.courseware.pictures import read_pictures
from trainer.courseware.render.markdown import Renderer
from trainer.courseware.render.popovers import Glossary
from trainer.courseware.render.scope import Scope, Target
from trainer.courseware.source import Tree, read_tree
from trainer.courseware.support import read_support
from trainer.courseware.tracks import Listing, check_tracks, read_listing


@dataclass(frozen=True, slots=True)
class Compilation:
    """``catalogue`` is None exactly when a diagnostic is an error. ``file_count`` counts the files read."""

    catalogue: Catalogue | None
    diagnostics: tuple[Diagnostic, ...]
    file_count: int


def compile_tree(root: Path, *, today: date) -> Compilation:
    """Compile a content folder. Never raises for what the folder holds: every problem is a diagnostic."""
    report = Report(rules.TOO_MANY_PROBLEMS)
    tree = read_tree(root, report)
    if tree is None:
        return Compilation(None, report.sorted(), 0)
    catalogue = _catalogue(root, tree, today, report)
    return Compilation(None if report.has_errors else catalogue, report.sorted(), tree.file_count)


def _catalogue(root: Path, tree: Tree, today: date, report: Report) -> Catalogue:
    manuscripts = [one for slug in tree.slugs if (one := read_manuscript(slug, tree, report)) is not None]
    listing = _listing(tree, report)
    check_tracks(listing, manuscripts, report) if listing else None
    targets = {one.slug: Target(one.section_ids, one.status == "draft") for one in manuscripts}
    terms = _glossary(tree, targets, report)
    pictures = {slug: read_pictures(tree, slug, report) for slug in tree.slugs}
    modules: dict[str, Module] = {}
    guides: list[Guide] = []
    glossary = Glossary(terms)
    for manuscript in manuscripts:
        around = Surroundings(targets, frozenset(pictures[manuscript.slug]), glossary)
        renderer = Renderer(around.scope_of(manuscript), report)
        guide = build_guide(manuscript, renderer, report)
        module = assemble_module(manuscript, around, renderer, report)
        if module is not None:
            modules[module.slug] = module
        if guide is not None:
            guides.append(guide)
    _check_ids(manuscripts, report)
    _check_reviews(manuscripts, today, report)
    check_words(root, manuscripts, tree, report)
    return Catalogue(
        tracks=listing.tracks if listing else (),
        paths=listing.paths if listing else (),
        modules=_ordered(modules, listing),
        support=_support(tree, report),
        glossary=terms,
        images=_images(pictures),
        pages=read_pages(tree, targets, report),
        guides=tuple(guides),
    )


def _listing(tree: Tree, report: Report) -> Listing | None:
    file = tree.texts.get("catalogue.yaml")
    if file is None:
        _missing("catalogue.yaml", report)
        return None
    return read_listing(file, tree.slugs, report)


def _support(tree: Tree, report: Report) -> tuple[SupportCountry, ...]:
    file = tree.texts.get("support.yaml")
    if file is None:
        _missing("support.yaml", report)
        return ()
    return read_support(file, report)


def _glossary(tree: Tree, targets: Mapping[str, Target], report: Report) -> tuple[GlossaryTerm, ...]:
    file = tree.texts.get("glossary.md")
    return read_glossary(file, Renderer(Scope(None, modules=targets), report), report) if file else ()


def _missing(path: str, report: Report) -> None:
    """A file that is there but could not be read is reported already."""
    if not report.has_errors_in(path):
        report.add(rules.MISSING_FILE, path, 1, f"there is no {path}")


def _ordered(modules: Mapping[str, Module], listing: Listing | None) -> tuple[Module, ...]:
    """In track order; drafts last, and what no track lists after what one does."""
    order = {slug: place for place, slug in enumerate(listing.order if listing else ())}
    return tuple(
        sorted(modules.values(), key=lambda one: (one.status == "draft", order.get(one.slug, len(order)), one.slug))
    )


def _images(pictures: Mapping[str, Mapping[str, Image]]) -> Mapping[tuple[str, str], Image]:
    return MappingProxyType({(slug, name): image for slug, found in pictures.items() for name, image in found.items()})


def _check_ids(manuscripts: Sequence[Manuscript], report: Report) -> None:
    """Module ids are permanent and unique in the whole tree."""
    owners: dict[str, str] = {}
    for manuscript in manuscripts:
        if manuscript.shape is None:
            continue
        owner = owners.setdefault(manuscript.shape.id, manuscript.slug)
        if owner != manuscript.slug:
            message = f"the id “{manuscript.shape.id}” belongs to the module “{owner}”"
            report.add(rules.DUPLICATE_ID, manuscript.path, manuscript.line_of("id"), message)


def _check_reviews(manuscripts: Sequence[Manuscript], today: date, report: Report) -> None:
    """A review that is due is a warning: the module goes on being shown."""
    for manuscript in manuscripts:
        shape = manuscript.shape
        if shape is not None and shape.status == "live" and shape.review_due_on < today:
            line = manuscript.line_of("review_due_on")
            message = f"the review was due on {shape.review_due_on.isoformat()}"
            report.add(rules.REVIEW_OVERDUE, manuscript.path, line, message)
