"""Sentences, syllables and ease, counted the same way every time."""

from __future__ import annotations

import pytest

from trainer.courseware.checks.readability import prose_of, reading_ease, sentences_of, syllables

EASY = ["The cat sat on the mat.", "He had his tea and went out.", "She met him at the bus stop."]
HARD = ["Institutional considerations necessitate organisational accountability."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("“Is it time?” She asked. “Yes!”", 3),
        ("Dr. Okafor came at 10.40. He sat.", 2),
        ("See Goddu et al. 2018, e.g. Table 2. It helps.", 2),
        ("J. Smith wrote it… Then she left.", 2),
        ("No full stop here", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_readers_stop(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("while", 1),
        ("table", 2),
        ("recovery", 4),
        ("used", 1),
        ("wanted", 2),
        ("cases", 2),
        ("peer", 1),
        ("nth", 1),
    ],
)
def test_syllables_are_close_to_what_is_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_words_read_more_easily_than_long_ones() -> None:
    assert reading_ease(EASY) > 90
    assert reading_ease(HARD) < 0
    assert reading_ease([]) == 100


def test_only_our_own_running_text_counts() -> None:
    html = (
        "<h2>Heading</h2><p>Ours.<a class='cite' href='#'>1</a></p><blockquote><p>Theirs.</p></blockquote>"
        "<table><tr><td>Cell</td></tr></table><ul><li>Item</li></ul><pre><code>code</code></pre>"
        "<aside class='voice voice-try'><p class='voice-label'>Label</p><p>Do it.</p></aside>"
    )
    assert prose_of(html) == ["Ours.", "Item", "Do it."]
