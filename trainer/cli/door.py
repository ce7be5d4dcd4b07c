"""What every command is given, and how it fails: one sentence, what to do next, exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import click
from flask import Flask

from trainer.config import Settings, settings_from
from trainer.courseware.catalogue import Catalogue
from trainer.errors import DomainError


@dataclass
class Door:
    """The composition root, handed in from above so that commands need not import it."""

    create_app: Callable[..., Flask]
    open_preview: Callable[[Path, Settings], AbstractContextManager[Flask]]

    @cached_property
    def settings(self) -> Settings:
        """The settings of this environment."""
        return settings_from()

    @cached_property
    def app(self) -> Flask:
        """The app, built on first use."""
        return self.create_app(self.settings)

    @property
    def catalogue(self) -> Catalogue:
        """The compiled content."""
        return cast(Catalogue, self.app.extensions["house"].catalogue)


class CarefulGroup(click.Group):
    """A group whose commands turn domain errors into a sentence on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            click.echo(error.message, err=True)
            if error.remedy:
                click.echo(error.remedy, err=True)
            sys.exit(2)


pass_door = click.make_pass_decorator(Door)
