"""From join codes to what their pages say."""

from __future__ import annotations

from typing import Any

from flask import url_for

from trainer.cohorts.join_codes import JoinCodeOf
from trainer.cohorts.queries import CohortOf
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.forms.joining import JoinCodeForm, JoinLetterForm, MakeCodeForm
from trainer.web.identity import current_actor, is_signed_in
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext
from trainer.web.pages.joining import JoinCodePage, JoinPage
from trainer.web.qr import qr_path
from trainer.web.shell import house
from trainer.web.words import day


def join_page(found: CohortOf, form: JoinCodeForm) -> JoinPage:
    """Where the code leads and what is still needed."""
    wants_letter = isinstance(form, JoinLetterForm)
    return JoinPage(
        way="letter" if wants_letter else "join",
        organisation=found.organisation_name,
        cohort=found.name,
        form=form,
        action=url_for("join.letter") if wants_letter else url_for("join.mine"),
        sign_in_url=url_for("account.sign_in", next=url_for("join.code", code=form.code.data)),
        person_name=current_actor().name if is_signed_in() else None,
    )


def join_code_page(found: CohortOf, now: JoinCodeOf | None, form: MakeCodeForm) -> JoinCodePage:
    """The code as it is printed; without one, only the way to make one."""
    here: dict[str, Any] = {"organisation": found.organisation_slug, "cohort": found.slug}
    base = house().settings.base_url
    path, size = qr_path(base + url_for("join.code", code=now.code)) if now else ("", 1)
    return JoinCodePage(
        crumbs=cohort_crumbs(found),
        cohort=found.name,
        organisation=found.organisation_name,
        code=now.code if now else None,
        spoken_code=f"{now.code[:4]} {now.code[4:]}" if now else "",
        address=(base + url_for("join.code")).partition("://")[2],
        qr_path=path,
        qr_size=size,
        facts=_facts(now) if now else (),
        form=form,
        make_url=url_for("join.manage", **here),
        end_url=url_for("join.end", **here),
    )


def _facts(now: JoinCodeOf) -> tuple[str, ...]:
    return (
        _("Good until %(day)s", day=day(now.last_day)),
        ngettext(
            "%(count)s of %(num)s place used", "%(count)s of %(num)s places used", now.most_joins, count=now.join_count
        ),
    )
