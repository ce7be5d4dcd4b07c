"""The allow-list: whatever the parser did, nothing else reaches a browser."""

from __future__ import annotations

import nh3

TEXT_TAGS = {"p", "br", "em", "strong", "code", "pre", "a", "img", "span"}
SHAPE_TAGS = {"ul", "ol", "li", "blockquote", "hr", "h2", "h3", "h4", "h5", "div"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}

_CLEANER = nh3.Cleaner(
    tags=TEXT_TAGS | SHAPE_TAGS | TABLE_TAGS,
    attributes={
        "a": {"href"},
        "img": {"src", "alt"},
        "th": {"scope"},
        "ol": {"start"},
        "div": {"role", "tabindex", "aria-label"},
    },
    allowed_classes={"a": {"cite"}, "span": {"visually-hidden"}, "div": {"table-scroll"}},
    url_schemes={"https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)


def clean_html(html: str) -> str:
    """The HTML with only the tags, attributes, classes and addresses that the renderer makes itself."""
    return _CLEANER.clean(html).strip()
