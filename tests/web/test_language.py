"""The choice between English and Irish: who decides it, what a page says of itself, and what it costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast, Someone
from tests.door import post
from tests.samples import AT
from trainer.errors import Invalid
from trainer.web.locales import COOKIE, gettext, in_words, ngettext, translated, translations_of
from trainer.web.words import day, day_and_time, listed
from trainer.wording import said

HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


def choose(client: FlaskClient, code: str, page: str = "http://localhost/sign-in", **headers: str) -> str:
    """Press the button in the frame of a page; returns where it leads."""
    answer = client.post("/language", data={"language": code}, headers={"Referer": page, **HERE, **headers})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def lang_of(client: FlaskClient, path: str = "/sign-in", **headers: str) -> str:
    """The language of a page, as its element and its header say with one voice."""
    answer = client.get(path, headers=headers)
    said_in_page = answer.text.split('<html lang="')[1].split('"')[0]
    assert answer.headers["Content-Language"] == said_in_page
    return said_in_page


class TestWhoDecides:
    @pytest.mark.parametrize(
        ("asked", "lang"),
        [
            ("", "en-IE"),
            ("en-IE,en;q=0.8", "en-IE"),
            ("ga", "ga"),
            ("ga-IE,ga;q=0.9,en;q=0.5", "ga"),
            ("en-IE,ga;q=0.5", "en-IE"),
            ("de,fr;q=0.5", "en-IE"),
            ("de,ga;q=0.5", "ga"),
            ("ga;q=0,de", "en-IE"),
            ("*", "en-IE"),
            ("\x01;;q=,", "en-IE"),
        ],
    )
    def test_without_a_choice_the_browser_is_asked(self, client: FlaskClient, asked: str, lang: str) -> None:
        assert lang_of(client, **{"Accept-Language": asked}) == lang

    def test_a_choice_holds_whatever_the_browser_prefers(self, client: FlaskClient) -> None:
        choose(client, "ga")
        assert lang_of(client, **{"Accept-Language": "en"}) == "ga"
        choose(client, "en")
        assert lang_of(client, **{"Accept-Language": "ga"}) == "en-IE"

    @pytest.mark.parametrize("value", ["", "fr", "GA", "../../etc/passwd", "ga; x", "g" * 300])
    def test_a_cookie_that_says_nothing_is_passed_over(self, client: FlaskClient, value: str) -> None:
        client.set_cookie(COOKIE, value)
        assert lang_of(client) == "en-IE"

    def test_the_page_without_a_session_follows_the_choice(self, client: FlaskClient) -> None:
        choose(client, "ga")
        answer = client.get("/need-to-talk")
        assert '<html lang="ga">' in answer.text
        assert "Set-Cookie" not in answer.headers
        assert "no-store" in answer.headers["Cache-Control"]

    def test_so_do_errors_files_have_no_language(self, client: FlaskClient) -> None:
        choose(client, "ga")
        assert lang_of(client, "/about/no-such-page") == "ga"
        assert "Content-Language" not in client.get("/healthz").headers


class TestTheButton:
    def test_is_in_the_frame_of_every_page_in_its_own_language(self, client: FlaskClient) -> None:
        for path in ("/sign-in", "/need-to-talk", "/about/no-such-page"):
            page = client.get(path).text
            assert 'value="ga" lang="ga">Gaeilge</button>' in page
        choose(client, "ga")
        for path in ("/sign-in", "/need-to-talk", "/about/no-such-page"):
            page = client.get(path).text
            assert 'value="en" lang="en">English</button>' in page
            assert "awaits review by a fluent reader" in page

    def test_leads_back_to_where_it_was_pressed(self, client: FlaskClient) -> None:
        assert choose(client, "ga", "http://localhost/words/?x=1") == "/words/?x=1"

    def test_leads_back_to_an_address_that_no_browser_tells(self, client: FlaskClient) -> None:
        address = "/reset-password/no-such-token"
        assert f'name="next" value="{address}"' in client.get(address).text
        data = {"language": "ga", "next": address}
        answer = client.post("/language", data=data, headers={"Referer": "http://localhost/", **HERE})
        assert answer.headers["Location"] == address
        assert 'name="next"' not in client.get("/need-to-talk").text

    @pytest.mark.parametrize(
        "target", ["//evil.example/", "https://evil.example/words/", "/\\evil.example", "/no/such"]
    )
    def test_a_made_up_place_to_go_back_to_leads_home(self, client: FlaskClient, target: str) -> None:
        data = {"language": "ga", "next": target}
        assert client.post("/language", data=data, headers=HERE).headers["Location"] == "/"

    def test_leads_home_from_an_answer_to_a_form(self, client: FlaskClient) -> None:
        assert choose(client, "ga", "http://localhost/sign-out") == "/"

    @pytest.mark.parametrize(
        "page",
        [
            "",
            "https://evil.example/words/",
            "//evil.example/words/",
            "http://localhost.evil.example/words/",
            "http://localhost@evil.example/words/",
            "http://localhost//evil.example/",
            "http://localhost/\\evil.example",
            "javascript:alert(1)",
            "http://[::1",
        ],
    )
    def test_never_leads_to_another_site(self, client: FlaskClient, page: str) -> None:
        assert choose(client, "ga", page) == "/"

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ],
    )
    def test_does_nothing_for_another_site(self, client: FlaskClient, headers: dict[str, str]) -> None:
        answer = client.post("/language", data={"language": "ga"}, headers=headers)
        assert answer.status_code == 400
        assert "reload the page" in answer.text
        assert COOKIE not in str(answer.headers.getlist("Set-Cookie"))

    @pytest.mark.parametrize("data", [{}, {"language": ""}, {"language": "fr"}, {"language": "ga", "extra": "1"}])
    def test_refuses_what_no_page_sends(self, client: FlaskClient, data: dict[str, str]) -> None:
        answer = client.post("/language", data=data, headers=HERE)
        assert answer.status_code == 400
        assert COOKIE not in str(answer.headers.getlist("Set-Cookie"))

    def test_keeps_one_small_cookie_and_touches_no_session(self, client: FlaskClient) -> None:
        answer = client.post("/language", data={"language": "ga"}, headers=HERE)
        (cookie,) = answer.headers.getlist("Set-Cookie")
        assert cookie.startswith(f"{COOKIE}=ga;")
        assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"))

    def test_a_link_cannot_change_the_language(self, client_for: Callable[[Someone], FlaskClient], cast: Cast) -> None:
        assert client_for(cast.psw).get("/language?language=ga").status_code == 405


class TestWords:
    def test_dates(self, app: Flask) -> None:
        with app.test_request_context():
            assert day(AT) == "23 November 2026"
            assert day_and_time(AT) == "23 November 2026 at 10:00"
        with app.test_request_context(headers={"Accept-Language": "ga"}):
            assert day(AT) == "23 Samhain 2026"
            assert day_and_time(AT) == "23 Samhain 2026 ag 10:00"
            assert listed(["Áine", "Ciarán", "Nuala"]) == "Áine, Ciarán agus Nuala"

    @pytest.mark.parametrize(
        ("count", "words"),
        [
            (0, "0 ceist"),
            (1, "1 cheist"),
            (2, "2 cheist"),
            (3, "3 cheist"),
            (6, "6 cheist"),
            (7, "7 gceist"),
            (10, "10 gceist"),
            (11, "11 ceist"),
            (20, "20 ceist"),
        ],
    )
    def test_a_number_changes_the_word_after_it(self, app: Flask, count: int, words: str) -> None:
        with app.test_request_context(headers={"Accept-Language": "ga"}):
            assert ngettext("%(num)s question", "%(num)s questions", count) == words

    def test_a_refusal_from_below_is_translated_values_and_all(self, app: Flask) -> None:
        problem = Invalid(said("This note has %(count)s characters.", count="20,001"), said("Go to your notebook."))
        assert str(problem) == "This note has 20,001 characters."
        with app.test_request_context():
            assert in_words(problem) == "This note has 20,001 characters. Go to your notebook."
        with app.test_request_context(headers={"Accept-Language": "ga"}):
            words = in_words(problem)
        assert "20,001" in words
        assert "characters" not in words
        assert "notebook" not in words

    def test_what_nobody_marked_stays_as_it_is(self, app: Flask) -> None:
        with app.test_request_context(headers={"Accept-Language": "ga"}):
            assert translated("100 % of “this”") == "100 % of “this”"
            assert gettext("No such message, 100 %") == "No such message, 100 %"

    def test_a_sentence_is_english_to_whoever_knows_no_language(self) -> None:
        sentence = said("Nobody in %(place)s has the address %(email)s.", place="Sligo", email="%(x)s@a.ie")
        assert sentence == "Nobody in Sligo has the address %(x)s@a.ie."
        assert f"{sentence}" == str(sentence)
        with pytest.raises(KeyError):
            said("%(count)s of %(total)s", count=1)

    def test_words_of_a_refusal_are_escaped(self, client_for: Callable[[Someone], FlaskClient], cast: Cast) -> None:
        client = client_for(cast.trainer)
        client.set_cookie(COOKIE, "ga")
        url = "/organisations/gannet-quay/cohorts/autumn/enrolments"
        page = post(client, url, {"email": "<b>x</b>@example.ie"}).text
        assert "<b>x</b>" not in page


class TestWhatItCosts:
    def test_english_reads_no_catalogue(self, client: FlaskClient) -> None:
        translations_of.cache_clear()
        client.get("/sign-in")
        assert translations_of.cache_info().currsize == 1  # the empty one
        choose(client, "ga")
        for _ in range(3):
            client.get("/sign-in")
        assert translations_of.cache_info().misses == 2  # once in a process

    def test_both_languages_ask_the_database_the_same(
        self, client_for: Callable[[Someone], FlaskClient], cast: Cast, statements: list[str]
    ) -> None:
        client = client_for(cast.psw)
        counts = []
        for code in ("en", "ga"):
            client.set_cookie(COOKIE, code)
            statements.clear()
            assert client.get("/").status_code == 200
            counts.append(len(statements))
        assert counts[0] == counts[1]
