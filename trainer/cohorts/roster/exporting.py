"""The cohort as a list that imports as no change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trainer.clock import local_date
from trainer.cohorts.queries import RosterLine
from trainer.tables import Value

HEADINGS = ("Full name (NAME)", "E-mail (EMAIL)", "Staff id (STAFF_ID)", "State (STATE)", "Since (SINCE)")


def roster_rows(lines: Iterable[RosterLine]) -> Iterator[Sequence[Value]]:
    """Everybody who is in the cohort or invited; importing whoever has withdrawn would bring them back."""
    yield HEADINGS
    for line in lines:
        if line.state != "withdrawn":
            yield (line.name, line.email, line.staff_id, line.state, local_date(line.since).isoformat())
