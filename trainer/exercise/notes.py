"""What a note may be. Pure."""

from __future__ import annotations

from datetime import timedelta

from trainer.errors import Invalid
from trainer.language.words import split_words
from trainer.wording import said

FEWEST_WORDS, MOST_WORDS = 15, 300
MOST_CHARACTERS = 4_000
KEPT = timedelta(days=365)  # at most, where a cohort never comes to its analysis
AGREEMENT = "2"  # which wording of the agreement was shown; kept with the text and deleted with it


def read_note(text: str) -> str:
    """The note as it is kept. Raises Invalid when nothing, too little or too much is written.

    Fewer than FEWEST_WORDS words cannot be counted per hundred; more than MOST_WORDS is another exercise.
    """
    tidy = text.replace("\r\n", "\n").strip()
    if not tidy:
        raise Invalid(said("Nothing is written yet."), said("Write two to six sentences, or leave the page."))
    count = split_words(tidy[: MOST_CHARACTERS + 1]).count
    if count < FEWEST_WORDS:
        raise Invalid(
            said("Your note has %(count)s words so far.", count=count),
            said("Add a little: from %(least)s words on it can be counted.", least=FEWEST_WORDS),
        )
    if count > MOST_WORDS or len(tidy) > MOST_CHARACTERS:
        raise Invalid(
            said("Your note is longer than a note of two to six sentences."),
            said("Shorten it to %(most)s words at most.", most=MOST_WORDS),
        )
    return tidy
