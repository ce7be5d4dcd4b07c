"""What the scripts of a page say, for pages in another language. English stands in the scripts themselves."""

from __future__ import annotations

import json

from trainer.web.locales import language, translated
from trainer.wording import said

# The same sentences as in static/js; a test holds the two equal.
SCRIPT_WORDS = (
    said("Show"),
    said("Show password"),
    said("Hide"),
    said("Hide password"),
    said("Earlier"),
    said("Later"),
    said("{line}: place {place} of {count}"),
    said("Saving…"),
    said("Saved {time}"),
    said("Not saved"),
    said("Not saved yet"),
    said("Not saved. {why}"),
    said("Not saved yet – check your connection; we keep trying."),
    said("Not saved yet: choose an answer too"),
    said("Nothing is chosen; an answer saved before stays"),
    said("Reload this page and choose again."),
    said(
        "You are signed out here. Copy what you wrote, if anything; reload this page and sign in. "
        "What you chose is kept."
    ),
    said("You are signed out here. Copy what you typed, reload this page and sign in."),
    said("Nothing is kept here"),
    said("Press Save to see both."),
)


def script_words() -> str | None:
    """Each sentence with its translation, as JSON; None on an English page."""
    if language() == "en":
        return None
    return json.dumps({str(one): translated(one) for one in SCRIPT_WORDS}, ensure_ascii=False)
