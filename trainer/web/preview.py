"""An author's preview: the tree as learners would see it, drafts too, recompiled whenever a file changes.

It runs in an app and a database of its own. Only the factory's preview installs it; a served app has none of these
addresses.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from threading import Lock

from flask import Blueprint, Flask, current_app, jsonify, redirect, request
from werkzeug.wrappers import Response

from trainer.accounts.services import OpenedSession
from trainer.clock import local_date, now
from trainer.courseware.compiler import compile_tree
from trainer.courseware.storymap import as_svg
from trainer.extensions import writing
from trainer.learning.revisions import publish_revisions
from trainer.web.identity import begin_session, is_signed_in
from trainer.web.locales import lazy_gettext
from trainer.web.pages.preview import PreviewModule, PreviewPage, PreviewProblem, StoryMap
from trainer.web.shell import House, PreviewOf, house, render
from trainer.web.story_words import place_url

blueprint = Blueprint("preview", __name__, url_prefix="/preview")
STATUSES = {
    "live": lazy_gettext("live"),
    "draft": lazy_gettext("draft: only this preview shows it"),
    "retired": lazy_gettext("retired"),
}


class Workbench:
    """The folder under the author's hands, and what of it can be shown."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.lock = Lock()

    def look(self) -> None:
        """Recompile if a file changed. While the tree has errors the last sound one stays on show."""
        stamp = stamp_of(self.folder)
        with self.lock:
            here: House = self.app.extensions["house"]
            if here.preview is not None and here.preview.stamp == stamp:
                return
            compilation = compile_tree(self.folder, today=local_date(now()))
            catalogue = compilation.catalogue or here.catalogue
            with self.app.app_context(), writing() as session:
                publish_revisions(session, catalogue, at=now())
            preview = PreviewOf(stamp, compilation.diagnostics)
            self.app.extensions["house"] = replace(here, catalogue=catalogue, preview=preview)


def stamp_of(folder: Path) -> str:
    """Changes with every file that is added, taken away or saved."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            state = path.stat()
            found.update(f"{path.relative_to(folder)} {state.st_mtime_ns} {state.st_size}\n".encode())
    return found.hexdigest()[:16]


def install_preview(app: Flask, folder: Path, author: OpenedSession) -> None:
    """Look at the folder before every request, and let whoever comes in as the author."""
    bench = Workbench(app, folder)
    bench.look()

    def look_and_let_in() -> Response | None:
        bench.look()
        if not is_signed_in() and request.method == "GET":
            begin_session(author)
            return redirect(request.full_path.rstrip("?"))
        return None

    # Before the gate, which would ask the author to sign in.
    app.before_request_funcs.setdefault(None, []).insert(0, look_and_let_in)
    app.register_blueprint(blueprint)


@blueprint.get("/")
def overview() -> str:
    """Every module with its status, every problem, every story as a graph."""
    here = house()
    assert here.preview is not None
    problems = tuple(
        PreviewProblem(one.severity, f"{one.path}:{one.line}", f"{one.code} {one.message}", one.help)
        for one in here.preview.problems
    )
    modules = tuple(
        PreviewModule(
            module.title,
            f"/modules/{module.slug}/",
            STATUSES[module.status],
            tuple(StoryMap(story.title, place_url(module, story, ()), as_svg(story)) for story in module.scenarios),
        )
        for module in here.catalogue.modules
    )
    return render("preview/overview.html", PreviewPage(problems, here.preview.error_count, modules))


@blueprint.get("/stamp")
def stamp() -> Response:
    """Asked by the open page once a second."""
    preview = current_app.extensions["house"].preview
    return jsonify(stamp=preview.stamp)
