"""Running the service: serve, migrate, work, demo, learning recompute."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import socket
import threading
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from trainer.cli.door import Door, pass_door
from trainer.clock import now
from trainer.config import Settings
from trainer.db import commit_and_go_on
from trainer.demo.cast import CAST, DEMO_PASSWORD
from trainer.demo.seed import seed_demo
from trainer.demo.synthetic import Size, make_synthetic
from trainer.errors import DomainError
from trainer.extensions import database, writing
from trainer.learning.projection import recompute_standings
from trainer.learning.publications import publish_catalogue
from trainer.postbox import SECONDS_BETWEEN, send_due_mail, send_quietly, watch_mail
from trainer.reporting.weekly import freeze_due_figures
from trainer.schema import upgrade_schema
from trainer.upkeep import SECONDS_BETWEEN as SECONDS_TO_UPKEEP
from trainer.upkeep import do_upkeep, upkeep_quietly

ROUNDS_TO_UPKEEP = round(SECONDS_TO_UPKEEP / SECONDS_BETWEEN)


class PortTaken(DomainError):
    """Somebody else listens there."""


@click.command()
@pass_door
def serve(door: Door) -> None:
    """Migrate, compile the content and serve it with the production server."""
    settings = door.settings
    check_port(settings)
    app = door.app
    prepare(door)
    with app.app_context():
        # Connections do not survive the fork into a worker.
        database.engine.dispose()
    announce(settings, len(door.catalogue.live_modules))
    own = os.getpid()
    try:
        Server(app, settings).run()
    except SystemExit as end:
        if os.getpid() == own:  # a worker is a copy of this process and leaves the same way
            click.echo("Stopped." if not end.code else "The server could not go on; the reason stands above.")
        raise


@click.command()
@pass_door
def migrate(door: Door) -> None:
    """Bring the database to this release and store the content's revisions."""
    with door.app.app_context():
        changed = upgrade_schema(database.engine)
        with writing() as session:
            stored = publish_catalogue(session, door.catalogue, at=now()).new_revision_count
    click.echo("The database is migrated." if changed else "The database is up to date.")
    if stored:
        click.echo(f"{stored} module revisions stored.")


@click.command()
@click.option("--learners", type=click.IntRange(1, 2_000_000), help="Add synthetic learners, this many in all.")
@click.option("--organisations", type=click.IntRange(1, 10_000), default=1, show_default=True)
@click.option("--modules", type=click.IntRange(1, 200), default=12, show_default=True, help="Modules assigned to each.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same data.")
@pass_door
def demo(door: Door, learners: int | None, organisations: int, modules: int, seed: int) -> None:
    """Fill the database with the fictional organisations; with --learners, with synthetic data for benches."""
    if not door.settings.demo:
        raise DomainError(
            "Demo data belongs in demo mode only.", "Set TRAINER_DEMO=1 on a database without real people."
        )
    prepare(door)
    if learners is None:
        click.echo("The demo is ready. Sign in as any of these, password " + DEMO_PASSWORD)
        for member in CAST:
            click.echo(f"  {member.email:26} {member.label}")
        return
    size = Size(learners=learners, organisations=organisations, modules=modules, seed=seed)
    with door.app.app_context(), click.progressbar(length=learners, label="Learners") as bar, writing() as session:
        made = make_synthetic(
            session,
            size,
            door.catalogue,
            at=now(),
            on_progress=bar.update,
            on_cohort=lambda: commit_and_go_on(session),
        )
    click.echo(f"{made.learners} learners, {made.cohorts} cohorts, {made.standings} module states.")


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now and end; for a timer.")
@pass_door
def work(door: Door, once: bool) -> None:
    """Send the letters and invitations that wait, freeze the week's figures, delete what was kept long enough.

    Any number of these may run, beside servers that do the same.
    """
    if once:
        do_upkeep(door.app)
        count = send_due_mail(door.app) + door.app.extensions["send_invitations"]()
        click.echo("1 letter taken in hand." if count == 1 else f"{count} letters taken in hand.")
        return
    click.echo("Sending what waits. Stop with Ctrl-C.")
    pause = threading.Event()
    for round_number in itertools.count():
        if round_number % ROUNDS_TO_UPKEEP == 0:
            upkeep_quietly(door.app)
            invite_quietly(door.app)
        send_quietly(door.app)
        pause.wait(SECONDS_BETWEEN)


def invite_quietly(app: Flask) -> None:
    """Send the invitations that wait; what cannot leave now is tried again in an hour."""
    try:
        app.extensions["send_invitations"]()
    except Exception:
        logging.getLogger("trainer.mail").warning("invitations wait to be sent; trying again in an hour")


@click.group()
def learning() -> None:
    """Keep the learning records in order."""


@learning.command()
@pass_door
def recompute(door: Door) -> None:
    """Rebuild every module state from attempts, sections and completions."""
    with door.app.app_context(), writing() as session:
        count = recompute_standings(session)
    click.echo(f"{count} module states rebuilt.")


def prepare(door: Door) -> None:
    """Migrate, store the content's revisions and, in demo mode, seed the demo once."""
    with door.app.app_context():
        upgrade_schema(database.engine)
        with writing() as session:
            publish_catalogue(session, door.catalogue, at=now())
            if door.settings.demo and seed_demo(session, door.catalogue, at=now()):
                click.echo("The demo’s two organisations are set up.")
                # Otherwise the hourly upkeep does it: a large service must not wait for its first page.
                freeze_due_figures(session, threshold=door.settings.suppression_threshold, at=now())


def check_port(settings: Settings) -> None:
    """Raises PortTaken before anything is started, with the way out."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(
                f"The server cannot listen on {settings.host} port {settings.port}: {error.strerror}.",
                "Stop what uses it, or choose another port: PORT=8001 make run",
            ) from None


def announce(settings: Settings, module_count: int) -> None:
    """The address and, in demo mode, the sign-ins."""
    click.echo(f"{settings.product_name} serves {module_count} modules on http://{settings.host}:{settings.port}")
    if settings.demo:
        click.echo(f"Demo sign-ins, password {DEMO_PASSWORD}:")
        for member in CAST:
            click.echo(f"  {member.email:26} {member.label}")
    click.echo("Stop with Ctrl-C.")


def begin_background(app: Flask) -> None:
    """What a server process does beside answering: serve what was published last, and send what waits."""
    # The code and the content stay: without them, looking for garbage costs a long report half as much.
    gc.collect()
    gc.freeze()
    app.extensions.get("watch_publications", int)()
    watch_mail(app)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings: threads, quiet log, no access log (nobody's reading is written down)."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread",
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "backlog": 4096,
            "worker_connections": 4096,
            "keepalive": 15,
            "graceful_timeout": 20,
            "loglevel": "warning",
            "proc_name": "alongside",
            "control_socket_disable": True,
            # Threads do not survive the fork, so each worker begins its own.
            "post_worker_init": lambda _worker: begin_background(self._app),
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, built before the fork."""
        return self._app
