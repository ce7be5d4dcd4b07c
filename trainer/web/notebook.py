"""The notebook: reflections and private notes, for their writer alone. No page of it is kept by any browser."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.errors import Invalid, NotFound
from trainer.extensions import reading, writing
from trainer.notebook.queries import NoteOf, notes_of
from trainer.notebook.services import WrittenElsewhere, delete_all_notes, delete_note, save_note
from trainer.web.forms.notebook import NoteForm, SheetForm
from trainer.web.forms.strict import ConfirmForm
from trainer.web.gate import safe_next
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, ngettext
from trainer.web.notebook_pages import as_markdown, box_label, is_open, note_box, notebook_page, places_in, print_page
from trainer.web.pages.notebook import ConflictPage, DeletePage, ProblemPage
from trainer.web.pages.shell import Crumb
from trainer.web.shell import house, notify, render
from trainer.web.supervision import sheet_page, supervision_page, unsure_questions
from trainer.web.words import clock_time
from trainer.wording import said

blueprint = Blueprint("notebook", __name__, url_prefix="/notebook")

FIRST_VERSIONS = 1_000_000_000  # a note begun anew must not look like the one that stood there before


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Not even the browser's own memory keeps a page of the notebook."""
    response.headers["Cache-Control"] = "no-store"
    return response


def my_notes(module_id: str | None = None) -> tuple[NoteOf, ...]:
    """One's own notes, opened."""
    with reading() as db:
        return notes_of(db, actor=current_actor(), sealer=house().sealer, module_id=module_id)


@blueprint.get("/")
def overview() -> str:
    """All of one's notes."""
    return render("notebook/overview.html", notebook_page(house().catalogue, my_notes()))


@blueprint.post("/notes/<module_id>/<name>")
def save(module_id: str, name: str) -> Response | tuple[str, int]:
    """Keep a note; with JSON the receipt, otherwise back to where it was written."""
    form = NoteForm()
    if not form.validate_on_submit():
        abort(400)
    text, version = form.text.data or "", form.version.data or 0
    _check_place(module_id, name)
    try:
        with writing() as db:
            kept = save_note(
                db,
                actor=current_actor(),
                sealer=house().sealer,
                module_id=module_id,
                name=name,
                text=text,
                base_version=version,
                at=request_time(),
                first_version=1 + secrets.randbelow(FIRST_VERSIONS),
            )
    except (WrittenElsewhere, Invalid) as problem:
        return _not_kept(problem, module_id, name, text)
    if _wants_json():
        return jsonify(saved_at=clock_time(kept.saved_at), version=kept.version)
    notify("done", _("Your note is saved.") if kept.version else _("There is no note here now."))
    return redirect(safe_next(form.back.data) or url_for("notebook.overview"), code=303)


def _check_place(module_id: str, name: str) -> None:
    module = house().catalogue.by_id.get(module_id)
    if module is not None and is_open(module) and name in places_in(module):
        return
    if not any(note.name == name for note in my_notes(module_id)):
        raise NotFound(said("There is no such place to write."), said("Go to your notebook."))


def _not_kept(problem: WrittenElsewhere | Invalid, module_id: str, name: str, text: str) -> Response | tuple[str, int]:
    is_conflict = isinstance(problem, WrittenElsewhere)
    if _wants_json():
        response = jsonify(message=in_words(problem))
        response.status_code = 409 if is_conflict else 422
        return response
    crumbs = (Crumb(_("Notebook"), url_for("notebook.overview")),)
    back = safe_next(request.form.get("back")) or url_for("notebook.overview")
    if isinstance(problem, WrittenElsewhere):
        both = NoteOf(module_id, name, f"{problem.text}\n\n{text}", problem.version)
        box = note_box(module_id, name, _("Both versions, to be made one"), both, back=back)
        page = ConflictPage(crumbs, _("This note has two versions"), problem.text, text, box)
        return render("notebook/conflict.html", page), 409
    typed = NoteOf(module_id, name, text, request.form.get("version", 0, type=int))
    box = note_box(module_id, name, box_label(name), typed, back=back)
    words = in_words(problem)
    return render("notebook/problem.html", ProblemPage(crumbs, _("Not saved yet"), words, box)), 422


@blueprint.route("/notes/<module_id>/<name>/delete", methods=["GET", "POST"])
def delete(module_id: str, name: str) -> str | Response:
    """Ask, then delete one note for good."""
    if ConfirmForm().validate_on_submit():
        with writing() as db:
            delete_note(db, actor=current_actor(), module_id=module_id, name=name)
        notify("done", _("The note is deleted."))
        return redirect(url_for("notebook.overview"), code=303)
    if not any(note.name == name for note in my_notes(module_id)):
        raise NotFound(said("There is no such note of yours."), said("Go to your notebook."))
    page = DeletePage(
        crumbs=(Crumb(_("Notebook"), url_for("notebook.overview")),),
        heading=_("Delete this note?"),
        paragraph=_("It is deleted for good. Nobody can bring it back."),
        submit_label=_("Delete it"),
        post_url=url_for("notebook.delete", module_id=module_id, name=name),
        cancel_url=url_for("notebook.overview"),
    )
    return render("notebook/delete.html", page)


@blueprint.route("/delete-all", methods=["GET", "POST"])
def delete_all() -> str | Response:
    """Ask, then delete every note for good."""
    if ConfirmForm().validate_on_submit():
        with writing() as db:
            count = delete_all_notes(db, actor=current_actor())
        notify(
            "done",
            ngettext(
                "Your notebook is empty. Deleted: %(num)s note.",
                "Your notebook is empty. Deleted: %(num)s notes.",
                count,
            ),
        )
        return redirect(url_for("notebook.overview"), code=303)
    page = DeletePage(
        crumbs=(Crumb(_("Notebook"), url_for("notebook.overview")),),
        heading=_("Delete all your notes?"),
        paragraph=_(
            "Every reflection and note of yours is deleted for good. Take them away as a file first if you may "
            "want them. Nobody can bring them back."
        ),
        submit_label=_("Delete them all"),
        post_url=url_for("notebook.delete_all"),
        cancel_url=url_for("notebook.overview"),
    )
    return render("notebook/delete.html", page)


@blueprint.get("/notebook.md")
def download() -> Response:
    """All notes as one Markdown file."""
    response = make_response(as_markdown(house().catalogue, my_notes()))
    response.headers["Content-Type"] = "text/markdown; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="my-notebook.md"'
    return response


@blueprint.get("/on-paper")
def on_paper() -> str:
    """All notes, laid out for paper."""
    return render("notebook/on_paper.html", print_page(house().catalogue, my_notes()))


@blueprint.route("/supervision", methods=["GET", "POST"])
def supervision() -> str | tuple[str, int]:
    """Choose, then one page for paper. Nothing of it is stored."""
    catalogue, notes = house().catalogue, my_notes()
    unsure = unsure_questions(catalogue)
    form = SheetForm()
    chosen, own, problem = frozenset[str](), "", None
    if form.validate_on_submit():
        chosen = frozenset((*request.form.getlist("note"), *request.form.getlist("question")))
        own = (form.own.data or "").strip()
        if chosen or own:
            return render("notebook/sheet.html", sheet_page(catalogue, notes, unsure, chosen=chosen, own=own))
        problem = _("Nothing is chosen yet. Tick a note or a question, or write a line of your own.")
    page = supervision_page(catalogue, notes, unsure, chosen=chosen, own=own, problem=problem)
    return render("notebook/supervision.html", page), 422 if problem else 200


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
