"""A small HTTP/1.1 client on asyncio streams: keep-alive, no redirects, no retries, every byte counted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

HOST = "127.0.0.1"
HEAD_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``size`` counts status line, headers and body as they crossed the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    size: int

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("location", "")


class Connection:
    """One connection, one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None

    async def get(self, path: str, cookie: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        """Fetch a page. Raises OSError or EOFError if the server hangs up."""
        return await self._ask("GET", path, {"Cookie": cookie, **(headers or {})} if cookie else headers or {}, b"")

    async def post(
        self, path: str, cookie: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form. Raises OSError or EOFError if the server hangs up."""
        body = urlencode(form).encode()
        sent = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }
        return await self._ask("POST", path, sent, body)

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(HOST, self._port, limit=HEAD_LIMIT)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self._port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join((*lines, "\r\n")).encode("latin-1") + body)
        answer = await _read_answer(self._reader)
        if answer.headers.get("connection", "").lower() == "close":
            await self.close()
        return answer


async def _read_answer(reader: asyncio.StreamReader) -> Answer:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").rstrip().split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    if "transfer-encoding" in headers:
        body, size = await _read_chunks(reader)
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        size = len(body)
    return Answer(int(first.split(" ", 2)[1]), headers, body, len(head) + size)


async def _read_chunks(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    parts: list[bytes] = []
    size = 0
    while True:
        line = await reader.readuntil(b"\r\n")
        length = int(line.split(b";")[0], 16)
        part = await reader.readexactly(length + 2)
        size += len(line) + len(part)
        if not length:
            return b"".join(parts), size
        parts.append(part[:-2])
