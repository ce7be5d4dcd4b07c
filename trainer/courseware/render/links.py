"""Addresses in Markdown become addresses of the site, or a diagnostic."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.diagnostics import Rule
from trainer.courseware.render.scope import Scope

FRAGMENT = re.compile(r"#([a-z0-9-]+)\Z")
MODULE = re.compile(r"(?:\.\./|modules/)([a-z0-9-]+)/module\.md(?:#([a-z0-9-]+))?\Z")
OUTSIDE = re.compile(
    r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][^\s\"<>\\]*)?\Z"
    r"|mailto:[^\s@\"<>&:/]+@[A-Za-z0-9.-]+(?:\?subject=[^\s\"<>&]*)?\Z"
    r"|tel:\+?[0-9][0-9-]*\Z"
)
IMAGE = re.compile(r"images/([a-z0-9]+(?:[-_][a-z0-9]+)*\.(?:png|jpe?g|webp|avif))\Z")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address cannot be used."""

    rule: Rule
    message: str


def link_address(target: str, scope: Scope) -> str | Refusal:
    """The address a link leads to."""
    if OUTSIDE.match(target):
        return target
    fragment, module = FRAGMENT.match(target), MODULE.match(target)
    if fragment and scope.slug is not None:
        return _address(scope.slug, fragment.group(1), target, scope)
    if module and target.startswith("../") == (scope.slug is not None):
        return _address(module.group(1), module.group(2), target, scope)
    return Refusal(rules.LINK_FORM, f"“{target}” is no address that the format allows")


def image_address(target: str, scope: Scope) -> str | Refusal:
    """The address a picture is served at."""
    match = IMAGE.match(target)
    if not match or scope.slug is None:
        return Refusal(rules.IMAGE_MISSING, f"“{target}” is no picture of this module’s images folder")
    if match.group(1) not in scope.images:
        return Refusal(rules.IMAGE_MISSING, f"there is no picture “{target}”")
    return f"/modules/{scope.slug}/images/{match.group(1)}"


def _address(slug: str, section_id: str | None, target: str, scope: Scope) -> str | Refusal:
    module = scope.modules.get(slug)
    if module is None:
        return Refusal(rules.LINK_BROKEN, f"“{target}” names a module that does not exist")
    if module.is_draft and not scope.may_link_drafts:
        return Refusal(rules.LINK_BROKEN, f"“{target}” leads to a draft, which learners cannot open")
    if section_id is None:
        return f"/modules/{slug}/"
    if section_id not in module.section_ids:
        return Refusal(rules.LINK_BROKEN, f"“{target}” names a section that does not exist")
    return f"/modules/{slug}/sections/{section_id}"
