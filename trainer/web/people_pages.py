"""From people and the log to what their pages say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import url_for
from flask_wtf import FlaskForm

from trainer.accounts.audit import EventKind
from trainer.accounts.audit_check import LogLine
from trainer.accounts.queries import OrganisationOf
from trainer.cohorts.people import PEOPLE_A_PAGE, MemberLine
from trainer.web.forms.tokens import HELD
from trainer.web.locales import gettext as _
from trainer.web.locales import ngettext
from trainer.web.pages.people import LogPage, LogRow, MemberPage, PeoplePage, PersonRow
from trainer.web.pages.shell import Crumb
from trainer.web.paging import page_links
from trainer.web.profile import ROLES
from trainer.web.words import day_and_time


def people_crumbs(home: OrganisationOf) -> tuple[Crumb, ...]:
    """The way back to everybody."""
    return (Crumb(_("People"), url_for("people.people", organisation=home.slug)),)


def people_page(
    home: OrganisationOf, lines: Sequence[MemberLine], total: int, waiting: int, *, search: str, page: int
) -> PeoplePage:
    """Members by name."""

    def url(one: int) -> str:
        return url_for("people.people", organisation=home.slug, search=search or None, page=one)

    return PeoplePage(
        crumbs=(),
        organisation=home.name,
        search=search,
        rows=tuple(_person_row(home, line) for line in lines),
        found=ngettext("%(num)s person", "%(num)s people", total),
        waiting=ngettext(
            "%(num)s person has been asked and has not answered yet; see the invitations of each cohort.",
            "%(num)s people have been asked and have not answered yet; see the invitations of each cohort.",
            waiting,
        )
        if waiting
        else None,
        page_links=page_links(total, PEOPLE_A_PAGE, page, url),
        log_url=url_for("people.log", organisation=home.slug),
        tokens_url=url_for("tokens.tokens", organisation=home.slug),
        cohorts_url=url_for("cohorts.cohort_list", organisation=home.slug),
    )


def _person_row(home: OrganisationOf, line: MemberLine) -> PersonRow:
    return PersonRow(
        name=line.name,
        url=url_for("people.member", organisation=home.slug, member=line.member_id),
        contact=line.contact,
        role=ROLES[line.role],
        state=_state(line),
        cohorts=f"{line.cohort_count:,}",
    )


def _state(line: MemberLine) -> str:
    return _("Active") if line.is_active else _("Account closed")


def member_page(home: OrganisationOf, line: MemberLine, form: FlaskForm, *, is_self: bool) -> MemberPage:
    """One member."""
    return MemberPage(
        crumbs=people_crumbs(home),
        name=line.name,
        facts=(
            (_("E-mail or staff id"), line.contact),
            (_("State"), _state(line)),
            (_("Cohorts they learn in"), f"{line.cohort_count:,}"),
        ),
        form=form,
        remove_url=url_for("people.remove", organisation=home.slug, member=line.member_id),
        is_self=is_self,
    )


def log_page(
    home: OrganisationOf,
    lines: Sequence[LogLine],
    total: int,
    names: Mapping[int, str],
    cohorts: Mapping[int, str],
    *,
    page: int,
) -> LogPage:
    """The log; names are those that the organisation may know today."""
    return LogPage(
        crumbs=people_crumbs(home),
        organisation=home.name,
        rows=tuple(
            LogRow(line.number, day_and_time(line.at), _who(line.actor_id, names), event_words(line, names, cohorts))
            for line in lines
        ),
        page_links=page_links(
            total, PEOPLE_A_PAGE, page, lambda one: url_for("people.log", organisation=home.slug, page=one)
        ),
    )


def _who(person_id: int, names: Mapping[int, str]) -> str:
    if person_id == 0:
        return _("The operator of this service")
    return names.get(person_id, _("Somebody who is not here any longer"))


def event_words(line: LogLine, names: Mapping[int, str], cohorts: Mapping[int, str]) -> str:
    """What happened, as a sentence. A kind that has none yet is shown by its name."""
    told, token = _sentence(line, names, cohorts), line.detail.get("by_token")
    return _("%(what)s, through another system with token %(number)s", what=told, number=token) if token else told


def _sentence(line: LogLine, names: Mapping[int, str], cohorts: Mapping[int, str]) -> str:
    detail = line.detail
    whom = names.get(line.subject_id or 0, _("somebody who is not here any longer"))
    where = cohorts.get(int(detail.get("cohort", line.subject_id or 0)), _("a cohort"))
    role, was = (str(ROLES.get(detail.get(key), "")) for key in ("role", "was"))  # type: ignore[call-overload]
    count = int(detail.get("letters", 0)) + int(detail.get("slips", 0))
    sentences: dict[str, Callable[[], str]] = {
        EventKind.INVITED: lambda: ngettext("Invited %(num)s person", "Invited %(num)s people", count),
        EventKind.INVITATION_REVOKED: lambda: _("Took back the invitation of %(name)s", name=whom),
        EventKind.INVITATION_ACCEPTED: lambda: _("Accepted the invitation"),
        EventKind.SLIP_PRINTED: lambda: _("Printed a slip for %(name)s", name=whom),
        EventKind.SLIP_USED: lambda: _("Began with a slip"),
        EventKind.ROLE_CHANGED: lambda: _(
            "Changed the role of %(name)s from %(was)s to %(role)s", name=whom, was=was, role=role
        ),
        EventKind.MEMBER_REMOVED: lambda: _("Took %(name)s out of the organisation", name=whom),
        EventKind.COHORT_CREATED: lambda: _("Made the cohort %(cohort)s", cohort=where),
        EventKind.COHORT_RENAMED: lambda: _("Renamed a cohort, now %(cohort)s", cohort=where),
        EventKind.TRAINER_NAMED: lambda: _("Named %(name)s as a trainer of %(cohort)s", name=whom, cohort=where),
        EventKind.TRAINER_REMOVED: lambda: _("%(name)s no longer runs %(cohort)s", name=whom, cohort=where),
        EventKind.CODE_MADE: lambda: _("Made a join code for %(cohort)s", cohort=where),
        EventKind.CODE_ENDED: lambda: _("Switched the join code of %(cohort)s off", cohort=where),
        EventKind.CODE_USED: lambda: _("Asked to join %(cohort)s with its code", cohort=where),
        EventKind.ROSTER_APPLIED: lambda: _("Applied a list of people to %(cohort)s", cohort=where),
        EventKind.ATTENDANCE_NOTED: lambda: _("Noted who came to a live session of %(cohort)s", cohort=where),
        EventKind.REPORT_EXPORTED: lambda: _("Took away a report with names of %(cohort)s", cohort=where),
        EventKind.ROSTER_EXPORTED: lambda: _("Took away the list of people of %(cohort)s", cohort=where),
        EventKind.ENROLLED: lambda: _("Enrolled %(name)s in %(cohort)s", name=whom, cohort=where),
        EventKind.WITHDRAWN: lambda: _("Withdrew %(name)s from %(cohort)s", name=whom, cohort=where),
        EventKind.REMINDER_QUEUED: lambda: _("Wrote a reminder to people of %(cohort)s", cohort=where),
        EventKind.RESTORED: lambda: _("Brought %(name)s back to %(cohort)s", name=whom, cohort=where),
        **_about_systems(line, where),
    }
    known = sentences.get(line.kind)
    return known() if known else line.kind


def _about_systems(line: LogLine, where: str) -> dict[str, Callable[[], str]]:
    number, may = line.subject_id, str(line.detail.get("scopes", "")).split()
    return {
        EventKind.TOKEN_MADE: lambda: _(
            "Made token %(number)s for another system: %(scopes)s",
            number=number,
            scopes="; ".join(str(HELD.get(one, one)) for one in may),
        ),
        EventKind.COMPLETIONS_READ: lambda: _("Read who completed what in %(cohort)s", cohort=where),
        EventKind.TOKEN_ENDED: lambda: _("Ended token %(number)s of another system", number=number),
        EventKind.TOKEN_EXPOSED: lambda: _(
            "Token %(number)s was ended: it was sent in an address or a form, where others can read it", number=number
        ),
    }
