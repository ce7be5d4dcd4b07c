"""A system with every scope, made by the manager of our organisation."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.api.calling import System, new_token
from tests.cast import Cast


@pytest.fixture
def system(app: Flask, cast: Cast) -> System:
    """The HR system. Its manager is a trainer of no cohort."""
    return System(app, new_token(app, cast.manager, cast.ours.slug))
