"""What a browser fetches for a page the first time, and again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from html.parser import HTMLParser

from bench.loads import PAGE
from bench.wire import Connection

FETCHED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload"}
PACKED = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Weight:
    """Requests and bytes on the wire, headers included; ``warm`` is a second visit."""

    parts: tuple[tuple[str, int], ...]
    warm_requests: int
    warm_bytes: int
    elsewhere: tuple[str, ...]  # addresses on another host: there must be none

    @property
    def requests(self) -> int:
        """How many requests the first visit takes."""
        return len(self.parts)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(part for _path, part in self.parts)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        relations = set((values.get("rel") or "").split())
        if tag == "link" and relations & FETCHED_RELATIONS and values.get("href"):
            self.found.append(values["href"] or "")
        elif tag in ("script", "img", "source", "iframe") and values.get("src"):
            self.found.append(values["src"] or "")


def weigh(port: int, cookie: str, path: str = PAGE) -> Weight:
    """Fetch a page and all that it names."""
    return asyncio.run(_weigh(port, cookie, path))


async def _weigh(port: int, cookie: str, path: str) -> Weight:
    async with Connection(port) as connection:
        page = await connection.get(path, cookie, PACKED)
        links = _Links()
        links.feed(page.body.decode())
        parts = [(path, page.size)]
        warm_requests, warm_bytes = 1, page.size
        wanted = list(dict.fromkeys(links.found))
        elsewhere = tuple(link for link in wanted if "://" in link or link.startswith("//"))
        for link in wanted:
            if link in elsewhere:
                continue
            part = await connection.get(link, cookie, PACKED)
            parts.append((link, part.size))
            if "immutable" not in part.headers.get("cache-control", ""):
                warm_requests, warm_bytes = warm_requests + 1, warm_bytes + part.size
    return Weight(tuple(parts), warm_requests, warm_bytes, elsewhere)
