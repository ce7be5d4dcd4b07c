"""Uploading a list, and agreeing to its preview."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from trainer.web.forms.strict import StrictForm
from trainer.web.locales import lazy_gettext as _


class UploadForm(StrictForm):
    """One file."""

    file = FileField(
        _("The list, as .csv or .xlsx"),
        [FileRequired(_("Choose a file first."))],
        render_kw={"accept": ".csv,.xlsx,.txt,text/csv"},
    )


class ApplyForm(StrictForm):
    """``digest`` names the plan that was on the screen."""

    digest = HiddenField()
