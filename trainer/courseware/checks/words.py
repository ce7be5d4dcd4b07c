"""The language lens on our own voice: no word that labels, blames, doubts or threatens, unless the author says why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.folder import content_folder
from trainer.courseware.frontmatter import Passage
from trainer.courseware.manuscript import Manuscript
from trainer.courseware.shapes import AllowedWordShape
from trainer.courseware.source import Tree
from trainer.courseware.voice import other_passages, our_passages
from trainer.language.findings import Finding
from trainer.language.loading import lens_of
from trainer.language.markdown import not_prose
from trainer.language.matcher import MOST_CHARACTERS, Lens
from trainer.language.problems import LexiconProblems

LEXICON = "lexicon.yaml"
_PARTED = "\n\n"
_BEFORE_ALONE = re.compile(r"(?:^|[\n|])[ \t>*_\-+0-9.)]*\Z")
_BEHIND_ALONE = re.compile(r"[ \t*_.]*(?:\Z|[\n|])")


def lexicon_of(folder: Path) -> Path:
    """The lexicon beside the content; where a tree has none, the packaged one."""
    own = folder / LEXICON
    return own if own.exists() or own.is_symlink() else content_folder() / LEXICON


def check_words(folder: Path, manuscripts: Iterable[Manuscript], tree: Tree, report: Report) -> None:
    """Look at every passage in our own voice. Nothing is looked at when the lexicon itself has mistakes."""
    if report.has_errors_in(LEXICON):
        return  # such as a link that leads out of the folder
    try:
        lens = lens_of(lexicon_of(folder))
    except LexiconProblems as problems:
        for problem in problems.problems[:20]:
            report.add(rules.LEXICON_BROKEN, LEXICON, problem.line, f"{problem.message}. {problem.remedy}")
        return
    for manuscript in manuscripts:
        allowed = manuscript.shape.allow_words if manuscript.shape else []
        used = {
            finding.entry
            for path, passages in our_passages(manuscript, tree)
            for finding in _look(lens, path, passages, allowed, report)
        }
        _check_allowed(manuscript, allowed, used, report)
    for path, passages in other_passages(tree):
        for _ in _look(lens, path, passages, (), report):
            pass


def _check_allowed(manuscript: Manuscript, allowed: Sequence[AllowedWordShape], used: set[str], report: Report) -> None:
    for index, one in enumerate(allowed):
        line = manuscript.line_of("allow_words", index)
        if not one.why.strip():
            report.add(rules.ALLOWED_WORD, manuscript.path, line, f"“{one.entry}” is allowed without a why")
        if one.entry not in used:
            message = f"“{one.entry}” is allowed, but the lens points at it nowhere in this module"
            report.add(rules.ALLOWED_WORD, manuscript.path, line, message)


def _look(
    lens: Lens, path: str, passages: Sequence[Passage], allowed: Sequence[AllowedWordShape], report: Report
) -> Iterator[Finding]:
    """Every finding of a file that is worth a nudge, reported unless its entry is allowed."""
    kept = [passage for passage in passages if passage.text.strip()]
    text = _PARTED.join(passage.text for passage in kept)[:MOST_CHARACTERS]
    starts = list(accumulate((len(passage.text) + len(_PARTED) for passage in kept), initial=0))
    names = {one.entry for one in allowed}
    for finding in lens.look(text, left_out=not_prose(text)).findings:
        if finding.severity == "discuss" or _stands_alone(text, finding):
            continue
        yield finding
        if finding.entry not in names:
            place = bisect_right(starts, finding.start) - 1
            line = kept[place].line + text.count("\n", starts[place], finding.start)
            rule = rules.WORD_TO_AVOID if finding.severity == "avoid" else rules.WORD_TO_RECONSIDER
            message = f"“{finding.text}” ({finding.entry}). {finding.why} Perhaps: {' · '.join(finding.alternatives)}"
            report.add(rule, path, line, message)


def _stands_alone(text: str, finding: Finding) -> bool:
    """True for a line, a list item or the cell of a table that is nothing but the word: there it is shown, not used."""
    before = text[max(0, finding.start - 12) : finding.start]
    has_edge = finding.start <= 12 or "\n" in before or "|" in before
    return has_edge and bool(_BEFORE_ALONE.search(before)) and bool(_BEHIND_ALONE.match(text, finding.end))
