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
from werkzeug.test import TestResponse

from tests.cast import Cast, Someone
from tests.door import csrf_token, post, without_tokens
from tests.factories import actor_of, take_quiz
from tests.samples import sample_module
from trainer.courseware.catalogue import Catalogue
from trainer.extensions import database, writing
from trainer.web.notebook_pages import places_in

Browser = Callable[[Someone], FlaskClient]
BOX = "/notebook/notes/S1/reflect:first-thought"
SECTION = "/modules/kind-words/sections/first-note"
CANARY = "Goldcrest-behind-the-mill-4402"


@pytest.fixture
def psw(client_for: Browser, cast: Cast) -> FlaskClient:
    return client_for(cast.psw)


def write(client: FlaskClient, text: str, version: int = 0) -> TestResponse:
    return post(client, BOX, {"text": text, "version": str(version), "back": SECTION})


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
        assert response.json is not None
        assert sorted(response.json) == ["saved_at", "version"]
        assert response.json["saved_at"] == "10:00"
        again = post(psw, BOX, {"text": "More", "version": str(response.json["version"])}, headers=headers)
        assert again.json == {"saved_at": "10:00", "version": response.json["version"] + 1}

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
        version = re.search(r'name="version" value="(\d+)"', response.text)
        assert version
        assert post(psw, BOX, {"text": "One of both", "version": version[1], "back": SECTION}).status_code == 303
        assert "One of both" in psw.get(SECTION).text

    def test_an_old_window_does_not_take_a_new_note_for_the_one_it_knew(self, psw: FlaskClient) -> None:
        write(psw, "One")
        old = re.search(r'name="version" value="([1-9]\d*)"', psw.get("/notebook/").text)
        assert old
        post(psw, f"{BOX}/delete")
        write(psw, "Begun again")
        response = post(psw, BOX, {"text": "One, changed", "version": old[1], "back": SECTION})
        assert response.status_code == 409
        assert "Begun again" in psw.get("/notebook/").text

    def test_too_much_is_still_in_the_box(self, psw: FlaskClient) -> None:
        response = post(psw, BOX, {"text": "words " * 4_000, "version": "0", "back": SECTION})
        assert response.status_code == 422
        assert "Shorten it to 20,000" in response.text
        assert response.text.count("words words") > 1_000

    def test_a_place_that_does_not_exist_takes_nothing(self, psw: FlaskClient) -> None:
        url = "/notebook/notes/S1/reflect:nowhere"
        assert post(psw, url, {"text": "x", "version": "0", "back": "/"}).status_code == 404

    def test_a_draft_takes_no_note_and_its_title_is_not_told(self, psw: FlaskClient, catalogue: Catalogue) -> None:
        draft = catalogue.by_slug["a-draft"]
        url = f"/notebook/notes/{draft.id}/note:{draft.sections[0].id}"
        nowhere = post(psw, "/notebook/notes/NOWHERE/note:x", {"text": "x", "version": "0"})
        refused = post(psw, url, {"text": "x", "version": "0", "back": "/"})
        assert (refused.status_code, nowhere.status_code) == (404, 404)
        assert without_tokens(refused.text) == without_tokens(nowhere.text)

    def test_every_note_leads_back_to_its_box(self, psw: FlaskClient, catalogue: Catalogue) -> None:
        with psw.application.test_request_context():
            places = {one.id: places_in(one) for one in catalogue.modules if one.status == "live"}
        for module_id, names in places.items():
            for name in names:
                post(psw, f"/notebook/notes/{module_id}/{name}", {"text": "x", "version": "0", "back": "/"})
        page = psw.get("/notebook/").text
        links = re.findall(r'href="(/modules/[^"#]+)#([^"]+)"', page)
        assert len(links) == sum(len(names) for names in places.values()) > 8
        assert [target for target, anchor in links if f'id="{anchor}"' not in psw.get(target).text] == []
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))

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
        page = psw.get("/notebook/").text
        assert "Deleted: 1 note." in page
        assert "Nothing here yet" in page

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

    def test_no_answer_to_a_script_repeats_it(
        self, app: Flask, psw: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        caplog.set_level(logging.DEBUG)
        headers = {"Accept": "application/json"}
        texts = (CANARY, f"{CANARY} in a second window", CANARY + "x" * 20_001)
        answers = [post(psw, BOX, {"text": text, "version": "0"}, headers=headers) for text in texts]
        answers.append(post(psw, BOX, {"text": CANARY, "version": "no number"}, headers=headers))
        answers.append(post(psw, BOX, {"text": CANARY, "version": "0", "stranger": CANARY}, headers=headers))

        def fail(*_args: object, **_options: object) -> None:
            raise RuntimeError("something broke")

        monkeypatch.setattr("trainer.web.notebook.save_note", fail)
        app.config["PROPAGATE_EXCEPTIONS"] = False
        answers.append(post(psw, BOX, {"text": CANARY, "version": "0"}, headers=headers))
        assert [answer.status_code for answer in answers] == [200, 409, 422, 400, 400, 500]
        for answer in answers:
            assert answer.is_json
            assert CANARY not in answer.text, answer.status_code
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

    def test_neither_the_pages_of_a_refusal_nor_the_sheet(self, psw: FlaskClient) -> None:
        write(psw, CANARY)
        refusals = (
            write(psw, "From another window"),
            write(psw, "x" * 20_001),
            post(psw, "/notebook/supervision", {"own": CANARY}),
            psw.get("/notebook/notebook.md"),
            post(psw, "/notebook/notes/S1/reflect:nowhere", {"text": CANARY, "version": "0"}),
        )
        assert [one.status_code for one in refusals] == [409, 422, 200, 200, 404]
        assert [one.headers["Cache-Control"] for one in refusals] == ["no-store"] * 5

    def test_not_in_the_address(self, psw: FlaskClient) -> None:
        response = psw.get(f"{SECTION}?text={CANARY}")
        assert CANARY not in response.text


class TestStatements:
    """However much is written, a page asks for it once."""

    @pytest.mark.parametrize("address", ["/notebook/", "/notebook/notebook.md", "/notebook/on-paper", SECTION])
    def test_a_page_asks_for_all_notes_at_once(
        self, psw: FlaskClient, catalogue: Catalogue, statements: list[str], address: str
    ) -> None:
        with psw.application.test_request_context():
            places = [(one.id, name) for one in catalogue.modules if one.status == "live" for name in places_in(one)]
        counts = []
        for some in (places[:1], places):
            for module_id, name in some:
                post(psw, f"/notebook/notes/{module_id}/{name}", {"text": "x", "version": "0", "back": "/"})
            psw.get("/notebook/")  # notices are shown once, and the session is warm
            statements.clear()
            psw.get(address)
            counts.append(sum("notebook_entry" in one for one in statements))
        assert counts == [1, 1]
