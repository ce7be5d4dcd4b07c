"""The survey and its switch. Shape only: the instrument says what an answer may be."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField

from trainer.surveys.instrument import ITEMS
from trainer.web.forms.cohorts import choices
from trainer.web.forms.strict import StrictForm, refuse_unknown_fields
from trainer.web.locales import lazy_gettext

WAVE_CHOICES = choices(
    [
        ("", lazy_gettext("Closed")),
        ("before", lazy_gettext("Open: before the course")),
        ("after", lazy_gettext("Open: after the course")),
    ]
)


class SurveyForm(StrictForm):
    """One field a statement, none of them required."""

    def validate_on_submit(self, extra_validators: dict[str, Any] | None = None) -> bool:
        """As for every form. Raises UnknownFields for a statement that the instrument has not."""
        if self.is_submitted():
            refuse_unknown_fields({"csrf_token", *(f"item-{item.number}" for item in ITEMS)})
        return bool(self.is_submitted() and self.validate(extra_validators))


class WaveForm(StrictForm):
    """Which survey is open."""

    wave = RadioField(lazy_gettext("Survey"), choices=WAVE_CHOICES, validate_choice=False, default="")
