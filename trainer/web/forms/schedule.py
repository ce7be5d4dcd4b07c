"""Planning several modules at once. Sent with GET: planning changes nothing."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from trainer.cohorts.planning import MOST_GAP_WEEKS
from trainer.web.forms.cohorts import DayField
from trainer.web.forms.strict import Words
from trainer.web.locales import lazy_gettext


class _PlanForm(FlaskForm):  # type: ignore[misc]
    class Meta:
        csrf = False

        def get_translations(self, _form: object) -> Words:
            """Our catalogue."""
            return Words()


class PathForm(_PlanForm):
    """A starting path, one module after the other."""

    path = SelectField(
        lazy_gettext("Starting path"), [DataRequired(lazy_gettext("Choose a path."))], validate_choice=True
    )
    opens_on = DayField(
        lazy_gettext("The first module opens on"),
        [DataRequired(lazy_gettext("Enter the day it opens, such as 2026-12-01."))],
    )
    first_due_on = DayField(
        lazy_gettext("The first module is due on"),
        [DataRequired(lazy_gettext("Enter the day it is due, such as 2026-12-14."))],
    )
    gap_weeks: Any = IntegerField(
        lazy_gettext("Weeks between due dates"),
        [
            InputRequired(lazy_gettext("Enter a number of weeks, such as 2.")),
            NumberRange(0, MOST_GAP_WEEKS, lazy_gettext("Enter a number of weeks from 0 to 26.")),
        ],
        render_kw={"inputmode": "numeric"},
    )


class CopyForm(_PlanForm):
    """The modules of another cohort, some weeks later."""

    source = SelectField(lazy_gettext("Cohort to copy from"), [DataRequired(lazy_gettext("Choose a cohort."))])
    begins_on = DayField(
        lazy_gettext("The first module opens in the week of"),
        [DataRequired(lazy_gettext("Enter a day of that week, such as 2026-12-01."))],
        description=lazy_gettext("All dates move by the same number of whole weeks, so every weekday stays."),
    )
