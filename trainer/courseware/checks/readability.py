"""How hard a section is to read: the length of its sentences, and Flesch reading ease for English.

Only paragraphs and list items in our own voice count: no headings, quotations, tables or code.
"""

from __future__ import annotations

import re

from trainer.courseware import rules
from trainer.courseware.diagnostics import Report
from trainer.courseware.frontmatter import Passage
from trainer.courseware.render.plain import stretches_of

MOST_WORDS_MEAN = 22
MOST_WORDS = 45
LEAST_EASE = 50
ENOUGH_WORDS = 100  # fewer say nothing about ease
ENOUGH_SENTENCES = 3  # nor about a mean
NO_ENDS = frozenset({"dr", "mr", "mrs", "ms", "st", "e.g", "i.e", "vs", "no", "al", "prof", "approx", "cf", "p", "pp"})
ENDS = ".!?…"
CLOSERS = "”’\"')]"
OPENERS = "“‘\"'(["
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouyáéíóú]+")
SILENT = re.compile(r"(?:[^laeiouycsxzgh]es|[^aeioutdy]ed|[^laeiouy]e|[aeiouy]les?)\Z")


def check_readability(path: str, line: int, name: str, html: str, source: Passage, report: Report) -> None:
    """Warn of long sentences, a long mean and a low reading ease. ``line`` is that of the heading."""
    sentences = [sentence for text in prose_of(html) for sentence in sentences_of(text)]
    counts = [len(sentence.split()) for sentence in sentences]
    for sentence, count in zip(sentences, counts, strict=True):
        if count > MOST_WORDS:
            where = line_of_words(source, sentence, line)
            report.add(rules.LONG_SENTENCE, path, where, f"this sentence has {count} words: {beginning(sentence)}")
    if not counts:
        return
    mean = sum(counts) / len(counts)
    if len(counts) >= ENOUGH_SENTENCES and mean > MOST_WORDS_MEAN:
        report.add(rules.LONG_SENTENCES, path, line, f"the sentences of {name} have {mean:.1f} words on average")
    ease = reading_ease(sentences)
    if sum(counts) >= ENOUGH_WORDS and ease < LEAST_EASE:
        report.add(
            rules.HARD_TO_READ, path, line, f"{name} has a reading ease of {ease:.0f}; aim for {LEAST_EASE} or more"
        )


def prose_of(html: str) -> list[str]:
    """The paragraphs and list items in our own voice."""
    return [stretch.text for stretch in stretches_of(html) if stretch.is_prose]


def sentences_of(text: str) -> list[str]:
    """Split after . ! ? … where a capital or digit follows, but not after Dr, e.g. or an initial."""
    found: list[str] = []
    gathered: list[str] = []
    words = text.split()
    for word, following in zip(words, [*words, ""][1:], strict=True):
        gathered.append(word)
        if not following or (_ends_sentence(word) and _begins_sentence(following)):
            found.append(" ".join(gathered))
            gathered = []
    return found


def _ends_sentence(word: str) -> bool:
    closed = word.rstrip(CLOSERS)
    bare = closed.rstrip(ENDS)
    small = bare.lstrip(OPENERS).lower()
    is_initial = len(small) == 1 and small.isalpha() and small != "i"
    return bare != closed and small not in NO_ENDS and not is_initial


def _begins_sentence(word: str) -> bool:
    first = word.lstrip(OPENERS)[:1]
    return first.isupper() or first.isdigit()


def syllables(word: str) -> int:
    """Groups of vowels, less a silent ending; at least 1. Always the same for the same word."""
    small = word.lower()
    groups = len(VOWELS.findall(small))
    return max(1, groups - (groups > 1 and SILENT.search(small) is not None))


def reading_ease(sentences: list[str]) -> float:
    """Flesch reading ease: 206.835 - 1.015 words a sentence - 84.6 syllables a word. Higher is easier."""
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return 100.0
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * sum(map(syllables, words)) / len(words)


def line_of_words(source: Passage, sentence: str, otherwise: int) -> int:
    """The line on which a sentence begins, found by its first words."""
    words = WORD.findall(sentence)[:4]
    found = re.search(r"\W{1,20}".join(map(re.escape, words)), source.text) if words else None
    return source.line + source.text.count("\n", 0, found.start()) if found else otherwise


def beginning(sentence: str) -> str:
    """The first words, enough to recognise it."""
    return " ".join(sentence.split()[:8]) + " …"
