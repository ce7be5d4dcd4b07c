"""Every form, read from the app's own map: no token, no change; a field too many, no change."""

from __future__ import annotations

import pytest

from tests.security.matrix import ROWS, Row
from tests.security.world import World

# One line per form: the first that the autumn cohort's trainer may send.
FORMS = tuple(
    {row.rule: row for row in reversed(ROWS) if row.method == "POST" and not row.rule.startswith("/api/")}.values()
)
CLOSED_OUTSIDE_THE_DEMO = "/look-around"
# The choice of language has no token, because visitors have no session to hold one; it changes nothing that is stored.
# tests/web/test_language.py asks it what the browser says of where the form was.
# A link in a letter is its own right: signed, for one person and one kind; programs send its form without a token.
WITHOUT_TOKEN = ("/language", "/letters/stop/<token>")
# Who may send a form, where that is not the trainer of the autumn cohort.
SENT_BY = {
    "psw": ("/survey ", "/survey/withdraw", "/exercise/write", "/exercise/withdraw", "/keep-it-fresh/<slug>/"),
    "manager": ("/people/", "/trainers", "/readiness/"),
    "visitor": ("/invitations/<token>",),
}
# The JSON door reads no form and no cookie; tests/api has its bad input.


def test_there_are_forms() -> None:
    assert len(FORMS) >= 15


@pytest.mark.parametrize("row", [row for row in FORMS if row.rule not in WITHOUT_TOKEN], ids=str)
@pytest.mark.parametrize("key", ["visitor", "trainer"])
@pytest.mark.parametrize("token", [None, "", "not-a-token"], ids=["none", "empty", "made up"])
def test_a_form_without_its_token_changes_nothing(world: World, row: Row, key: str, token: str | None) -> None:
    before = world.rows()
    data = world.data(row.rule, row.target)
    if token is not None:
        data = {**data, "csrf_token": token}
    response = world.browser(key).post(world.url(row.rule, row.target, key), data=data)
    assert response.status_code == 400
    assert "reload the page" in response.text
    assert world.rows() == before


def test_a_token_of_somebody_else_changes_nothing(world: World) -> None:
    before = world.rows()
    data = {"csrf_token": world.tokens["stranger_manager"], "name": "Taken over", "role": ""}
    assert world.browser("psw").post("/profile/", data=data).status_code == 400
    assert world.rows() == before


@pytest.mark.parametrize("row", [row for row in FORMS if row.rule != CLOSED_OUTSIDE_THE_DEMO], ids=str)
@pytest.mark.parametrize("field", ["score", "is_passed", "person_id", "role_in_organisation"])
def test_a_field_that_the_form_has_not_is_refused(world: World, row: Row, field: str) -> None:
    before = world.rows()
    data = {**world.data(row.rule, row.target), field: "100"}
    key = next((one for one, parts in SENT_BY.items() if any(part in f"{row.rule} " for part in parts)), "trainer")
    response = world.ask(key, "POST", world.url(row.rule, row.target, key), data)
    assert response.status_code == 400
    assert field in response.text
    assert world.rows() == before
