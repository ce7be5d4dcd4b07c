"""``POST /api/v1/lens``: the language lens as JSON, for anybody."""

from __future__ import annotations

from typing import Any, cast

from flask import current_app, request
from pydantic import BaseModel, ConfigDict, Field

from trainer.api.errors import Refused
from trainer.clock import now
from trainer.language.findings import Finding
from trainer.language.matcher import Lens
from trainer.language.pace import LOOKS_A_MINUTE, Pace
from trainer.language.readers import MOST_PASTED, text_document


class LookRequest(BaseModel):
    """What is sent; anything else is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: str = Field(min_length=1, max_length=MOST_PASTED, description="The text to look at.")
    own_words: list[str] = Field(default_factory=list, max_length=200, description="Words the person chose themself.")
    format: str = Field("text", pattern="^(text|markdown)$", description="In Markdown, quotes and code are left out.")


class FindingAnswer(BaseModel):
    """One place to look at again. Offsets count characters from 0, line and column from 1."""

    start: int
    end: int
    line: int
    column: int
    text: str
    entry: str
    severity: str
    why: str
    alternatives: list[str]
    fine_when: str


class LookAnswer(BaseModel):
    """Advice between colleagues: no score, and nothing is kept."""

    lexicon_version: int
    findings: list[FindingAnswer]


def look(body: LookRequest) -> LookAnswer:
    """Look at a text. It changes nothing, so it needs neither token nor account."""
    lens = cast(Lens, current_app.extensions["lens"])
    wait = cast(Pace, current_app.extensions["lens_pace"]).wait(request.remote_addr or "", at=now())
    if wait:
        raise Refused(
            429,
            f"More than {LOOKS_A_MINUTE} looks came from your network in a minute.",
            f"Nothing was looked at or kept. Send it again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )
    document = text_document(body.text, "markdown" if body.format == "markdown" else "text")
    found = document.look(lens, own_words=tuple(body.own_words)).findings
    return LookAnswer(lexicon_version=lens.lexicon.version, findings=[_finding(one) for one in found])


def _finding(finding: Finding) -> FindingAnswer:
    names = FindingAnswer.model_fields
    values: dict[str, Any] = {name: getattr(finding, name) for name in names}
    return FindingAnswer(**{**values, "alternatives": list(finding.alternatives)})
