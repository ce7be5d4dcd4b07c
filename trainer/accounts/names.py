"""Names as people write them, and the key they are sorted by. Pure."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """Casefolded and without accents, so that Áine stands among the As on every database."""
    spread = unicodedata.normalize("NFKD", name.strip())
    return "".join(mark for mark in spread if not unicodedata.combining(mark)).casefold()[:200]


def staff_key(staff_id: str) -> str:
    """The canonical form of a staff id, unique in its organisation: no spaces, NFKC, casefolded."""
    return "".join(unicodedata.normalize("NFKC", staff_id).split()).casefold()
