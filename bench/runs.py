"""The parts of a run: each prints its table and returns what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench import loads, proof
from bench.figures import Figures, measure, middle, number, print_table, spread
from bench.server import Serving
from bench.stage import Browser, Stage, floor_browsers
from bench.weight import weigh

WARM_UP = 200
COLUMNS = ("", "req/s", "p50 ms", "p99 ms", "server CPU ms/req")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    rounds: int
    pages: int
    attempts: int  # per learner and round
    answers: int
    class_size: int
    concurrency: int
    workers: int
    threads: int
    folder: Path | None
    parts: str
    learners: int  # of part C


@dataclass(frozen=True)
class Scene:
    """Two servers and the people who use them."""

    plan: Plan
    stage: Stage
    learners: int
    ours: Serving
    floor: Serving
    taken: list[int] = field(default_factory=list)  # whole attempts per learner, one entry a round

    @cached_property
    def browsers(self) -> tuple[Browser, ...]:
        """The learners who take turns."""
        return self.stage.browsers[: self.learners]

    @cached_property
    def class_browsers(self) -> tuple[Browser, ...]:
        """The learners who start at once."""
        return self.stage.browsers[self.learners :]

    @cached_property
    def floor_browsers(self) -> tuple[Browser, ...]:
        """The same number of people, for the floor."""
        return floor_browsers(self.stage.settings, self.learners)


def _take_turns(
    rounds: int, ours: Callable[[], Figures], floor: Callable[[], Figures]
) -> tuple[list[Figures], list[Figures]]:
    """One after the other and over again, so that a noisy moment hits both."""
    pairs = [(ours(), floor()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _line(name: str, runs: Sequence[Figures]) -> list[str]:
    return [name, spread(runs, "rate"), spread(runs, "p50", 1000), spread(runs, "p99", 1000), spread(runs, "cpu_ms")]


def _print_pair(heading: str, ours: Sequence[Figures], floor: Sequence[Figures]) -> None:
    ratio = ["ratio to the floor", _ratio("rate", ours, floor), "", "", _ratio("cpu_ms", ours, floor)]
    print_table(heading, COLUMNS, [_line("app", ours), _line("floor", floor), ratio])


def _ratio(name: str, ours: Sequence[Figures], floor: Sequence[Figures]) -> str:
    beneath = middle(floor, name)
    return number(middle(ours, name) / beneath) if beneath else "–"


def _errors(part: str, *sides: Sequence[Figures]) -> list[str]:
    return [f"{part}: {error}" for side in sides for run in side for error in run.errors]


def run_pages(scene: Scene) -> list[str]:
    """A: the module page, at the plan's concurrency and alone."""
    plan = scene.plan
    mine = [browser.cookie for browser in scene.browsers]
    theirs = [browser.cookie for browser in scene.floor_browsers]
    problems = []

    def view(server: Serving, cookies: Sequence[str], path: str, count: int, concurrency: int) -> Figures:
        return measure(server, loads.view_pages(server.port, cookies, path=path, count=count, concurrency=concurrency))

    view(scene.ours, mine, loads.PAGE, WARM_UP, plan.concurrency)
    view(scene.floor, theirs, "/page", WARM_UP, plan.concurrency)
    for concurrency, count in ((plan.concurrency, plan.pages), (1, plan.pages // 3)):
        ours, floor = _take_turns(
            plan.rounds,
            lambda count=count, c=concurrency: view(scene.ours, mine, loads.PAGE, count, c),  # type: ignore[misc]
            lambda count=count, c=concurrency: view(scene.floor, theirs, "/page", count, c),  # type: ignore[misc]
        )
        _print_pair(f"A. Module page, 16 KB of Markdown, {len(mine)} learners, c={concurrency}", ours, floor)
        problems += _errors("A", ours, floor)
    return problems


def run_quizzes(scene: Scene) -> list[str]:
    """B: whole attempts; afterwards every stored row is compared with what was sent."""
    plan, module = scene.plan, scene.stage.module

    def take() -> Figures:
        scene.taken.append(plan.attempts)
        return measure(
            scene.ours,
            loads.take_quizzes(
                scene.ours.port, module, scene.browsers, rounds=plan.attempts, concurrency=plan.concurrency
            ),
        )

    def take_floor() -> Figures:
        return measure(
            scene.floor,
            loads.take_floor_quizzes(
                scene.floor.port, scene.floor_browsers, rounds=plan.attempts, concurrency=plan.concurrency
            ),
        )

    ours, floor = _take_turns(plan.rounds, take, take_floor)
    _print_pair(f"B. Whole quiz attempts, 10 questions, one a page, c={plan.concurrency}", ours, floor)
    attempts = plan.attempts * len(scene.browsers)
    per_attempt = [middle(runs, "cpu_seconds") * 1000 / attempts for runs in (ours, floor)]
    print(
        f"\nOne attempt: {ours[0].requests / attempts:.0f} requests, {number(per_attempt[0])} ms of server CPU; "
        f"floor {number(per_attempt[1])} ms; {number(attempts / middle(ours, 'seconds'))} attempts/s."
    )
    stored = proof.check_attempts(scene.stage.database, module, scene.browsers, sum(scene.taken))
    return _errors("B", ours, floor) + [f"B: {problem}" for problem in stored]


def run_answers(scene: Scene) -> list[str]:
    """B again, answers alone: every request is one durable row."""
    plan, stage = scene.plan, scene.stage
    number_of_next = sum(scene.taken) + 1
    begun = measure(scene.ours, loads.start_class(scene.ours.port, scene.browsers))
    before = proof.responses_found(stage.database)
    numbers = [number_of_next] * len(scene.browsers)
    ours, floor = _take_turns(
        1,
        lambda: measure(
            scene.ours,
            loads.give_answers(
                scene.ours.port,
                stage.module,
                scene.browsers,
                numbers,
                count=plan.answers,
                concurrency=plan.concurrency,
            ),
        ),
        lambda: measure(
            scene.floor,
            loads.give_floor_answers(
                scene.floor.port, scene.floor_browsers, count=plan.answers, concurrency=plan.concurrency
            ),
        ),
    )
    _print_pair(f"B. Answers alone, every one durable, c={plan.concurrency}", ours, floor)
    stored = proof.responses_found(stage.database) - before
    problems = [] if stored == plan.answers else [f"B: {stored} answers stored instead of {plan.answers}"]
    return problems + _errors("B", [begun], ours, floor)


def run_class(scene: Scene) -> list[str]:
    """E: everybody presses Start in one instant."""
    before = proof.attempts_found(scene.stage.database)
    run = measure(scene.ours, loads.start_class(scene.ours.port, scene.class_browsers))
    print_table(
        f"E. A class of {len(scene.class_browsers)} starts the quiz in one instant",
        ("", "all within s", "p50 ms", "p99 ms", "errors", "server CPU ms/start"),
        [
            [
                "app",
                number(run.seconds),
                number(run.p50 * 1000),
                number(run.p99 * 1000),
                str(len(run.errors)),
                number(run.cpu_ms),
            ]
        ],
    )
    stored = proof.check_class(scene.stage.database, before, scene.class_browsers)
    return _errors("E", [run]) + [f"E: {problem}" for problem in stored]


def run_weight(scene: Scene) -> list[str]:
    """F: what a browser fetches for one module page."""
    weight = weigh(scene.ours.port, scene.browsers[0].cookie)
    rows = [[path, f"{size:,}"] for path, size in weight.parts]
    rows.append([f"cold: {weight.requests} requests", f"{weight.size:,}"])
    rows.append([f"warm: {weight.warm_requests} request", f"{weight.warm_bytes:,}"])
    print_table("F. Weight of a module page, headers included", ("fetched", "bytes"), rows)
    return [f"F: {address} is on another host" for address in weight.elsewhere]
