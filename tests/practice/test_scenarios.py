"""Walking a story: every road is followed as far as choices lead, and kept for its walker alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of
from tests.samples import AT, sample_module
from trainer.courseware.quiz import Verdict
from trainer.courseware.scenario import Choice, Place, Scenario
from trainer.courseware.storygraph import spread
from trainer.courseware.storymap import as_dot, as_svg, as_text, rows_of
from trainer.errors import Invalid, NotFound
from trainer.practice.scenarios import keep_road, walks_of
from trainer.practice.walking import LONGEST_ROAD, walk

MODULE = sample_module("every-kind")
STORY = MODULE.scenarios[0]


def place(name: str, *targets: str, outcome: Verdict | None = None) -> Place:
    return Place(name, name, f"<p>{name}</p>", tuple(Choice(t, t, t) for t in targets), outcome)


@st.composite
def stories(draw: st.DrawFn) -> Scenario:
    """Any graph at all, sound or not."""
    names = ["start", *(f"p{number}" for number in range(draw(st.integers(1, 6))))]
    places = []
    for name in names:
        is_end = name != "start" and draw(st.booleans())
        targets = [] if is_end else draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        places.append(place(name, *targets, outcome="workable" if is_end else None))
    return Scenario("story", "Story", tuple(places))


@given(stories(), st.lists(st.sampled_from(["start", "p0", "p1", "p2", "p3", "nowhere"]), max_size=12))
def test_a_walk_never_leaves_the_graph(story: Scenario, road: list[str]) -> None:
    walked = walk(story, road)
    assert walked.road == tuple(road[: len(walked.road)])
    here = story.places[0]
    for step, target in zip(walked.steps, walked.road, strict=True):
        assert step.place == here
        assert step.choice.target == target
        found = story.find(target)
        assert found is not None
        here = found
    assert walked.here == here
    assert walked.is_cut == (len(walked.road) < len(road))
    assert walk(story, walked.road) == replace(walked, is_cut=False)


@given(stories())
def test_every_reachable_place_can_be_walked_to(story: Scenario) -> None:
    steps = {one.id: [choice.target for choice in one.choices] for one in story.places}
    roads: dict[str, tuple[str, ...]] = {"start": ()}
    waiting = ["start"]
    while waiting:
        here = waiting.pop(0)
        for target in steps[here]:
            if target not in roads:
                roads[target] = (*roads[here], target)
                waiting.append(target)
    assert set(roads) == spread(["start"], steps)
    assert all(walk(story, road).here.id == name for name, road in roads.items())


def test_a_road_has_an_end_even_in_a_circle() -> None:
    story = Scenario("s", "S", (place("start", "a"), place("a", "start", "b"), place("b", outcome="best")))
    assert len(walk(story, ["a", "start"] * 200).road) == LONGEST_ROAD


@given(stories())
def test_maps_are_drawn_of_anything(story: Scenario) -> None:
    assert sum(len(row) for row in rows_of(story)) == len(story.places)
    assert as_svg(story).count("<rect") == len(story.places)
    assert as_text(story).count("\n") == len(story.places) + sum(len(one.choices) for one in story.places)
    assert as_dot(story).count(" -> ") == sum(len(one.choices) for one in story.places)


def test_words_in_a_map_cannot_become_markup() -> None:
    story = Scenario("s", '<b> & "S"', (replace(place("start", outcome="best"), title='<script>"x"</script>'),))
    assert "<script>" not in as_svg(story)
    assert '\\"x\\"' in as_dot(story)


@pytest.mark.any_database
class TestKeeping:
    def keep(self, session: Session, cast: Cast, *road: str) -> None:
        actor = actor_of(session, cast.psw)
        keep_road(session, actor=actor, module=MODULE, name="handover", road=road, at=AT)

    def test_a_road_to_an_end_is_kept_once_with_its_outcome(self, session: Session, cast: Cast) -> None:
        for _ in range(2):
            self.keep(session, cast, "silence", "later")
        (kept,) = walks_of(session, cast.psw.id, MODULE.id)
        assert (kept.road, kept.outcome) == (("silence", "later"), "workable")

    def test_another_road_stands_beside_it(self, session: Session, cast: Cast) -> None:
        self.keep(session, cast, "silence", "later")
        self.keep(session, cast, "ask")
        assert {one.outcome for one in walks_of(session, cast.psw.id, MODULE.id)} == {"workable", "best"}

    def test_one_place_is_kept_for_later_and_an_end_clears_it(self, session: Session, cast: Cast) -> None:
        self.keep(session, cast)
        self.keep(session, cast, "silence")
        (kept,) = walks_of(session, cast.psw.id, MODULE.id)
        assert (kept.road, kept.outcome) == (("silence",), None)
        self.keep(session, cast, "ask")
        assert [one.outcome for one in walks_of(session, cast.psw.id, MODULE.id)] == ["best"]

    def test_a_road_that_does_not_exist_is_refused(self, session: Session, cast: Cast) -> None:
        with pytest.raises(Invalid):
            self.keep(session, cast, "later")
        assert walks_of(session, cast.psw.id, MODULE.id) == ()

    def test_an_unknown_story_is_not_found(self, session: Session, cast: Cast) -> None:
        with pytest.raises(NotFound):
            keep_road(session, actor=actor_of(session, cast.psw), module=MODULE, name="nowhere", road=("ask",), at=AT)

    def test_it_is_nobody_elses(self, session: Session, cast: Cast) -> None:
        self.keep(session, cast, "ask")
        assert walks_of(session, cast.clinician.id, MODULE.id) == ()
