"""Stylesheets, script and icon as files with their content hash in the name.

Joined once when the app starts, so that the sources stay one file a component and a page still
needs no more than four requests. Pages of trainers and managers load a second stylesheet, so that nobody else's
phone does. No build step.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static"
CSS_FILES = (
    "tokens",
    "base",
    "layout",
    "controls",
    "learning",
    "prose",
    "quiz",
    "practice",
    "paper",
    "tables",
    "print",
)
DESK_CSS_FILES = ("reports",)
CSS_TYPE = "text/css; charset=utf-8"
JS_FILES = ("words", "page", "order", "autosave", "notes", "preview")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to serve; ``gzip_body`` is None where packing it would not help."""

    body: bytes
    gzip_body: bytes | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """The addresses for pages, and the files by name."""

    css_url: str
    desk_css_url: str
    js_url: str
    icon_url: str
    files: Mapping[str, Asset]

    def get(self, name: str) -> Asset | None:
        """The file of that name, hash included; an outdated name finds nothing."""
        return self.files.get(name)


def build_assets(static: Path = STATIC) -> Assets:
    """Join and hash the files. Raises FileNotFoundError if one of the list is missing."""
    css = _joined(static / "css", CSS_FILES, ".css")
    desk_css = _joined(static / "css", DESK_CSS_FILES, ".css")
    js = _joined(static / "js", JS_FILES, ".js")
    icon = (static / "icon.svg").read_bytes()
    made = {
        _name("site", css, ".css"): (css, CSS_TYPE),
        _name("desk", desk_css, ".css"): (desk_css, CSS_TYPE),
        _name("site", js, ".js"): (js, "text/javascript; charset=utf-8"),
        _name("icon", icon, ".svg"): (icon, "image/svg+xml"),
    }
    files = {name: Asset(body, _packed(body), media_type) for name, (body, media_type) in made.items()}
    css_url, desk_css_url, js_url, icon_url = (f"/assets/{name}" for name in made)
    return Assets(css_url=css_url, desk_css_url=desk_css_url, js_url=js_url, icon_url=icon_url, files=files)


def _joined(folder: Path, names: tuple[str, ...], ending: str) -> bytes:
    return b"\n".join((folder / f"{name}{ending}").read_bytes() for name in names)


def _name(stem: str, body: bytes, ending: str) -> str:
    return f"{stem}-{hashlib.sha256(body).hexdigest()[:12]}{ending}"


def _packed(body: bytes) -> bytes | None:
    packed = gzip.compress(body, 9, mtime=0)
    return packed if len(packed) < len(body) * 0.9 else None
