"""Numbers of pages, from an address to links."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from trainer.web.pages.trainer import PageLink

MOST_PAGES = 100_000  # nobody turns further; a larger number is somebody playing


def page_number() -> int:
    """The page that is asked for: 1 for anything that is no page."""
    asked = request.args.get("page", 1, type=int)
    return asked if 1 <= asked <= MOST_PAGES else 1


def page_links(total: int, size: int, current: int, url: Callable[[int], str]) -> tuple[PageLink, ...]:
    """Links to the first, the last and the pages around this one."""
    last = max(1, -(-total // size))
    shown = sorted({1, last, *(page for page in range(current - 2, current + 3) if 1 <= page <= last)})
    return tuple(PageLink(f"{page:,}", url(page), page == current) for page in shown)
