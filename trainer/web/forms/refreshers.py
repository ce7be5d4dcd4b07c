"""The switch for refreshers."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.validators import Optional

from trainer.web.forms.cohorts import DayField, choices
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import lazy_gettext

WISHES = choices(
    [
        ("on", lazy_gettext("Offer them to me")),
        ("paused", lazy_gettext("Pause them until a day")),
        ("off", lazy_gettext("I do not want any")),
    ]
)


class WishForm(StrictForm):
    """On, paused or off. Nobody else learns of it."""

    wish = RadioField(lazy_gettext("Refreshers"), choices=WISHES, default="on")
    until = DayField(
        lazy_gettext("Pause until"),
        [Optional()],
        description=lazy_gettext("Only for a pause; then they are offered again."),
    )
