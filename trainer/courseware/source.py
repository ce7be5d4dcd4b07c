"""Reading the tree: only plain files of known names and bounded size, nothing through a link."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SCENARIO = re.compile(r"scenario-([a-z0-9-]+)\.md\Z")
LONGEST_SLUG = 80
TEXT_BYTES = 256 * 1024
IMAGE_BYTES = 5 * 1024 * 1024
LINE_CHARACTERS = 10_000
MOST_ENTRIES = 5_000
MOST_BYTES = 256 * 1024 * 1024
ROOT_FILES = frozenset({"README.md", "catalogue.yaml", "exercise.yaml", "lexicon.yaml", "support.yaml", "glossary.md"})
# README.md is for authors; lexicon.yaml belongs to the language lens, exercise.yaml to the exercise of cohorts. The
# compiler reads none of them.
IGNORED_FILES = frozenset({"README.md", "exercise.yaml", "lexicon.yaml"})
PAGES = "pages"
MODULE_FILES = frozenset({"module.md", "quiz.md", "facilitator.md"})
# Control characters, and the marks that turn the direction of text and so can hide what a line says.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A readable text file; ``path`` is relative to the content folder, with forward slashes."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Tree:
    """All that was read: texts and images by path, and the slugs of the module folders."""

    texts: Mapping[str, TextFile]
    images: Mapping[str, bytes]
    slugs: tuple[str, ...]
    file_count: int


class _Reader:
    def __init__(self, root: Path, report: Report) -> None:
        self.root = root
        self.report = report
        self.texts: dict[str, TextFile] = {}
        self.images: dict[str, bytes] = {}
        self.slugs: list[str] = []
        self.file_count = 0
        self.entry_count = 0
        self.byte_count = 0

    def entries(self, folder: str) -> Iterator[tuple[str, str, os.DirEntry[str]]]:
        """The visible entries of a folder that are no links: name, relative path, entry."""
        where = self.root / folder if folder else self.root
        try:
            with os.scandir(where) as found:
                listed = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self.report.add(rules.UNREADABLE, folder or ".", 1, f"the folder cannot be read: {error.strerror}")
            return
        for entry in listed:
            self.entry_count += 1
            if self.entry_count > MOST_ENTRIES:
                self.report.add(rules.TOO_LARGE, ".", 1, f"the folder holds more than {MOST_ENTRIES} files")
                return
            # Names that are no text must not break the output; such files are refused by name below.
            name = entry.name.encode("utf-8", "replace").decode()
            if name.startswith("."):
                continue
            path = f"{folder}/{name}" if folder else name
            if entry.is_symlink():
                self.report.add(rules.SYMBOLIC_LINK, path, 1, f"“{name}” is a symbolic link")
                continue
            yield name, path, entry

    def read_root(self) -> None:
        for name, path, entry in self.entries(""):
            if name == "modules" and entry.is_dir(follow_symlinks=False):
                self.read_modules()
            elif name == PAGES and entry.is_dir(follow_symlinks=False):
                self.read_pages()
            elif name in ROOT_FILES and entry.is_file(follow_symlinks=False):
                if name not in IGNORED_FILES:
                    self.read_text(path)
            else:
                self.unexpected(path, name)

    def read_pages(self) -> None:
        for name, path, entry in self.entries(PAGES):
            if entry.is_file(follow_symlinks=False) and name.endswith(".md") and is_slug(name.removesuffix(".md")):
                self.read_text(path)
            else:
                self.unexpected(path, name)

    def read_modules(self) -> None:
        for name, path, entry in self.entries("modules"):
            if not entry.is_dir(follow_symlinks=False):
                self.unexpected(path, name)
            elif not is_slug(name):
                self.report.add(rules.BAD_SLUG, path, 1, f"the folder name “{name}” is no slug")
            else:
                self.slugs.append(name)
                self.read_module(path)

    def read_module(self, folder: str) -> None:
        for name, path, entry in self.entries(folder):
            if name == "images" and entry.is_dir(follow_symlinks=False):
                self.read_images(path)
            elif not entry.is_file(follow_symlinks=False):
                self.unexpected(path, name)
            elif name in MODULE_FILES or scenario_name(name):
                self.read_text(path)
            else:
                self.unexpected(path, name)

    def read_images(self, folder: str) -> None:
        for name, path, entry in self.entries(folder):
            if not entry.is_file(follow_symlinks=False):
                self.unexpected(path, name)
                continue
            data = self.read_bytes(path, IMAGE_BYTES)
            if data is not None:
                self.images[path] = data

    def unexpected(self, path: str, name: str) -> None:
        self.report.add(rules.UNEXPECTED_FILE, path, 1, f"“{name}” has no place here")

    def read_text(self, path: str) -> None:
        data = self.read_bytes(path, TEXT_BYTES)
        if data is None:
            return
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.report.add(rules.NOT_UTF8, path, line, "this line is not written in UTF-8")
            return
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.is_sound(path, text):
            self.texts[path] = TextFile(path, text)

    def is_sound(self, path: str, text: str) -> bool:
        is_sound = True
        for number, line in enumerate(text.split("\n"), start=1):
            strange = FORBIDDEN.search(line)
            if strange:
                is_sound = False
                code = f"U+{ord(strange.group()):04X}"
                self.report.add(rules.CONTROL_CHARACTER, path, number, f"the invisible character {code} stands here")
            if len(line) > LINE_CHARACTERS:
                is_sound = False
                self.report.add(rules.TOO_LONG, path, number, f"this line has {len(line)} characters")
        return is_sound

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        """The file's bytes, or None and a diagnostic. Never blocks on a pipe and never follows a link."""
        self.file_count += 1
        try:
            # A link or pipe put here after the listing must not be followed or waited for.
            flags = (
                os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            )
            with open(os.open(self.root / path, flags), "rb") as handle:
                if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
                    raise OSError(0, "it is no plain file")
                data = handle.read(limit + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "the name is strange"
            self.report.add(rules.UNREADABLE, path, 1, f"the file cannot be read: {reason}")
            return None
        self.byte_count += len(data)
        if len(data) > limit or self.byte_count > MOST_BYTES:
            what = f"the file is over {limit // 1024} KB" if len(data) > limit else "all files together are too large"
            self.report.add(rules.TOO_LARGE, path, 1, what)
            return None
        return data


def read_tree(root: Path, report: Report) -> Tree | None:
    """Read every file of the content folder. None, with a diagnostic, when there is no such folder."""
    try:
        is_folder = root.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        report.add(rules.UNREADABLE, ".", 1, "there is no such content folder")
        return None
    reader = _Reader(root, report)
    reader.read_root()
    return Tree(reader.texts, reader.images, tuple(reader.slugs), reader.file_count)


def is_slug(text: str) -> bool:
    """True for small letters and digits joined by single hyphens, not too long for an address."""
    return len(text) <= LONGEST_SLUG and SLUG.match(text) is not None


def scenario_name(file_name: str) -> str | None:
    """“handover” for scenario-handover.md; None for any other file."""
    match = SCENARIO.match(file_name)
    return match.group(1) if match and is_slug(match.group(1)) else None
