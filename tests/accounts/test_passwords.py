"""Addresses in one form, passwords as hashes, poor ones refused with a remedy."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from trainer.accounts.passwords import (
    email_key,
    hash_password,
    needs_rehash,
    new_token,
    password_matches,
    password_problem,
    token_hash,
)

GOOD = "a quiet harbour at dawn"


@given(st.text(max_size=40))
def test_an_addresses_key_is_its_own_key(email: str) -> None:
    assert email_key(email_key(email)) == email_key(email)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_composed_and_decomposed_letters_have_one_key(email: str) -> None:
    assert email_key(unicodedata.normalize("NFD", email)) == email_key(unicodedata.normalize("NFC", email))


@pytest.mark.parametrize(
    "other", ["PSW@quay.example", " psw@quay.example\n", "ｐｓｗ@quay.example", "psw@QUAY.example"]
)
def test_look_alikes_share_a_key(other: str) -> None:
    assert email_key(other) == email_key("psw@quay.example")


def test_letters_of_another_alphabet_are_another_address() -> None:
    cyrillic = "р" + "sw@quay.example"
    assert email_key(cyrillic) != email_key("psw@quay.example")


def test_a_hash_opens_for_its_password_alone() -> None:
    stored = hash_password(GOOD)
    assert stored.startswith("$argon2id$")
    assert GOOD not in stored
    assert password_matches(GOOD, stored)
    assert not password_matches(GOOD + " ", stored)
    assert not password_matches("", stored)
    assert hash_password(GOOD) != stored


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$broken"])
def test_no_hash_and_a_broken_hash_open_for_nothing(stored: str | None) -> None:
    assert not password_matches(GOOD, stored)
    assert not password_matches("", stored)


def test_a_hash_of_weaker_parameters_is_to_be_renewed() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert needs_rehash(weak)
    assert not needs_rehash(hash_password(GOOD))


@pytest.mark.parametrize(
    ("password", "remedy"),
    [
        ("", "at least 12"),
        ("elevenchars", "at least 12"),
        ("x" * 201, "at most 200"),
        ("aaaaaaaaaaaa", "choose another"),
        ("abababababab", "choose another"),
        ("PasswordPassword", "choose another"),
        ("psw@quay.example", "choose another"),
    ],
)
def test_a_poor_password_is_refused_with_a_remedy(password: str, remedy: str) -> None:
    problem = password_problem(password, email="psw@quay.example")
    assert problem is not None
    assert remedy in problem


@pytest.mark.parametrize("password", [GOOD, "x1!y" * 3, "cúig éan ar an trá", "𝕒 𝕢𝕦𝕚𝕖𝕥 𝕙𝕒𝕣𝕓𝕠𝕦𝕣", "abcd" * 50])
def test_anything_long_enough_and_not_obvious_is_taken(password: str) -> None:
    assert password_problem(password) is None


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert min(map(len, tokens)) >= 43
    assert len({token_hash(token) for token in tokens}) == 1_000
