"""The pictures of a module: real pictures, by name, size and first bytes."""

from __future__ import annotations

import hashlib

from trainer.courseware import rules
from trainer.courseware.catalogue import Image
from trainer.courseware.diagnostics import Report
from trainer.courseware.render.links import IMAGE
from trainer.courseware.source import Tree

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}


def read_pictures(tree: Tree, slug: str, report: Report) -> dict[str, Image]:
    """The usable pictures by file name; every other file there is a diagnostic."""
    folder = f"modules/{slug}/"
    found: dict[str, Image] = {}
    for path, data in tree.images.items():
        if not path.startswith(folder):
            continue
        name = path.rpartition("/")[2]
        media_type = MEDIA_TYPES.get(name.rpartition(".")[2], "")
        if not IMAGE.match(path.removeprefix(folder)):
            report.add(rules.IMAGE_UNUSABLE, path, 1, f"“{name}” is no name for a picture")
        elif media_type != media_type_of(data):
            report.add(rules.IMAGE_UNUSABLE, path, 1, f"“{name}” is not the kind of picture its name says")
        else:
            found[name] = Image(name, media_type, hashlib.sha256(data).hexdigest(), data)
    return found


def media_type_of(data: bytes) -> str | None:
    """The kind of picture that the first bytes show, or None."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "image/avif"
    return None
