"""From invitations to what their pages say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_wtf import FlaskForm

from trainer.cohorts.asked import Asked, InvitationLine
from trainer.cohorts.joining import OpenInvitation
from trainer.cohorts.queries import CohortOf
from trainer.web.cohort_pages import cohort_crumbs
from trainer.web.locales import gettext as _
from trainer.web.pages.joining import AskedRow, InvitationPage, InvitationsPage
from trainer.web.paging import page_links
from trainer.web.words import day, listed

ASKED_A_PAGE = 50


def invitation_page(found: OpenInvitation, form: FlaskForm, *, is_signed_in: bool, url: str) -> InvitationPage:
    """What the reader of a letter is told before they decide."""
    is_new = not found.invitation.has_password
    return InvitationPage(
        way="new" if is_new else "accept" if is_signed_in else "sign in",
        organisation=found.invitation.organisation_name,
        cohorts=listed(found.cohorts),
        inviter=found.inviter,
        form=form,
        sign_in_url=url_for("account.sign_in", next=url),
    )


def invitations_page(cohort: CohortOf, lines: Sequence[InvitationLine], total: int, page: int) -> InvitationsPage:
    """Whom the cohort has asked."""
    here: dict[str, Any] = {"organisation": cohort.organisation_slug, "cohort": cohort.slug}
    unsent = any(line.state is Asked.NOT_YET and line.kind == "letter" for line in lines)
    return InvitationsPage(
        crumbs=cohort_crumbs(cohort),
        cohort=cohort.name,
        rows=tuple(_row(line, here) for line in lines),
        total=total,
        page_links=page_links(total, ASKED_A_PAGE, page, lambda one: url_for("invitations.asked", page=one, **here)),
        send_url=url_for("invitations.send", **here),
        unsent=_("Some letters have not been sent yet.") if unsent else None,
        slips_url=url_for("slips.choose", **here),
    )


def _row(line: InvitationLine, here: dict[str, Any]) -> AskedRow:
    is_letter = line.kind == "letter"
    again = line.state in (Asked.WAITING, Asked.EXPIRED, Asked.REVOKED) and is_letter
    at = {**here, "enrolment": line.enrolment_id}
    return AskedRow(
        name=line.name,
        contact=line.contact or _("Staff id %(id)s", id=line.staff_id),
        state=state_words(line),
        again_url=url_for("invitations.again", **at) if again else None,
        again_label=_("Send again") if line.state is Asked.WAITING else _("Invite again"),
        revoke_url=url_for("invitations.revoke", **at) if _can_be_taken_back(line) else None,
    )


def _can_be_taken_back(line: InvitationLine) -> bool:
    unsent_letter = line.state is Asked.NOT_YET and line.kind == "letter"
    return unsent_letter or line.state in (Asked.WAITING, Asked.EXPIRED)


def state_words(line: InvitationLine) -> str:
    """Where an invitation stands, and since when."""
    when = day(line.when) if line.when else ""
    if line.state is Asked.NOT_YET:
        return _("Letter not sent yet") if line.kind == "letter" else _("Slip not printed yet")
    return {
        Asked.WAITING: _("Waiting for an answer since %(day)s", day=when)
        if line.kind == "letter"
        else _("Slip printed on %(day)s", day=when),
        Asked.EXPIRED: _("Ran out; sent on %(day)s", day=when),
        Asked.REVOKED: _("Taken back on %(day)s", day=when),
        Asked.ACCEPTED: _("Accepted on %(day)s", day=when),
    }[line.state]
