"""The pictures that an export takes along."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.courseware.catalogue import Image, Module

Images = Mapping[tuple[str, str], Image]


class Pictures:
    """The pictures of one module under the addresses that they get in a file; ``used`` grows while HTML is written."""

    def __init__(self, module: Module, images: Images, prefix: str) -> None:
        self._slug = module.slug
        self._images = images
        self._prefix = prefix
        self.used: dict[str, Image] = {}

    def __call__(self, name: str) -> str | None:
        """The new address of a picture, or None when there is no such file."""
        image = self._images.get((self._slug, name))
        if image is None:
            return None
        self.used[name] = image
        return f"{self._prefix}{name}"
