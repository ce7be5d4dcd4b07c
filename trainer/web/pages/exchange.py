"""Modules to take along: on paper, and as files for other platforms."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.interop.paper import PrintPack
from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file in one format; ``left_out`` says in sentences what it cannot hold."""

    label: str
    url: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModuleOffer:
    """A module with everything it can be taken along as."""

    title: str
    questions: str  # "8 questions"
    print_url: str
    guide_url: str | None
    files: tuple[FileOffer, ...]


@dataclass(frozen=True, slots=True)
class ModulesPage:
    """Every live module."""

    crumbs: tuple[Crumb, ...]
    organisation: str
    modules: tuple[ModuleOffer, ...]


@dataclass(frozen=True, slots=True)
class PrintPage:
    """One module on paper, answer sheet included."""

    crumbs: tuple[Crumb, ...]
    pack: PrintPack
