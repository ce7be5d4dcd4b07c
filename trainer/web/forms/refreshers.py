"""The switch for refreshers."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.validators import Optional

from trainer.web.forms.cohorts import DayField, choices
from trainer.web.forms.strict import StrictForm

WISHES = choices([("on", "Offer them to me"), ("paused", "Pause them until a day"), ("off", "I do not want any")])


class WishForm(StrictForm):
    """On, paused or off. Nobody else learns of it."""

    wish = RadioField("Refreshers", choices=WISHES, default="on")
    until = DayField("Pause until", [Optional()], description="Only for a pause; then they are offered again.")
