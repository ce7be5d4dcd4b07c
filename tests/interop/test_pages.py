"""Modules on paper and as files, on the web: for those who teach."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import text_of
from tests.interop.qti_engine import files_of
from tests.samples import KEY_CANARY, sample_catalogue, sample_module
from trainer.interop.formats import EXPORTERS, export_module

BASE = "/organisations/gannet-quay/modules"
Browser = Callable[[Someone], FlaskClient]


@pytest.fixture
def trainer(client_for: Browser, cast: Cast) -> FlaskClient:
    """The trainer of the autumn cohort."""
    return client_for(cast.trainer)


def test_the_list_offers_every_live_module_and_says_what_a_file_cannot_hold(trainer: FlaskClient) -> None:
    shown = unescape(text_of(trainer.get(f"{BASE}/")))
    for module in sample_catalogue().live_modules:
        assert f"{BASE}/{module.slug}/print" in shown
    assert f"{BASE}/every-kind/export/moodle-xml" in shown
    assert f"{BASE}/reading-only/export/gift" not in shown
    assert f"{BASE}/a-draft" not in shown
    assert "“Put the morning in order” is not in the file: GIFT has no form for the kind order." in shown


def test_the_way_there_is_on_the_cohorts_page(trainer: FlaskClient) -> None:
    shown = text_of(trainer.get("/organisations/gannet-quay/cohorts/"))
    assert 'href="../modules/"' in shown


@pytest.mark.parametrize("form", EXPORTERS)
def test_a_file_is_what_the_exporter_wrote(trainer: FlaskClient, form: str) -> None:
    response = trainer.get(f"{BASE}/every-kind/export/{form}")
    exported = export_module(sample_module("every-kind"), form, sample_catalogue().images)
    assert response.data == exported.data
    assert response.headers["Content-Disposition"] == f'attachment; filename="{exported.name}"'
    assert response.headers["Content-Type"] == exported.media_type
    assert response.headers["Cache-Control"] == "no-store"
    if form == "qti":
        assert "imsmanifest.xml" in files_of(response.data)


def test_another_format_or_a_module_without_questions_is_not_found(trainer: FlaskClient) -> None:
    for address in ("every-kind/export/docx", "reading-only/export/gift", "a-draft/print", "no-such/print"):
        assert trainer.get(f"{BASE}/{address}").status_code == 404


def test_the_paper_holds_the_answers_and_a_learner_never_sees_it(
    client_for: Browser, cast: Cast, trainer: FlaskClient
) -> None:
    shown = text_of(trainer.get(f"{BASE}/every-kind/print"))
    assert KEY_CANARY in shown
    assert "Answer sheet" in shown
    questions = shown[: shown.index("Answer sheet")]
    assert f"{KEY_CANARY}s5" not in questions  # one question quotes a line that begins with the word
    for address in ("every-kind/print", "every-kind/export/gift", "no-such/print", ""):
        refused = client_for(cast.psw).get(f"{BASE}/{address}")
        assert refused.status_code == 403
        assert KEY_CANARY not in refused.get_data(as_text=True)
