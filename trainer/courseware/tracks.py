"""catalogue.yaml: the tracks and paths, and whether they fit the module folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.courseware import rules
from trainer.courseware.catalogue import StartingPath, Track
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import read_small_yaml
from trainer.courseware.manuscript import Manuscript
from trainer.courseware.shapes import CatalogueShape, PathShape, TrackShape, read_shape
from trainer.courseware.source import TextFile, read_tree
from trainer.courseware.yamlish import Document


@dataclass(frozen=True, slots=True)
class Listing:
    """What catalogue.yaml says."""

    tracks: tuple[Track, ...]
    paths: tuple[StartingPath, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """Every listed slug once, in track order."""
        return tuple(dict.fromkeys(slug for track in self.tracks for slug in track.module_slugs))


def read_listing(file: TextFile, slugs: Sequence[str], report: Report) -> Listing | None:
    """The tracks and paths, or None with diagnostics. ``slugs`` are the module folders there are."""
    document = read_small_yaml(file.path, file.text, 1, report)
    shape = read_shape(CatalogueShape, file.path, document, report) if document else None
    if shape is None or document is None:
        return None
    _check_entries(file.path, document, "tracks", shape.tracks, slugs, report)
    _check_entries(file.path, document, "paths", shape.paths, slugs, report)
    _check_listed_once(file.path, document, shape, report)
    return Listing(
        tuple(Track(track.slug, track.title, track.summary, tuple(track.modules)) for track in shape.tracks),
        tuple(StartingPath(path.slug, path.title, tuple(path.modules)) for path in shape.paths),
    )


def check_tracks(listing: Listing, manuscripts: Iterable[Manuscript], report: Report) -> None:
    """Every module is listed, or a draft, and names the track that lists it."""
    track_of: Mapping[str, str] = {slug: track.slug for track in listing.tracks for slug in track.module_slugs}
    known = {track.slug for track in listing.tracks}
    for manuscript in manuscripts:
        if manuscript.shape is None:
            continue
        listed, named = track_of.get(manuscript.slug), manuscript.shape.track
        line = manuscript.line_of("track")
        if listed is None and manuscript.shape.status != "draft":
            report.add(rules.MODULE_UNLISTED, manuscript.path, 1, f"no track lists “{manuscript.slug}”")
        elif listed is not None and listed != named:
            message = f"the front matter says track: {named}, but “{listed}” lists the module"
            report.add(rules.WRONG_TRACK, manuscript.path, line, message)
        elif named not in known:
            report.add(rules.WRONG_TRACK, manuscript.path, line, f"there is no track “{named}”")


def _check_entries(
    path: str,
    document: Document,
    key: str,
    entries: Sequence[TrackShape | PathShape],
    slugs: Sequence[str],
    report: Report,
) -> None:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.slug in seen:
            line = document.line_of(key, index, "slug")
            report.add(rules.DUPLICATE_ID, path, line, f"the slug “{entry.slug}” is used for the second time")
        seen.add(entry.slug)
        for position, slug in enumerate(entry.modules):
            line = document.line_of(key, index, "modules", position)
            if slug not in slugs:
                report.add(rules.MODULE_UNKNOWN, path, line, f"there is no module “{slug}”")
            if slug in entry.modules[:position]:
                report.add(rules.WRONG_TRACK, path, line, f"“{slug}” stands twice under “{entry.slug}”")


def _check_listed_once(path: str, document: Document, shape: CatalogueShape, report: Report) -> None:
    listed_by: dict[str, str] = {}
    for index, track in enumerate(shape.tracks):
        for position, slug in enumerate(track.modules):
            first = listed_by.setdefault(slug, track.slug)
            if first != track.slug:
                line = document.line_of("tracks", index, "modules", position)
                report.add(rules.WRONG_TRACK, path, line, f"“{slug}” is listed by “{first}” already")


def first_track(root: Path) -> str | None:
    """The slug of the first track of a content folder, or None when it cannot be read."""
    report = Report(rules.TOO_MANY_PROBLEMS)
    tree = read_tree(root, report)
    file = tree.texts.get("catalogue.yaml") if tree else None
    listing = read_listing(file, tree.slugs, report) if tree and file else None
    return listing.tracks[0].slug if listing else None
