"""Where the curriculum lies when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path


def content_folder() -> Path:
    """The ``content`` folder beside the package in a checkout, or the packaged copy when installed."""
    packaged = Path(__file__).parent.parent / "_content"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "content"
