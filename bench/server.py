"""Starting a server as a process of its own, and asking the kernel what it has used."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.wire import HOST

TICKS = os.sysconf("SC_CLK_TCK")
START_TIMEOUT = 60.0


class NotServing(Exception):
    """The server did not start; the message ends with what it printed."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server. ``started_in`` is the time in seconds to its first page."""

    pid: int
    port: int
    started_in: float

    def cpu_seconds(self) -> float:
        """CPU time, user and system, of the whole process tree so far."""
        return sum(_cpu_ticks(pid) for pid in _tree(self.pid)) / TICKS

    def memory_megabytes(self) -> float:
        """Memory of the whole tree; what processes share is counted once."""
        return sum(_pss_kilobytes(pid) for pid in _tree(self.pid)) / 1024


@contextlib.contextmanager
def serving(
    command: list[str], environment: Mapping[str, str], *, port: int, first: str, log: Path
) -> Iterator[Serving]:
    """Run ``python -m command`` until the block ends. ``first`` is a path that needs no sign-in.

    Raises NotServing if the first page does not come.
    """
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        try:
            _wait_for_page(process, port, first, log)
            yield Serving(process.pid, port, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for_page(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status < 400:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise NotServing(f"No page after {START_TIMEOUT:.0f} s or less:\n{log.read_text(errors='replace')[-2000:]}")


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def _cpu_ticks(pid: int) -> int:
    # After the name in brackets: utime and stime are fields 14 and 15, those of waited-for children 16 and 17.
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15])


def _pss_kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
