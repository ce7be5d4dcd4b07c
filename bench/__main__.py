"""``python -m bench``: measure the app and its floor side by side, in one run, and check what is stored."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import runs
from bench.floor import make_floor_database
from bench.reports import run_reports
from bench.server import Serving, free_port, serving
from bench.stage import set_stage

LEARNERS = 64


def main() -> int:
    """Run all parts; 1 if an answer got lost or a request failed."""
    plan = plan_from_arguments()
    raise_file_limit()
    print(f"{os.cpu_count()} cores, shared with the load; {plan.workers} worker, {plan.threads} threads.", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=plan.folder) as folder:
        problems = run_all(plan, Path(folder)) if set(plan.parts) - {"C"} else []
        if "C" in plan.parts:
            problems += run_reports(Path(folder), learners=plan.learners, organisations=-(-plan.learners // 100_000))
    print()
    for problem in problems[:20]:
        print(f"WRONG: {problem}")
    print(f"{len(problems)} problems." if problems else "Every stored attempt, answer and score is what was sent.")
    return 1 if problems else 0


def plan_from_arguments() -> runs.Plan:
    """The size of everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run of a few seconds: do not quote its figures")
    parser.add_argument("--rounds", type=int, default=3, help="how often app and floor take turns")
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--workers", type=int, default=1, help="server processes, of the app and of the floor")
    parser.add_argument("--threads", type=int, default=8, help="threads of each")
    parser.add_argument("--folder", type=Path, help="where the databases are written; name one on a real disk")
    parser.add_argument("--parts", default="ABCEF", help="which to run, such as BE")
    parser.add_argument("--learners", type=int, default=10_000, help="of part C; the million takes half an hour")
    given = parser.parse_args()
    shared = {
        "concurrency": given.concurrency,
        "workers": given.workers,
        "threads": given.threads,
        "folder": given.folder,
        "parts": given.parts.upper(),
        "learners": min(given.learners, 1_000) if given.quick else given.learners,
    }
    if given.quick:
        return runs.Plan(rounds=1, pages=200, attempts=1, answers=200, class_size=100, **shared)
    return runs.Plan(rounds=given.rounds, pages=3000, attempts=2, answers=2000, class_size=1000, **shared)


def raise_file_limit() -> None:
    """A class of a thousand is a thousand sockets, here and in the server."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@dataclass(frozen=True, slots=True)
class _Ports:
    ours: int
    floor: int


def run_all(plan: runs.Plan, folder: Path) -> list[str]:
    """Both servers up, every part, every check; returns what was wrong."""
    ports = _Ports(free_port(), free_port())
    stage = set_stage(
        folder,
        learners=LEARNERS + plan.class_size,
        port=ports.ours,
        workers=plan.workers,
        threads=plan.threads,
    )
    make_floor_database(folder / "floor.sqlite", LEARNERS)
    floor_environment = {**stage.environment, "PORT": str(ports.floor)}
    with (
        serving(
            ["trainer", "serve"], stage.environment, port=ports.ours, first="/healthz", log=folder / "ours.log"
        ) as ours,
        serving(["bench.floor"], floor_environment, port=ports.floor, first="/", log=folder / "floor.log") as floor,
    ):
        problems = run_parts(runs.Scene(plan, stage, LEARNERS, ours, floor))
    texts = {name: (folder / name).read_text(errors="replace") for name in ("ours.log", "floor.log")}
    if problems or any("Traceback" in text for text in texts.values()):
        problems = [*(f"{name} ends with: {text[-800:]}" for name, text in texts.items()), *problems]
    return problems


def run_parts(scene: runs.Scene) -> list[str]:
    """Those parts that were asked for, in their order."""
    parts = {"A": [runs.run_pages], "B": [runs.run_quizzes, runs.run_answers], "E": [runs.run_class]}
    parts["F"] = [runs.run_weight]
    problems = [
        problem for name, steps in parts.items() if name in scene.plan.parts for run in steps for problem in run(scene)
    ]
    print_process(scene.ours)
    return problems


def print_process(ours: Serving) -> None:
    """What the process itself is like."""
    print(f"\nCold start to the first answer: {ours.started_in:.2f} s (migrated database, content compiled).")
    print(f"Memory of the app's processes after all this: {ours.memory_megabytes():.0f} MB.")


if __name__ == "__main__":
    sys.exit(main())
