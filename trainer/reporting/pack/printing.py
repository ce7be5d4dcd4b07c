"""The pack as PDF/UA-1, by typst: tagged, with its language and title, from fonts that come with the package.

Values reach the template as JSON, so that nothing anybody typed is ever read as a command. The template's folder is
all that it can open, and it asks the network for nothing. The same pack gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from trainer.reporting.pack.contents import Pack

FOLDER = Path(__file__).parent / "template"


def print_pack(pack: Pack, *, at: datetime) -> bytes:
    """The PDF. The day of ``at`` is its date of creation."""
    midnight = datetime.combine(at.astimezone(UTC).date(), time(), tzinfo=UTC)
    found = typst.compile(
        FOLDER / "pack.typ",
        root=FOLDER,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"pack": json.dumps(asdict(pack), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=midnight,
    )
    return bytes(found) if isinstance(found, bytes) else b"".join(found or [])
