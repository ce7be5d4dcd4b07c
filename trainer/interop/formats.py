"""The formats by the names that addresses and commands use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from trainer.courseware.catalogue import Module
from trainer.errors import NotFound
from trainer.interop.exported import Exported
from trainer.interop.gift import export_gift
from trainer.interop.moodle_xml import export_moodle_xml
from trainer.interop.pictures import Images
from trainer.interop.qti import export_qti
from trainer.wording import said

EXPORTERS: Mapping[str, Callable[[Module, Images], Exported]] = MappingProxyType(
    {
        "gift": lambda module, images: export_gift(module),
        "moodle-xml": export_moodle_xml,
        "qti": export_qti,
    }
)
LABELS: Mapping[str, str] = MappingProxyType({"gift": "GIFT", "moodle-xml": "Moodle XML", "qti": "QTI 2.1"})


def export_module(module: Module, form: str, images: Images) -> Exported:
    """The module's questions in that format. Raises NotFound for another format and for a module without a quiz."""
    exporter = EXPORTERS.get(form)
    if exporter is None:
        raise NotFound(
            said("There is no such format."), said("Choose one of %(formats)s.", formats=", ".join(EXPORTERS))
        )
    return exporter(module, images)
