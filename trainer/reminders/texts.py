"""The ready texts, the end of every letter, and what to look at again before sending. Pure.

In English: which language a reader would choose is not known. A trainer changes the text as they like, in any language.
Letters speak of what is there, and never of who was away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.reminders.rules import Kind

BLANK = "…"  # what a trainer fills in; a letter with one left is not sent
MOST_SUBJECT, MOST_BODY = 150, 5000


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A subject and a body."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class About:
    """What a ready text may mention; a module may be unknown."""

    product: str
    cohort: str
    module: str = BLANK
    link: str = BLANK
    opens: str = BLANK
    due: str = BLANK


def ready_text(kind: Kind, about: About) -> ReadyText:
    """The text a trainer begins with; empty for their own."""
    if kind is Kind.MODULE_OPENS:
        return ReadyText(
            f"A new module: {about.module}",
            f"Hello,\n\n“{about.module}” opens on {about.opens} for {about.cohort}. It is here:\n{about.link}\n\n"
            "Take it in as many sittings as you like; your place is kept.\n",
        )
    if kind is Kind.MODULE_DUE:
        return ReadyText(
            f"{about.module}: due on {about.due}",
            f"Hello,\n\n“{about.module}” is due on {about.due} for {about.cohort}. It is here:\n{about.link}\n\n"
            "If the date does not suit, tell me: dates can be moved. If you have finished, thank you, and ignore "
            "this letter.\n",
        )
    if kind is Kind.SESSION_NEAR:
        return ReadyText(
            f"Our next live session, {about.cohort}",
            f"Hello,\n\nour next live session is near.\n\nWhen: {BLANK}\nWhere: {BLANK}\n\n"
            "Bring a question if you have one. If you cannot come, that is all right.\n",
        )
    return ReadyText("", "")


def whole_body(text: str, *, product: str, organisation: str, cohort: str) -> str:
    """A letter without its last line, as it is queued."""
    return f"{text.strip()}\n\n-- \nFrom the trainers of {cohort}, {organisation}, by {product}.\nAt most one a week.\n"


def with_stop_link(body: str, link: str) -> str:
    """The letter as it is sent; the link is its reader's own."""
    return f"{body}No more letters of this kind, with one click:\n{link}\n"


# Said to grown-ups about what they did not do, these shame; and they are hardly ever true.
_ABOUT_ABSENCE = re.compile(
    r"where (?:have|were) you(?: been)?|you (?:still )?(?:have not|haven[’']t|did not|didn[’']t)"
    r"|(?:we|I) missed you"
    r"|have you forgotten|you forgot|fall(?:en|ing)? behind|you failed to|still not|last chance|final reminder|overdue"
    r"|no excuse|everyone else|everybody else",
    re.IGNORECASE,
)


def absence_phrases(text: str) -> tuple[str, ...]:
    """Phrases about somebody's absence or lateness, as written, each once."""
    return tuple(dict.fromkeys(found.group() for found in _ABOUT_ABSENCE.finditer(text)))
