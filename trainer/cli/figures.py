"""The curriculum in figures, for authors and their panel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from trainer.cli.content import content_group, folder_of
from trainer.clock import local_date, now
from trainer.courseware.compiler import compile_tree
from trainer.courseware.figures import KINDS, ModuleFigures, PoolFigures, figures_of, pool_of, repeated_distractors
from trainer.errors import Invalid


@content_group.command()
@click.argument("path", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def figures(path: str | None, form: str) -> None:
    """Print a table of the modules of PATH as Markdown, and where right answers stand and how long they are."""
    folder = folder_of(path)
    catalogue = compile_tree(Path(folder), today=local_date(now())).catalogue
    if catalogue is None:
        raise Invalid(f"The content in {folder} has errors.", "Run trainer content check, mend them, then ask again.")
    modules = [figures_of(module) for module in catalogue.modules]
    pool, repeated = pool_of(catalogue.modules), repeated_distractors(catalogue.modules)
    if form == "json":
        found = {"modules": [asdict(one) for one in modules], "pool": asdict(pool), "repeated": repeated}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(table_of(modules))
    click.echo(pool_words(pool))
    click.echo("\n".join(f"“{text}” stands in {', '.join(places)}" for text, places in repeated.items()))


def table_of(modules: Sequence[ModuleFigures]) -> str:
    """One line a module."""
    heads = ("module", "words", "minutes (computed)", "ease", *KINDS, "all", "safety", "places", "ends")
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    for one in modules:
        cells = (
            f"{one.id} {one.title}",
            f"{one.words:,}",
            f"{one.cpd_minutes} ({one.reading_minutes})",
            f"{one.reading_ease:.0f}",
            *(str(one.questions.get(kind, 0)) for kind in KINDS),
            str(one.question_count),
            str(one.safety_count),
            str(one.place_count),
            str(one.end_count),
        )
        lines.append(" | ".join(cells))
    return "\n".join(f"| {line} |" for line in lines)


def pool_words(pool: PoolFigures) -> str:
    """The pool in two sentences."""
    places = ", ".join(
        f"{place + 1}.: {pool.places.get(place, 0)} ({expected:.0f} by lot)"
        for place, expected in pool.expected_places.items()
    )
    return (
        f"\nOf {pool.question_count} questions with one best answer it is the longest in {pool.longest_is_right_count} "
        f"({pool.expected_longest:.0f} by lot). Its place: {places}."
    )
