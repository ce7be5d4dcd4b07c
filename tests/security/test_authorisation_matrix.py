"""The matrix cannot pass with a route missing: it is read from the app's own map of addresses."""

from __future__ import annotations

import re

import pytest

from tests.door import without_tokens
from tests.security.matrix import NEEDED_TARGETS, PEOPLE, ROWS, Row, read_table
from tests.security.world import World

READS = frozenset({"GET"})
AUTOMATIC = frozenset({"HEAD", "OPTIONS"})
TENANT_ROWS = tuple(row for row in ROWS if "<organisation>" in row.rule and row.target == "nowhere")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(world: World, row: Row) -> None:
    got = []
    for key in PEOPLE:
        response = world.ask(key, row.method, world.url(row.rule, row.target, key), world.data(row.rule, row.target))
        got.append(response.status_code)
        if response.status_code == 302 and row.rule != "/sign-in":
            assert response.headers["Location"].startswith("/sign-in"), key
        if row.method not in READS:
            world.put_back()
    wrong = [
        f"{key}: {status} instead of {expected}"
        for key, status, expected in zip(PEOPLE, got, row.statuses, strict=True)
        if status != expected
    ]
    assert not wrong


@pytest.mark.parametrize("row", TENANT_ROWS, ids=str)
def test_what_belongs_to_others_looks_like_what_does_not_exist(world: World, row: Row) -> None:
    for key in PEOPLE:
        foreign = "ours" if key.startswith("stranger") or key in ("visitor", "disabled", "removed") else "theirs"
        data = world.data(row.rule, row.target)
        answers = [
            world.ask(key, row.method, world.url(row.rule, target, key), data) for target in (foreign, "nowhere")
        ]
        bodies = [without_tokens(answer.get_data(as_text=True)) for answer in answers]
        assert answers[0].status_code == answers[1].status_code
        if answers[0].status_code == 302:
            continue  # to sign-in, with the address that was asked for
        assert bodies[0] == bodies[1], key
        assert sorted(answers[0].headers.items()) == sorted(answers[1].headers.items()), key


@pytest.mark.parametrize("target", ["crossed", "nowhere-near"])
def test_a_number_of_the_other_organisation_looks_like_no_number(world: World, target: str) -> None:
    base = "/organisations/gannet-quay/cohorts/autumn"
    theirs = world.values("<organisation>", "crossed", "trainer")
    for kind, action in (("assignment", "remove"), ("enrolment", "withdraw"), ("enrolment", "restore")):
        method = "POST" if target == "nowhere-near" or action == "restore" else "GET"
        answers = [
            world.ask("trainer", method, f"{base}/{kind}s/{number}/{action}").get_data(as_text=True)
            for number in (theirs[kind], 987_654)
        ]
        assert without_tokens(answers[0]) == without_tokens(answers[1])


def test_the_table_covers_every_rule_and_method(world: World) -> None:
    asked = {(row.rule, row.method) for row in ROWS}
    served = {
        (rule.rule, method)
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or frozenset()) - AUTOMATIC
    }
    assert served - asked == set(), "add these to the table"
    assert asked - served == set(), "take these off the table"


def test_the_table_asks_for_every_kind_of_target(world: World) -> None:
    for rule in world.app.url_map.iter_rules():
        needed = NEEDED_TARGETS.get(frozenset(rule.arguments))
        assert needed is not None, f"say which targets {rule.rule} needs"
        for method in (rule.methods or frozenset()) - AUTOMATIC:
            targets = {row.target for row in ROWS if row.rule == rule.rule and row.method == method}
            assert needed <= targets, f"{method} {rule.rule} is not asked for {needed - targets}"


def test_addresses_use_only_converters_that_the_table_knows(world: World) -> None:
    for rule in world.app.url_map.iter_rules():
        converters = set(re.findall(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", rule.rule))
        assert converters <= {"", "int", "path"}, rule.rule


def test_a_line_without_a_status_for_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="2 statuses"):
        read_table("/\n    GET - 200 200\n")


def test_head_and_options_open_nothing_that_get_does_not(world: World) -> None:
    for row in ROWS:
        if row.method != "GET":
            continue
        for key in ("visitor", "psw", "trainer", "stranger_manager"):
            url = world.url(row.rule, row.target, key)
            expected = row.statuses[PEOPLE.index(key)]
            assert world.browser(key).head(url).status_code == expected, f"HEAD {url}"
            options = world.browser(key).options(url).status_code
            assert options in (200, 302), f"OPTIONS {url}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused_with_a_page(world: World, method: str) -> None:
    for rule in sorted({row.rule for row in ROWS}):
        target = next(row.target for row in ROWS if row.rule == rule)
        for key in ("visitor", "manager"):
            response = world.browser(key).open(world.url(rule, target, key), method=method)
            refused = (401, 405) if rule.startswith("/api/") else (302, 400, 405)
            assert response.status_code in refused, f"{method} {rule}: {response.status_code}"
