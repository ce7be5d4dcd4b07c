"""From notes to what their pages say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flask import url_for

from trainer.clock import local_date
from trainer.courseware.catalogue import Catalogue, Module, Section
from trainer.courseware.parts import Part, Reflection, RewriteTask
from trainer.notebook.queries import NoteOf
from trainer.web.identity import request_time
from trainer.web.locales import english, lazy_gettext, of_page, plain, with_english
from trainer.web.locales import gettext as _
from trainer.web.my_facts import section_url
from trainer.web.pages.notebook import NotebookModule, NotebookPage, NoteBox, NoteView, PrintPage, SheetNote
from trainer.web.shell import house
from trainer.web.words import clock_time, day

NAME_OF_KIND = {
    "reflect": lazy_gettext("Something to think about"),
    "rewrite": lazy_gettext("In your own words"),
    "note": lazy_gettext("A note of yours"),
}


def places_in(module: Module) -> dict[str, tuple[str, str, str]]:
    """Where notes can be written: by name, the heading, the prompt as HTML and the address."""
    first = url_for("learner.module", slug=module.slug)
    found = dict(_places(module.opening, _("The first page"), first))
    for section in module.sections:
        address = section_url(module, section)
        found |= dict(_places(section.parts, english(section.title), address))
        name = f"note:{section.id}"
        found[name] = (english(section.title), "", f"{address}#note-{anchor_of(name)}")
    return found


def _places(parts: Iterable[Part], title: str, address: str) -> Iterable[tuple[str, tuple[str, str, str]]]:
    for part in parts:
        if isinstance(part, Reflection):
            yield f"reflect:{part.name}", (title, part.html, f"{address}#reflect-{part.name}")
        elif isinstance(part, RewriteTask):
            yield f"rewrite:{part.name}", (title, part.html, f"{address}#rewrite-{part.name}")


def anchor_of(name: str) -> str:
    """The box's id in its page."""
    return f"box-{name.replace(':', '-')}"


def is_open(module: Module) -> bool:
    """Whether its sections can be read and written beside: live modules, and drafts in their author's preview."""
    return module.status == "live" or (module.status == "draft" and house().preview is not None)


def known_module(catalogue: Catalogue, module_id: str) -> Module | None:
    """The module of a note; nothing is said of a draft, not even its title."""
    module = catalogue.by_id.get(module_id)
    return module if module is not None and (is_open(module) or module.status == "retired") else None


def note_box(module_id: str, name: str, label: str, note: NoteOf | None, *, back: str) -> NoteBox:
    """A box with what stands in it so far."""
    return NoteBox(
        anchor=anchor_of(name),
        label=label,
        text=(note.text or "") if note else "",
        version=note.version if note else 0,
        saved_at=_saved(note) if note else None,
        url=url_for("notebook.save", module_id=module_id, name=name),
        back=back,
        is_unopenable=note is not None and note.text is None,
    )


def _saved(note: NoteOf) -> str | None:
    if note.updated_at is None:
        return None
    is_today = local_date(note.updated_at) == local_date(request_time())
    if is_today:
        return _("Saved %(time)s", time=clock_time(note.updated_at))
    return _("Saved on %(date)s", date=day(note.updated_at))


def boxes_of(module: Module, section: Section | None, notes: Sequence[NoteOf], *, back: str) -> Mapping[str, NoteBox]:
    """A box for every place of a section, by name; of the first page without one."""
    by_name = {note.name: note for note in notes}
    names = [name for name, _place in _places(section.parts if section else module.opening, "", "")]
    if section is not None:
        names.append(f"note:{section.id}")
    return {name: note_box(module.id, name, box_label(name), by_name.get(name), back=back) for name in names}


def box_label(name: str) -> str:
    """What the box asks for."""
    kind = name.partition(":")[0]
    return {"reflect": _("Your thoughts"), "rewrite": _("Your version")}.get(kind, _("A note on this section"))


def notebook_page(catalogue: Catalogue, notes: Sequence[NoteOf]) -> NotebookPage:
    """All notes by module, in catalogue order; what the curriculum no longer has comes last."""
    return NotebookPage(
        modules=tuple(
            NotebookModule(title, tuple(_view(catalogue, note) for note in of_module))
            for title, of_module in by_module(catalogue, notes)
        ),
        note_count=len(notes),
        download_url=url_for("notebook.download"),
        print_url=url_for("notebook.on_paper"),
        supervision_url=url_for("notebook.supervision"),
        delete_all_url=url_for("notebook.delete_all"),
    )


def by_module(catalogue: Catalogue, notes: Sequence[NoteOf]) -> tuple[tuple[str, tuple[NoteOf, ...]], ...]:
    """Notes with the title of their module; an unknown one keeps its id as title."""
    order = {module.id: place for place, module in enumerate(catalogue.modules)}
    ids = sorted({note.module_id for note in notes}, key=lambda one: (order.get(one, len(order)), one))
    return tuple(
        (
            english(module.title)
            if (module := known_module(catalogue, one))
            else _("Module %(module)s, no longer here", module=one),
            tuple(note for note in notes if note.module_id == one),
        )
        for one in ids
    )


def described(catalogue: Catalogue, note: NoteOf) -> tuple[str, str, str | None]:
    """The heading, prompt and address of a note; a place that is gone has neither, a retired one no address."""
    module = known_module(catalogue, note.module_id)
    place = places_in(module).get(note.name) if module is not None else None
    kind = str(NAME_OF_KIND.get(note.name.partition(":")[0], NAME_OF_KIND["note"]))
    if module is None or place is None:
        return kind, "", None
    title, prompt, address = place
    return (
        with_english(_("%(kind)s: %(place)s"), kind=of_page(kind), place=title),
        prompt,
        address if is_open(module) else None,
    )


def _view(catalogue: Catalogue, note: NoteOf) -> NoteView:
    heading, prompt, address = described(catalogue, note)
    here = {"module_id": note.module_id, "name": note.name}
    box = note_box(note.module_id, note.name, _("Your note"), note, back=url_for("notebook.overview"))
    return NoteView(
        heading=heading,
        prompt_html=prompt,
        place_url=address,
        box=replace(box, anchor=f"{box.anchor}-{note.module_id}"),  # two modules may use the same name
        delete_url=url_for("notebook.delete", **here),  # type: ignore[arg-type]
        written_on=day(note.created_at) if note.created_at else "",
    )


def sheet_note(catalogue: Catalogue, note: NoteOf) -> SheetNote:
    """A note for paper."""
    heading, prompt, _address = described(catalogue, note)
    return SheetNote(heading, prompt, note.text or _("This note cannot be opened at the moment."))


def print_page(catalogue: Catalogue, notes: Sequence[NoteOf]) -> PrintPage:
    """All notes on paper."""
    return PrintPage(
        made_on=day(request_time()),
        modules=tuple(
            (title, tuple(sheet_note(catalogue, note) for note in of_module))
            for title, of_module in by_module(catalogue, notes)
        ),
        back_url=url_for("notebook.overview"),
    )


def as_markdown(catalogue: Catalogue, notes: Sequence[NoteOf]) -> str:
    """All notes as one file to take away."""
    lines = [_("# My notebook"), "", _("Taken away on %(date)s. Only I have this file.", date=day(request_time())), ""]
    for title, of_module in by_module(catalogue, notes):
        lines += [f"## {title}", ""]
        for note in of_module:
            heading = plain(described(catalogue, note)[0])
            written = f" ({day(note.created_at)})" if note.created_at else ""
            lines += [f"### {heading}{written}", "", note.text or _("(cannot be opened at the moment)"), ""]
    return "\n".join(lines)
