"""The language lens on anyone's documents: ``trainer lens FILE…`` and ``trainer lens evaluate``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from trainer.cli.content import counted, folder_of
from trainer.cli.door import CarefulGroup
from trainer.errors import DomainError, NotFound
from trainer.language.evaluation import HALVES, evaluate, read_corpus, report_lines
from trainer.language.findings import Finding
from trainer.language.loading import check_whole, load_lens
from trainer.language.matcher import Lens
from trainer.language.readers import MOST_BYTES, kind_of, read_document
from trainer.language.sarif import as_sarif

Found = tuple[str, int, Finding]
LEXICON = click.option("--lexicon", help="The lexicon. Default: lexicon.yaml of the content folder.")


class LensGroup(CarefulGroup):
    """A group that takes files too: ``lens FILE…`` means ``lens look FILE…``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in where it was left out."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["look", *args]
        return super().parse_args(ctx, args)


@click.group("lens", cls=LensGroup)
def lens_group() -> None:
    """Look at the words of documents: trainer lens FILE…

    The lens points at words that label, blame, doubt or threaten, says why and offers other ways. It is advice, never
    a score.
    """


@lens_group.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--own-word", multiple=True, help="A word that the person chose for themself; may be given often.")
@LEXICON
def look(files: tuple[str, ...], form: str, own_word: tuple[str, ...], lexicon: str | None) -> None:
    """Look at FILE…: Markdown, plain text or .docx; “-” is standard input.

    Exit code 0: nothing to avoid or reconsider; 1: something; 2: a file could not be read.
    """
    lens = lens_from(lexicon)
    found: list[Found] = []
    is_whole = True
    for name in files:
        try:
            document = read_document(bytes_of(name), kind_of(name))
            findings = document.look(lens, own_word).findings
        except DomainError as error:
            is_whole = False
            click.echo(f"{name}: {error.message} {error.remedy}", err=True)
            continue
        found += [(name, document.line_of(finding), finding) for finding in findings]
    click.echo(shown(lens, found, form, len(files)))
    nudges = sum(finding.severity != "discuss" for _, _, finding in found)
    sys.exit(2 if not is_whole else 1 if nudges else 0)


@lens_group.command("evaluate")
@click.argument("corpus", required=False)
@click.option("--misses", is_flag=True, help="Show the lines of the tuned half on which lens and label part.")
@LEXICON
def evaluate_lens(corpus: str | None, misses: bool, lexicon: str | None) -> None:
    """Print precision and recall on CORPUS, a folder of .jsonl files. Default: tests/language/corpus.

    One half of the lines was used for tuning; the other was held back, and its misses are never shown.
    """
    lens = lens_from(lexicon)
    check_whole(lexicon_path(lexicon))
    cases = read_corpus(Path(corpus or "tests/language/corpus"))
    evaluations = [evaluate(lens, cases, half) for half in HALVES]
    click.echo(f"Lexicon version {lens.lexicon.version}, {len(lens.lexicon.entries)} entries")
    for line in report_lines(evaluations):
        click.echo(line)
    if misses:
        for miss in evaluations[0].misses:
            click.echo(f"{miss.case.id}: {miss.case.text}")
            click.echo(f"    too much: {', '.join(miss.extra) or '–'}; not found: {', '.join(miss.missed) or '–'}")


def lexicon_path(lexicon: str | None) -> Path:
    """The named lexicon, or the content folder's. Raises NotFound."""
    path = Path(lexicon) if lexicon else Path(folder_of(None)) / "lexicon.yaml"
    if not path.is_file():
        raise NotFound(f"There is no lexicon {path}.", "Name one with --lexicon.")
    return path


def lens_from(lexicon: str | None) -> Lens:
    """The lens of that lexicon. Raises NotFound and LexiconProblems."""
    return load_lens(lexicon_path(lexicon))


def bytes_of(name: str) -> bytes:
    """What a file or standard input holds, at most a little more than may be read. Raises NotFound."""
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        if not Path(name).is_file():
            raise NotFound("There is no such file.", "Name Markdown, plain text or .docx files.")
        with open(name, "rb") as handle:
            return handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is strange"
        raise NotFound(f"The file cannot be read: {reason}.", "Check its name and rights.") from None


def shown(lens: Lens, found: Sequence[Found], form: str, file_count: int) -> str:
    """The findings in the form that was asked for."""
    if form == "sarif":
        return json.dumps(as_sarif(lens.lexicon, found), ensure_ascii=False, indent=2)
    if form == "json":
        return json.dumps([as_object(one) for one in found], ensure_ascii=False, indent=2)
    lines = [text for one in found for text in as_lines(one)]
    counts = [sum(finding.severity == severity for _, _, finding in found) for severity in lens.lexicon.severity_levels]
    summary = ", ".join(f"{count} to {name}" for count, name in zip(counts, lens.lexicon.severity_levels, strict=True))
    return "\n".join([*lines, f"{summary} in {counted(file_count, 'file')}"])


def as_object(one: Found) -> dict[str, Any]:
    """One finding for programs."""
    path, line, finding = one
    return {
        "path": path,
        "line": line,
        "column": finding.column,
        "text": finding.text,
        "entry": finding.entry,
        "severity": finding.severity,
        "why": finding.why,
        "alternatives": list(finding.alternatives),
        "fine_when": finding.fine_when,
    }


def as_lines(one: Found) -> list[str]:
    """One finding for people; line breaks and unseen marks inside it are not printed."""
    path, line, finding = one
    written = "".join(letter for letter in " ".join(finding.text.split()) if letter.isprintable())
    return [
        f"{path}:{line}:{finding.column}: {finding.severity}: “{written}”. {finding.why}",
        f"    Perhaps: {' · '.join(finding.alternatives)}",
        f"    Fine when: {finding.fine_when}",
    ]
