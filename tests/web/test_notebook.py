"""The notebook as its writer meets it, and how nobody else ever does."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.cast import Cast, Someone
from tests.door import csrf_token, post
from tests.factories import actor_of, take_quiz
from tests.samples import sample_module
from trainer.extensions import database, writing

Browser = Callable[[Someone], FlaskClient]
BOX = "/notebook/notes/S1/reflect:first-thought"
SECTION = "/modules/kind-words/sections/first-note"
CANARY = "Goldcrest-behind-the-mill-4402"


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


def write(client: FlaskClient, text: str, version: int = 0, **options: object) -> object:
    return post(client, BOX, {"text": text, "version": str(version), "back": SECTION}, **options)


class TestWriting:
    def test_the_box_says_who_can_read_and_keeps_what_is_written(self, psw: FlaskClient) -> None:
        page = psw.get(SECTION).text
        assert "Only you can read this." in page
        assert f'action="{BOX.replace(":", "%3A")}"' in page or f'action="{BOX}"' in page
        response = post(psw, BOX, {"text": CANARY, "version": "0", "back": SECTION})
        assert response.headers["Location"] == SECTION
        again = psw.get(SECTION).text
        assert CANARY in again
        assert "Saved 10:00" in again

    def test_a_script_is_given_a_receipt(self, psw: FlaskClient) -> None:
        headers = {"Accept": "application/json"}
        response = post(psw, BOX, {"text": CANARY, "version": "0", "back": SECTION}, headers=headers)
        assert response.json == {"saved_at": "10:00", "version": 1}

    @pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", ""])
    def test_the_way_back_stays_on_this_site(self, psw: FlaskClient, back: str) -> None:
        response = post(psw, BOX, {"text": "x", "version": "0", "back": back})
        assert response.headers["Location"] == "/notebook/"

    def test_two_windows_show_both_texts_in_one_box(self, psw: FlaskClient) -> None:
        post(psw, BOX, {"text": "From the first window", "version": "0", "back": SECTION})
        response = post(psw, BOX, {"text": "From the second window", "version": "0", "back": SECTION})
        assert response.status_code == 409
        box = response.text[response.text.index("<textarea") : response.text.index("</textarea>")]
        assert "From the first window" in box
        assert "From the second window" in box
        assert 'name="version" value="1"' in response.text

    def test_too_much_is_still_in_the_box(self, psw: FlaskClient) -> None:
        response = post(psw, BOX, {"text": "words " * 4_000, "version": "0", "back": SECTION})
        assert response.status_code == 422
        assert "Shorten it to 20,000" in response.text
        assert response.text.count("words words") > 1_000

    def test_a_place_that_does_not_exist_takes_nothing(self, psw: FlaskClient) -> None:
        url = "/notebook/notes/S1/reflect:nowhere"
        assert post(psw, url, {"text": "x", "version": "0", "back": "/"}).status_code == 404

    def test_every_section_has_room_for_a_note(self, psw: FlaskClient) -> None:
        url = "/notebook/notes/S1/note:what-now"
        assert post(psw, url, {"text": "For Thursday", "version": "0", "back": "/"}).status_code == 303
        assert "For Thursday" in psw.get("/modules/kind-words/sections/what-now").text
        assert "For Thursday" in psw.get("/notebook/").text


class TestTakingAwayAndDeleting:
    def test_one_file_and_one_page_for_paper(self, psw: FlaskClient) -> None:
        write(psw, CANARY)
        response = psw.get("/notebook/notebook.md")
        assert response.headers["Content-Disposition"] == 'attachment; filename="my-notebook.md"'
        assert response.headers["Cache-Control"] == "no-store"
        assert f"## Kind words\n\n### Something to think about: The first note (23 November 2026)\n\n{CANARY}\n" in (
            response.text
        )
        assert CANARY in psw.get("/notebook/on-paper").text

    def test_one_note_and_then_all_are_gone(self, psw: FlaskClient) -> None:
        write(psw, CANARY)
        assert "Nobody can bring it back" in psw.get(f"{BOX}/delete").text
        post(psw, f"{BOX}/delete")
        assert CANARY not in psw.get("/notebook/").text
        write(psw, CANARY)
        post(psw, "/notebook/delete-all")
        assert "Nothing here yet" in psw.get("/notebook/").text

    def test_asking_deletes_nothing(self, psw: FlaskClient) -> None:
        write(psw, CANARY)
        psw.get(f"{BOX}/delete")
        psw.get("/notebook/delete-all")
        assert CANARY in psw.get("/notebook/").text


class TestSupervision:
    def test_a_sheet_of_what_was_chosen_and_nothing_stored(self, app: Flask, psw: FlaskClient, cast: Cast) -> None:
        write(psw, CANARY)
        with app.app_context(), writing() as session:
            take_quiz(session, actor_of(session, cast.psw), sample_module("kind-words"), wrong=2)
        page = psw.get("/notebook/supervision").text
        assert "Not yet right" in page
        question = re.search(r'name="question" id="question-1" value="([^"]+)"', page)
        assert question
        statements: list[str] = []
        with app.app_context():
            engine = database.engine
        listener = lambda *args: statements.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        try:
            token = csrf_token(psw)
            own = "Ask about Thursday-2290"
            data = {"csrf_token": token, "note": "S1/reflect:first-thought", "question": question[1], "own": own}
            sheet = psw.post("/notebook/supervision", data=data)
        finally:
            event.remove(engine, "before_cursor_execute", listener)
        assert sheet.status_code == 200
        assert CANARY in sheet.text
        assert own in sheet.text
        assert "What the other" in sheet.text
        assert not [one for one in statements if not one.lstrip().upper().startswith(("SELECT", "BEGIN"))]

    def test_nothing_chosen_is_said(self, psw: FlaskClient) -> None:
        response = post(psw, "/notebook/supervision")
        assert response.status_code == 422
        assert "Nothing is chosen yet" in response.text

    def test_somebody_elses_note_cannot_be_named(self, psw: FlaskClient, client_for: Browser, cast: Cast) -> None:
        write(psw, CANARY)
        other = client_for(cast.clinician)
        response = post(other, "/notebook/supervision", {"note": "S1/reflect:first-thought", "own": "x"})
        assert response.status_code == 200
        assert CANARY not in response.text


class TestCanary:
    """One private text, and every place where it must not turn up."""

    def test_no_page_of_anybody_else(self, psw: FlaskClient, client_for: Browser, cast: Cast) -> None:
        write(psw, CANARY)
        autumn = f"/organisations/{cast.ours.slug}/cohorts/{cast.autumn.slug}"
        pages = {
            cast.trainer: ("/", "/notebook/", f"{autumn}/", f"{autumn}/report", f"{autumn}/report.csv", SECTION),
            cast.manager: ("/", "/notebook/", f"/organisations/{cast.ours.slug}/", f"{autumn}/"),
            cast.clinician: ("/", "/notebook/", "/notebook/notebook.md", SECTION),
        }
        for person, addresses in pages.items():
            client = client_for(person)
            for address in addresses:
                assert CANARY not in client.get(address).text, address

    def test_no_log_line_and_no_error_page(
        self,
        app: Flask,
        psw: FlaskClient,
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        write(psw, CANARY)
        post(psw, BOX, {"text": f"{CANARY} again", "version": "7", "back": SECTION})

        def fail(*_args: object, **_options: object) -> None:
            raise RuntimeError("something broke")

        monkeypatch.setattr("trainer.web.notebook.save_note", fail)
        app.config["PROPAGATE_EXCEPTIONS"] = False
        broken = post(psw, BOX, {"text": f"{CANARY} lost", "version": "1", "back": SECTION})
        assert broken.status_code == 500
        assert CANARY not in broken.text
        refused = psw.post(BOX, data={"text": CANARY})  # no token
        assert refused.status_code == 400
        assert CANARY not in refused.text
        assert CANARY not in caplog.text

    def test_no_byte_of_the_database_files(self, app: Flask, psw: FlaskClient) -> None:
        write(psw, CANARY)
        with app.app_context():
            url = database.engine.url
        if url.get_backend_name() != "sqlite":
            pytest.fail("this test reads the files of the embedded database")
        for path in Path(str(url.database)).parent.glob(f"{Path(str(url.database)).name}*"):
            assert CANARY.encode() not in path.read_bytes(), path.name

    def test_nothing_is_kept_by_the_browser(self, psw: FlaskClient) -> None:
        write(psw, CANARY)
        for address in ("/notebook/", "/notebook/on-paper", "/notebook/supervision", f"{BOX}/delete"):
            assert psw.get(address).headers["Cache-Control"] == "no-store"

    def test_not_in_the_address(self, psw: FlaskClient) -> None:
        response = psw.get(f"{SECTION}?text={CANARY}")
        assert CANARY not in response.text
