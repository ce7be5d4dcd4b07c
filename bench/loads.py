"""The loads: pages, whole quiz attempts, answers alone, and a class that starts at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.figures import Load
from bench.stage import Browser
from bench.tree import LAST_WORDS, QUESTIONS, SECTION, SLUG
from bench.wire import Answer, Connection
from trainer.courseware.catalogue import Module

MODULE = f"/modules/{SLUG}"
PAGE = f"{MODULE}/sections/{SECTION}"
AS_JSON = {"Accept": "application/json"}


class WrongAnswer(Exception):
    """The server answered, but not as it should."""


Job = Callable[["Taker"], Awaitable[None]]


@dataclass(slots=True)
class Taker:
    """One connection and what it has seen."""

    connection: Connection
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def get(self, path: str, cookie: str, *, expect: int, marker: bytes = b"") -> Answer:
        """Fetch, time and check."""
        return await self._timed(path, self.connection.get(path, cookie), expect, marker)

    async def post(
        self, path: str, browser: Browser, form: dict[str, str], *, expect: int, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send a form with its token, time and check."""
        sent = self.connection.post(path, browser.cookie, {"csrf_token": browser.csrf, **form}, headers)
        return await self._timed(path, sent, expect, b"")

    async def _timed(self, path: str, asked: Awaitable[Answer], expect: int, marker: bytes) -> Answer:
        began = time.perf_counter()
        answer = await asked
        self.latencies.append(time.perf_counter() - began)
        if answer.status != expect or marker not in answer.body:
            words = answer.body[:300].decode(errors="replace")
            raise WrongAnswer(f"{path}: {answer.status} instead of {expect}, or not what it should show: {words}")
        return answer


async def _share_out(port: int, jobs: Iterable[Job], concurrency: int) -> Load:
    queue: Iterator[Job] = iter(jobs)

    async def work() -> Taker:
        async with Connection(port) as connection:
            taker = Taker(connection)
            for job in queue:
                try:
                    await job(taker)
                except (OSError, EOFError, WrongAnswer) as problem:
                    taker.errors.append(f"{type(problem).__name__}: {problem}")
                    await connection.close()
        return taker

    takers = await asyncio.gather(*(work() for _ in range(concurrency)))
    return Load(
        tuple(latency for taker in takers for latency in taker.latencies),
        tuple(error for taker in takers for error in taker.errors),
    )


def view_pages(
    port: int, cookies: Sequence[str], *, path: str = PAGE, count: int, concurrency: int
) -> Coroutine[Any, Any, Load]:
    """The module page, another learner with every request."""

    def job(cookie: str) -> Job:
        async def view(taker: Taker) -> None:
            await taker.get(path, cookie, expect=200, marker=LAST_WORDS.encode())

        return view

    return _share_out(port, (job(cookies[number % len(cookies)]) for number in range(count)), concurrency)


def choice(module: Module, person_id: int, number: int, position: int) -> str:
    """What a learner answers: mostly right, and different for everybody, so that a mix-up would show."""
    assert module.quiz is not None  # the bench's module has one
    options = module.quiz.questions[position - 1].options
    is_right = (person_id + number + position * 3) % 7 > 1
    fitting = [option.id for option in options if getattr(option, "is_correct", False) == is_right]
    return fitting[(person_id + position) % len(fitting)]


def take_quizzes(
    port: int, module: Module, browsers: Sequence[Browser], *, rounds: int, concurrency: int
) -> Coroutine[Any, Any, Load]:
    """Whole attempts, as a browser goes through them, redirects included."""

    def job(browser: Browser) -> Job:
        async def attempt(taker: Taker) -> None:
            await take_quiz(taker, module, browser)

        return attempt

    return _share_out(port, (job(browser) for _ in range(rounds) for browser in browsers), concurrency)


async def take_quiz(taker: Taker, module: Module, browser: Browser) -> None:
    """Open, start, ten times answer and next page, review, finish, result."""
    cookie = browser.cookie
    await taker.get(f"{MODULE}/quiz", cookie, expect=200)
    begun = await taker.post(f"{MODULE}/quiz", browser, {}, expect=303)
    resumed = await taker.get(begun.location, cookie, expect=303)
    number = int(begun.location.rstrip("/").rpartition("/")[2])
    page = resumed.location
    for position in range(1, QUESTIONS + 1):
        await taker.get(page, cookie, expect=200, marker=f"Question {position} of {QUESTIONS}".encode())
        chosen = choice(module, browser.person_id, number, position)
        answered = await taker.post(page, browser, {"choice": chosen, "go": "next"}, expect=303)
        page = answered.location
    await taker.get(page, cookie, expect=200)
    submitted = await taker.post(f"{MODULE}/quiz/{number}/submit", browser, {}, expect=303)
    await taker.get(submitted.location, cookie, expect=200)


def take_floor_quizzes(
    port: int, browsers: Sequence[Browser], *, rounds: int, concurrency: int
) -> Coroutine[Any, Any, Load]:
    """As many pages and as many commits as an attempt, against the floor."""

    async def attempt(taker: Taker, browser: Browser) -> None:
        for step in range(QUESTIONS + 2):
            await taker.get(f"/question/{step % QUESTIONS}", browser.cookie, expect=200)
            await taker.post("/answer", browser, {"choice": "ask"}, expect=303)
        await taker.get("/question/0", browser.cookie, expect=200)
        await taker.get("/question/1", browser.cookie, expect=200)

    def job(browser: Browser) -> Job:
        return lambda taker: attempt(taker, browser)

    return _share_out(port, (job(browser) for _ in range(rounds) for browser in browsers), concurrency)


def give_answers(
    port: int, module: Module, browsers: Sequence[Browser], numbers: Sequence[int], *, count: int, concurrency: int
) -> Coroutine[Any, Any, Load]:
    """Answers alone, each another one than before, so that every request is a durable row."""
    assert module.quiz is not None  # the bench's module has one
    questions = module.quiz.questions

    def job(step: int) -> Job:
        who, turn = step % len(browsers), step // len(browsers)
        position = turn % QUESTIONS + 1
        options = questions[position - 1].options
        form = {"choice": options[turn // QUESTIONS % len(options)].id, "go": "save"}
        path = f"{MODULE}/quiz/{numbers[who]}/{position}"

        async def give(taker: Taker) -> None:
            await taker.post(path, browsers[who], form, expect=200, headers=AS_JSON)

        return give

    return _share_out(port, (job(step) for step in range(count)), concurrency)


def give_floor_answers(
    port: int, browsers: Sequence[Browser], *, count: int, concurrency: int
) -> Coroutine[Any, Any, Load]:
    """As many commits against the floor."""

    def job(browser: Browser) -> Job:
        async def give(taker: Taker) -> None:
            await taker.post("/answer", browser, {"choice": "ask"}, expect=303)

        return give

    return _share_out(port, (job(browsers[step % len(browsers)]) for step in range(count)), concurrency)


async def start_class(port: int, browsers: Sequence[Browser]) -> Load:
    """Everybody presses Start in one instant, each on a connection of their own."""
    gate = asyncio.Event()
    latencies: list[float] = []
    errors: list[str] = []
    began = 0.0

    async def learner(browser: Browser) -> None:
        await gate.wait()
        try:
            async with Connection(port) as connection:
                answer = await connection.post(f"{MODULE}/quiz", browser.cookie, {"csrf_token": browser.csrf})
        except (OSError, EOFError) as problem:
            errors.append(f"{type(problem).__name__}: {problem}")
            return
        latencies.append(time.perf_counter() - began)
        if answer.status != 303:
            errors.append(f"{answer.status} instead of 303")

    tasks = [asyncio.create_task(learner(browser)) for browser in browsers]
    await asyncio.sleep(0)
    began = time.perf_counter()
    gate.set()
    await asyncio.gather(*tasks)
    return Load(tuple(latencies), tuple(errors))
