"""What a passage may point at: the sources, pictures, modules and sections around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """A module as others see it."""

    section_ids: frozenset[str]
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a passage stands. ``slug`` is None outside modules; ``sources`` maps id to number."""

    slug: str | None
    sources: Mapping[str, int] = field(default_factory=dict)
    images: frozenset[str] = frozenset()
    modules: Mapping[str, Target] = field(default_factory=dict)

    @property
    def may_link_drafts(self) -> bool:
        """A draft may point at drafts; what learners read may not."""
        return self.slug is not None and self.slug in self.modules and self.modules[self.slug].is_draft
