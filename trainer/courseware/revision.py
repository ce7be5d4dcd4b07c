"""The revision: a hash of all that a learner can be shown or marked by, and modules as text to keep."""

from __future__ import annotations

import hashlib
import json

from pydantic import TypeAdapter

from trainer.courseware.catalogue import Module

_MODULE: TypeAdapter[Module] = TypeAdapter(Module)
# Where a module stands, and when the panel looks at it again, changes nothing that was learnt.
NOT_CONTENT = frozenset({"revision", "slug", "track", "status", "reviewed_on", "review_due_on"})


def revision_of(module: Module) -> str:
    """SHA-256, in hex, of the module's content in a canonical form."""
    fields = _MODULE.dump_python(module, mode="json")
    content = {name: value for name, value in fields.items() if name not in NOT_CONTENT}
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def dump_module(module: Module) -> str:
    """The whole module as JSON; ``load_module`` gives back an equal one."""
    return _canonical(_MODULE.dump_python(module, mode="json"))


def load_module(text: str) -> Module:
    """The module that ``dump_module`` wrote. Raises ValueError for any other text."""
    return _MODULE.validate_json(text)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
