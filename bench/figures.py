"""What was measured, and how it is printed."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.server import Serving


@dataclass(frozen=True, slots=True)
class Load:
    """What a load saw from outside: latencies in seconds, and what went wrong."""

    latencies: tuple[float, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: the load's view, and the server tree's CPU time."""

    requests: int
    seconds: float
    cpu_seconds: float
    p50: float
    p99: float
    errors: tuple[str, ...]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds of the server tree per request; 0 if none was answered."""
        return self.cpu_seconds * 1000 / self.requests if self.requests else 0.0


def measure(server: Serving, load: Coroutine[Any, Any, Load]) -> Figures:
    """Run a load and read the server's CPU time before and after."""
    cpu, began = server.cpu_seconds(), time.perf_counter()
    seen = asyncio.run(load)
    seconds, used = time.perf_counter() - began, server.cpu_seconds() - cpu
    return Figures(
        requests=len(seen.latencies),
        seconds=seconds,
        cpu_seconds=used,
        p50=percentile(seen.latencies, 50),
        p99=percentile(seen.latencies, 99),
        errors=seen.errors,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` per cent do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else 0.0


def middle(runs: Sequence[Figures], name: str) -> float:
    """The median of a figure over several runs."""
    return float(median(getattr(run, name) for run in runs))


def spread(runs: Sequence[Figures], name: str, scale: float = 1) -> str:
    """Median and, over several runs, the lowest and highest."""
    values = [getattr(run, name) * scale for run in runs]
    text = number(median(values))
    return text if len(values) == 1 else f"{text} ({number(min(values))}–{number(max(values))})"


def number(value: float) -> str:
    """As many digits as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def print_table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that reads well in a terminal and pastes as Markdown."""
    widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
    print(f"\n## {heading}\n")
    for row in (columns, ["-" * width for width in widths], *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
