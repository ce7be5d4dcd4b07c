"""Dates, numbers and names as the screens say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date

from trainer.clock import LOCAL_ZONE, local_date
from trainer.courseware.catalogue import Module
from trainer.learning.marking import percent_of
from trainer.learning.progress import Standing, State, is_overdue
from trainer.web.locales import gettext as _
from trainer.web.locales import language, lazy_gettext, locale_of
from trainer.web.pages.shell import StateTag

STATE_LABELS = {
    State.NOT_STARTED: lazy_gettext("Not started"),
    State.IN_PROGRESS: lazy_gettext("In progress"),
    State.COMPLETED: lazy_gettext("Completed"),
}
_AUDIENCES = {
    "psw": lazy_gettext("peer support workers"),
    "clinician": lazy_gettext("clinicians"),
    "leader": lazy_gettext("people who lead teams"),
}


def day(value: date | datetime) -> str:
    """22 November 2026, where the services are."""
    return _day(local_date(value) if isinstance(value, datetime) else value, language())


def month(value: date) -> str:
    """November 2026."""
    return format_date(value, "LLLL y", locale=locale_of(language()))


@lru_cache(maxsize=2_000)  # some years of days; a report says the same ones hundreds of times
def _day(value: date, tongue: str) -> str:
    return format_date(value, "d MMMM y", locale=locale_of(tongue))


def clock_time(value: datetime) -> str:
    """10:42, where the services are."""
    return f"{value.astimezone(LOCAL_ZONE):%H:%M}"


def day_and_time(value: datetime) -> str:
    """22 November 2026 at 10:42."""
    return _("%(day)s at %(time)s", day=day(value), time=clock_time(value))


def percent(points: int | None, possible: int | None) -> str | None:
    """88 %, or None where nothing was submitted; rounded down."""
    if points is None or possible is None:
        return None
    return per_cent(percent_of(points, possible))


def per_cent(figure: int) -> str:
    """88 %."""
    return _("%(figure)s %%", figure=figure)


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    if len(names) < 2:
        return "".join(map(str, names))
    return _("%(names)s and %(last)s", names=", ".join(map(str, names[:-1])), last=names[-1])


def listed_in_english(names: Sequence[str]) -> str:
    """a, b and c, whatever the language of the page: for names that the curriculum gives."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def for_whom(module: Module) -> str:
    """Who a module is written for."""
    return _("For %(readers)s", readers=listed([_AUDIENCES[name] for name in module.audience]))


def state_tag(standing: Standing | None, *, due_at: datetime | None, at: datetime) -> StateTag:
    """The state in words, with its overdue flag."""
    state = standing.state if standing else State.NOT_STARTED
    return StateTag(state.value, STATE_LABELS[state], is_overdue(state, due_at=due_at, at=at))


def due_words(due_on: date | None, *, today: date) -> str | None:
    """Due today, or by when."""
    if due_on is None:
        return None
    if due_on == today:
        return _("Due today")
    if due_on == today + timedelta(days=1):
        return _("Due tomorrow")
    if due_on < today:
        return _("Was due %(date)s", date=day(due_on))
    return _("Due %(date)s", date=day(due_on))
