"""The revision: a hash of all that a learner can be shown or marked by, and modules as text to keep."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import TypeAdapter

from trainer.courseware.catalogue import Module

_MODULE: TypeAdapter[Module] = TypeAdapter(Module)
# Where a module stands, and when the panel looks at it again, changes nothing that was learnt.
# What is stored can be read for ever: a change of the types raises the number and adds an upgrade.
FORMAT = 2
NOT_CONTENT = frozenset({"revision", "slug", "track", "status", "reviewed_on", "review_due_on"})


def revision_of(module: Module) -> str:
    """SHA-256, in hex, of the module's content in a canonical form."""
    fields = _MODULE.dump_python(module, mode="json")
    content = {name: value for name, value in fields.items() if name not in NOT_CONTENT}
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def dump_module(module: Module) -> str:
    """The whole module as JSON; ``load_module`` gives back an equal one."""
    return _canonical({**_MODULE.dump_python(module, mode="json"), "format": FORMAT})


def load_module(text: str) -> Module:
    """The module that ``dump_module`` of this release or an earlier one wrote. Raises ValueError for any other text."""
    fields = json.loads(text)
    if not isinstance(fields, dict):
        raise ValueError("this is no compiled module")
    if fields.pop("format", 1) == 1:
        _upgrade_from_1(fields)
    return _MODULE.validate_json(_canonical(fields))


def _upgrade_from_1(fields: dict[str, Any]) -> None:
    """Format 1 held a section as one piece of HTML, with its voices already drawn, and knew no scenarios."""
    fields["opening"] = _prose(fields.pop("opening_html", ""))
    fields["scenarios"] = []
    for section in fields.get("sections", []):
        section["parts"] = _prose(section.pop("html", ""))


def _prose(html: str) -> list[dict[str, str]]:
    return [{"kind": "prose", "html": html}] if html else []


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
