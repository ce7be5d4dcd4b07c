"""What the figures of a question say, in plain words. Pure.

A mastery question is meant to be answered right by nearly everybody: that is no fault, and a low discrimination of
such a question none either.
"""

from __future__ import annotations

from trainer.reporting.parts import HIGH_KINDS, LOW_KINDS
from trainer.reporting.question_figures import QuestionFigures, Talk
from trainer.reporting.question_measures import OptionFigures
from trainer.wording import Sentence, said

WRONG = frozenset({"not_right", "risky"})
VERDICTS = {
    "right": said("right"),
    "not_right": said("not right"),
    "best": said("best"),
    "workable": said("workable"),
    "risky": said("risky"),
}
WHY = {
    Talk.SAFETY: said("Safety question"),
    Talk.SURE: said("Sure and mistaken"),
    Talk.LOW: said("Fewer right answers"),
    Talk.FINE: said("As hoped"),
    Talk.UNMARKED: said("No right answer"),
    Talk.HIDDEN: said("Not shown"),
}


def reading_of(one: QuestionFigures) -> tuple[Sentence, ...]:
    """One to three sentences about a question."""
    if one.talk is Talk.HIDDEN:
        return (said("Too few have answered this question, or its figures would tell about a few: none is shown."),)
    if one.talk is Talk.UNMARKED:
        return (said("Nothing is right or wrong here: how people chose may start a conversation."), *_chosen(one))
    found = [_right(one), *_chosen(one)]
    sure = one.sure_mistaken
    if sure is not None and sure.completed.number is not None:
        found.append(
            said(
                "About %(count)s of %(all)s were sure, and mistaken.",
                count=sure.completed.words,
                all=sure.learners.words,
            )
        )
    return tuple(found)


def _right(one: QuestionFigures) -> Sentence:
    right = one.right
    if right.completed.kind in HIGH_KINDS:
        return said("Nearly everybody answered this right, as a mastery question hopes for.")
    if right.completed.kind in LOW_KINDS:
        return said("Hardly anybody answered this right: look at the question as well as at the answers.")
    return said(
        "About %(count)s of %(all)s answered this right.", count=right.completed.words, all=right.learners.words
    )


def _chosen(one: QuestionFigures) -> tuple[Sentence, ...]:
    """The option that most chose, of those that are not right; of all options where nothing is right."""
    options = [option for option in one.options if option.chosen.completed.number is not None]
    if one.talk is not Talk.UNMARKED:
        options = [option for option in options if option.verdict in WRONG]
    if not options:
        return ()
    most = max(options, key=_number)
    return (
        said(
            "About %(count)s of %(all)s chose “%(option)s”.",
            count=most.chosen.completed.words,
            all=most.chosen.learners.words,
            option=most.text,
        ),
    )


def _number(option: OptionFigures) -> int:
    return option.chosen.completed.number or 0
