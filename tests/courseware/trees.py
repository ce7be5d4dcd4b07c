"""Small content trees: a clean one, and ways to change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.compiler import Compilation, compile_tree
from trainer.courseware.diagnostics import Diagnostic
from trainer.courseware.parts import Lenses, Part

TODAY = date(2026, 11, 23)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16
MODULE = "modules/first-steps/module.md"
QUIZ = "modules/first-steps/quiz.md"
GUIDE = "modules/first-steps/facilitator.md"
PICTURE = "modules/first-steps/images/two-notes.png"

CATALOGUE_TEXT = """tracks:
  - slug: language
    title: Recovery language
    summary: Words that leave room.
    modules: [first-steps]
paths:
  - slug: new-team
    title: For a new team
    modules: [first-steps]
"""

SUPPORT_TEXT = """countries:
  - code: IE
    name: Ireland
    contacts:
      - name: Samaritans
        phone: "116 123"
        when: day and night
        last_checked: 2026-11-20
"""

GLOSSARY_TEXT = """## Peer support worker

A person who uses what they have lived through, on purpose.

## Lens

A way to look again at words.
"""

MODULE_TEXT = """---
id: L1
title: First steps
summary: Why the first words matter.
track: language
audience: [psw, clinician]
outcomes:
  - Tell a description from a label
complete_when: read_and_passed
cpd_minutes: 2
status: live
written_by: [editorial]
reviewed_on: 2026-11-01
review_due_on: 2027-11-01
sources:
  - id: goddu2018
    text: Goddu et al. 2018
---
Aoife reads the note at eight. She stops at one word.

## Two notes {#two-notes}

The notes say the same.[^goddu2018] See [the next part](#next).

### A closer look

| Word | Effect |
|---|---|
| needy | closes |

![Two notes on a desk](images/two-notes.png)

/// role | psw
You may know this from inside.
///

/// role | clinician
You may write the next note.
///

## What next {#next}

/// reflect | first-thought
What went through your mind?
///

/// rewrite | needy
> Declan is very needy.

Rewrite the line.

- Declan asked for company.
///

/// try
Read one note aloud.
///
"""

QUIZ_TEXT = """---
pass_mark: 80
draw: 3
---

## What changed? {#changed outcome=1}

Two doctors read two notes.

- [ ] The tone
  > Tone changed, and so did more.
- [x] The treatment
  > Less pain relief was given.

## Which are labels? {#labels outcome=1 safety}

- [x] Needy
  > It names the person.
- [ ] He asked for tea
  > It says what was seen.
- [x] Attention seeking
  > It guesses why.

## What would you do? {#do outcome=1}

- [best] Ask what happened {#ask}
  > He is heard.
- [workable] Wait
  > It costs him time.
- [risky] Leave
  > He is alone.
"""

CLEAN: Mapping[str, str | bytes] = {
    "catalogue.yaml": CATALOGUE_TEXT,
    "support.yaml": SUPPORT_TEXT,
    "glossary.md": GLOSSARY_TEXT,
    MODULE: MODULE_TEXT,
    QUIZ: QUIZ_TEXT,
    PICTURE: PNG,
}


@dataclass(frozen=True)
class Swap:
    """Replace ``old`` by ``new`` in a file of the clean tree. ``old`` stands there once."""

    path: str
    old: str
    new: str


def write_tree(root: Path, files: Mapping[str, str | bytes] = CLEAN) -> Path:
    """Write the files below root."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def changed(
    *swaps: Swap, add: Mapping[str, str | bytes] | None = None, drop: str | None = None
) -> dict[str, str | bytes]:
    """The clean tree's files with some swaps, additions and a file dropped."""
    files = dict(CLEAN)
    for swap in swaps:
        text = files[swap.path]
        assert isinstance(text, str)
        assert text.count(swap.old) == 1, f"{swap.old!r} stands {text.count(swap.old)} times in {swap.path}"
        files[swap.path] = text.replace(swap.old, swap.new)
    files.update(add or {})
    if drop:
        del files[drop]
    return files


def compiled(root: Path, files: Mapping[str, str | bytes] = CLEAN) -> Compilation:
    """Write the files and compile them."""
    return compile_tree(write_tree(root, files), today=TODAY)


def clean_catalogue(root: Path, files: Mapping[str, str | bytes] = CLEAN) -> Catalogue:
    """Compile files that have no errors."""
    compilation = compiled(root, files)
    assert compilation.catalogue is not None, "\n".join(map(str, compilation.diagnostics))
    return compilation.catalogue


def first_steps(root: Path, *swaps: Swap) -> Module:
    """The module of the clean tree, with swaps."""
    return clean_catalogue(root, changed(*swaps)).by_slug["first-steps"]


def with_module(text: str) -> dict[str, str | bytes]:
    """The clean tree with this text in place of the section “What next”."""
    start = MODULE_TEXT.index("/// reflect")
    return changed(add={MODULE: MODULE_TEXT[:start] + text + "\n"})


def places(found: tuple[Diagnostic, ...]) -> set[tuple[str, str, int]]:
    """Code, path and line of each diagnostic."""
    return {(one.code, one.path, one.line) for one in found}


def html_in(parts: Iterable[Part]) -> str:
    """The HTML of a section in one piece."""
    pieces: list[str] = []
    for part in parts:
        pieces += [lens.html for lens in part.lenses] if isinstance(part, Lenses) else [part.html]
    return "\n".join(pieces)
