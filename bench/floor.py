"""The floor: the least that a Flask app under the same server can do for the same page and the same answer.

A page: signed session, three SELECTs, one Jinja template around the same HTML. An answer: signed
session, one INSERT, one durable commit, a redirect. No sign-in rules, no form token, no checks.
``python -m bench.floor`` runs it with the settings of the environment.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response

from bench.tree import SLUG
from trainer.cli.service import Server
from trainer.config import Settings, settings_from
from trainer.courseware.catalogue import Module
from trainer.factory import compile_content

PAGE = """<!doctype html>
<html lang="en"><head><title>{{ module.title }}</title><link rel="stylesheet" href="/site.css"></head>
<body><main><h1>{{ module.sections[0].title }}</h1>
{% for part in module.sections[0].parts %}{{ part.html|safe }}{% endfor %}
<form method="post" action="/answer"><button>Continue</button></form>
<p>{{ name }}, {{ read }} of {{ module.sections|length }}, {{ attempts }}</p></main></body></html>
"""
QUESTION = """<!doctype html>
<html lang="en"><head><title>Question {{ number }}</title><link rel="stylesheet" href="/site.css"></head>
<body><main><form method="post" action="/answer">{{ question.prompt_html|safe }}
{% for option in question.options %}<label><input type="radio" name="choice" value="{{ option.id }}">
{{ option.html|safe }}</label>{% endfor %}<button>Save</button></form>
<p>{{ name }}, {{ read }}, {{ attempts }}</p></main></body></html>
"""
SCHEMA = """
CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE IF NOT EXISTS section_read (person_id INTEGER, section_id TEXT, PRIMARY KEY (person_id, section_id));
CREATE TABLE IF NOT EXISTS answer (id INTEGER PRIMARY KEY, person_id INTEGER, choice TEXT);
CREATE INDEX IF NOT EXISTS ix_answer_person ON answer (person_id);
"""


def create_floor(settings: Settings, module: Module, file: Path) -> Flask:
    """The bare app on a database file of its own."""
    app = Flask("floor")
    app.secret_key = settings.signing_key()
    page_template, question_template = (app.jinja_env.from_string(text) for text in (PAGE, QUESTION))
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(file, timeout=20, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                local.connection.execute(f"PRAGMA {pragma}")
        found: sqlite3.Connection = local.connection
        return found

    def facts() -> dict[str, object]:
        person = session["person"]
        ask = connection().execute
        return {
            "name": ask("SELECT name FROM person WHERE id = ?", (person,)).fetchone()[0],
            "read": len(ask("SELECT section_id FROM section_read WHERE person_id = ?", (person,)).fetchall()),
            "attempts": ask("SELECT max(id) FROM answer WHERE person_id = ?", (person,)).fetchone()[0],
        }

    @app.get("/")
    def hello() -> str:
        return "The floor"

    @app.get("/page")
    def page() -> str:
        return page_template.render(module=module, **facts())

    @app.get("/question/<int:number>")
    def question(number: int) -> str:
        assert module.quiz is not None  # the bench's module has one
        return question_template.render(number=number, question=module.quiz.questions[number], **facts())

    @app.post("/answer")
    def answer() -> Response:
        row = (session["person"], request.form.get("choice", ""))
        connection().execute("INSERT INTO answer (person_id, choice) VALUES (?, ?)", row)  # commits by itself
        return redirect("/page", code=303)

    return app


def make_floor_database(file: Path, people: int) -> None:
    """The floor's own three tables."""
    connection = sqlite3.connect(file)
    connection.executescript(SCHEMA)
    names = [(number, f"Learner {number}") for number in range(1, people + 1)]
    connection.executemany("INSERT INTO person VALUES (?, ?)", names)
    connection.commit()
    connection.close()


def main() -> None:
    """Serve the floor exactly as ``trainer serve`` serves the app."""
    settings = settings_from()
    module = compile_content(settings).by_slug[SLUG]
    Server(create_floor(settings, module, settings.instance_path / "floor.sqlite"), settings).run()


if __name__ == "__main__":
    main()
