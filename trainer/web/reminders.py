"""Writing to a cohort: begin with a ready text or an empty page, look at it as it will be sent, send it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from trainer.clock import local_date
from trainer.cohorts.access import Permission, cohort_for
from trainer.cohorts.queries import AssignmentOf, CohortOf, assignments_of
from trainer.errors import Invalid
from trainer.extensions import reading, writing
from trainer.postbox import STOP_ADDRESS
from trainer.reminders.queries import undelivered
from trainer.reminders.rules import Audience, Kind
from trainer.reminders.services import Reminder, check_reminder, readers_for, send_reminder
from trainer.reminders.texts import BLANK, About, ReadyText, absence_phrases, ready_text, whole_body, with_stop_link
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.forms.cohorts import title_choices
from trainer.web.forms.reminders import KINDS, ReminderForm
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import gettext as _
from trainer.web.locales import in_words, ngettext
from trainer.web.pages.schedule import LetterPreview, ReadyChoice, RemindersPage, UndeliveredRow
from trainer.web.shell import house, notify, render
from trainer.web.words import day, listed

blueprint = Blueprint("reminders", __name__, url_prefix="/organisations/<organisation>/cohorts/<cohort>")
MOST_ADVICE = 5


@blueprint.get("/reminders")
def write(organisation: str, cohort: str) -> str:
    """An empty letter, or a ready text for a module."""
    found, modules = _cohort(organisation, cohort)
    form = _form(modules, blank=True)
    asked = request.args.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else Kind.OWN
    module = next((one for one in modules if one.module_id == request.args.get("module")), None)
    module = module or _next_module(kind, modules)
    text = _ready(kind, found, module)
    form.kind.data, form.audience.data = str(kind), str(Audience.ALL)
    form.module.data = module.module_id if module else ""
    form.subject.data, form.body.data = text.subject, text.body
    return _page(found, form, None)


@blueprint.post("/reminders")
def send(organisation: str, cohort: str) -> str | Response | tuple[str, int]:
    """Show the letter as it will be sent; with “Send”, send it. It goes out with the next round of the post."""
    found, modules = _cohort(organisation, cohort)
    form = _form(modules)
    if not form.validate_on_submit():
        return _page(found, form, None), 422
    reminder = _reminder(form)
    try:
        if form.step.data != "send":
            check_reminder(reminder)
            return _page(found, form, _preview(found, reminder))
        with writing() as db:
            who: dict[str, Any] = {"actor": current_actor(), "organisation": organisation, "cohort": cohort}
            product = house().settings.product_name
            readers = send_reminder(db, **who, reminder=reminder, product=product, at=request_time())
    except Invalid as problem:
        form.body.errors = [in_words(problem)]
        return _page(found, form, None), 422
    count = len(readers.person_ids)
    notify("done", ngettext("The letter goes to %(num)s person.", "The letter goes to %(num)s people.", count))
    return redirect(_url(found), code=303)


def _reminder(form: ReminderForm) -> Reminder:
    audience = Audience(form.audience.data)
    return Reminder(
        Kind(form.kind.data), audience, form.module.data or None, form.subject.data.strip(), form.body.data.strip()
    )


def _preview(found: CohortOf, reminder: Reminder) -> LetterPreview:
    with reading() as db:
        readers = readers_for(db, found.id, reminder, at=request_time())
    here = house()
    names = {"organisation": found.organisation_name, "cohort": found.name}
    link = f"{here.settings.base_url}{STOP_ADDRESS}{BLANK}"
    return LetterPreview(
        subject=reminder.subject,
        body=with_stop_link(whole_body(reminder.text, product=here.settings.product_name, **names), link),
        reader_count=len(readers.person_ids),
        left_out_count=readers.left_out_count,
        advice=_advice(f"{reminder.subject}\n{reminder.text}"),
    )


def _advice(text: str) -> tuple[str, ...]:
    """What to look at again; never a reason not to send."""
    absent = [
        _("“%(words)s” speaks of what somebody did not do. Say what is there for them instead.", words=words)
        for words in absence_phrases(text)
    ]
    pointed_at = dict.fromkeys(finding.text for finding in house().lens.look(text).findings)
    looked = [_("“%(words)s”: Look at my words has something to say about this.", words=words) for words in pointed_at]
    return tuple((*absent, *looked)[:MOST_ADVICE])


def _next_module(kind: Kind, modules: tuple[AssignmentOf, ...]) -> AssignmentOf | None:
    """The one a ready text is most likely about: due next, or opening next."""
    today = local_date(request_time())
    if kind is Kind.MODULE_DUE:
        return min(
            (m for m in modules if m.due_on and m.due_on >= today), key=lambda m: m.due_on or today, default=None
        )
    if kind is Kind.MODULE_OPENS:
        return min((m for m in modules if m.opens_on >= today), key=lambda m: m.opens_on, default=None)
    return None


def _ready(kind: Kind, found: CohortOf, assignment: AssignmentOf | None) -> ReadyText:
    here = house()
    about: dict[str, str] = {}
    module = here.catalogue.by_id.get(assignment.module_id) if assignment else None
    if assignment and module:
        about = {
            "module": module.title,
            "link": here.settings.base_url + url_for("learner.module", slug=module.slug),
            "opens": day(assignment.opens_on),
            "due": day(assignment.due_on) if assignment.due_on else BLANK,
        }
    return ready_text(kind, About(product=here.settings.product_name, cohort=found.name, **about))


def _form(modules: tuple[AssignmentOf, ...], *, blank: bool = False) -> ReminderForm:
    form = ReminderForm(formdata=None) if blank else ReminderForm()
    titles = {module.id: module.title for module in house().catalogue.modules}
    named = [(one.module_id, titles.get(one.module_id, one.module_id)) for one in modules]
    form.module.choices = [("", _("None in particular")), *title_choices(named)]
    return form


def _page(found: CohortOf, form: ReminderForm, preview: LetterPreview | None) -> str:
    with reading() as db:
        failed = undelivered(db, found.id, at=request_time())
    page = RemindersPage(
        crumbs=cohort_crumbs(found),
        cohort=found.name,
        ready=tuple(ReadyChoice(label, str(kind)) for kind, label in KINDS.items() if kind != Kind.OWN),
        form=form,
        preview=preview,
        undelivered=tuple(UndeliveredRow(one.subject, listed(one.names), day(one.gave_up_at)) for one in failed),
    )
    return render("trainer/reminders.html", page)


def _url(found: CohortOf) -> str:
    return url_for("reminders.write", organisation=found.organisation_slug, cohort=found.slug)


def _cohort(organisation: str, cohort: str) -> tuple[CohortOf, tuple[AssignmentOf, ...]]:
    """The gate: only trainers of the cohort, because the audience may be chosen by named progress."""
    with reading() as db:
        found = cohort_for(db, current_actor(), organisation, cohort, to=Permission.REPORT)
        return found, assignments_of(db, found.id)
