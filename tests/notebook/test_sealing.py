"""A sealed text opens for its own person, at its own place, with a key that is known, and not otherwise."""

from __future__ import annotations

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.notebook.sealing import Sealer, Unopenable, key_name

ONE, TWO = bytes(range(32)), bytes(range(32, 64))
texts = st.text(max_size=300)
PLACE = "L1/reflect:first-word"


@given(texts, st.integers(1, 10**9), st.text(min_size=1, max_size=60))
def test_what_is_sealed_opens(text: str, person_id: int, place: str) -> None:
    sealer = Sealer([ONE])
    assert sealer.open(sealer.seal(text, person_id=person_id, place=place), person_id=person_id, place=place) == text


@given(st.text(min_size=4, max_size=100))
def test_nothing_of_the_text_shows(text: str) -> None:
    sealed = Sealer([ONE]).seal(text, person_id=1, place=PLACE)
    assert text not in sealed
    assert text.encode() not in base64.b64decode(sealed.rpartition(".")[2])


def test_the_same_text_is_sealed_differently_every_time() -> None:
    sealer = Sealer([ONE])
    assert len({sealer.seal("same", person_id=1, place=PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize(("person_id", "place"), [(2, PLACE), (1, "L1/reflect:other"), (1, "L2/reflect:first-word")])
def test_a_row_copied_elsewhere_does_not_open(person_id: int, place: str) -> None:
    sealer = Sealer([ONE])
    sealed = sealer.seal("mine", person_id=1, place=PLACE)
    with pytest.raises(Unopenable):
        sealer.open(sealed, person_id=person_id, place=place)


@given(st.data())
def test_a_changed_byte_does_not_open(data: st.DataObject) -> None:
    sealer = Sealer([ONE])
    sealed = sealer.seal("something of mine", person_id=1, place=PLACE)
    head, _, body = sealed.rpartition(".")
    raw = bytearray(base64.b64decode(body))
    position = data.draw(st.integers(0, len(raw) - 1))
    raw[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unopenable):
        sealer.open(f"{head}.{base64.b64encode(raw).decode()}", person_id=1, place=PLACE)


@given(st.text(max_size=80))
def test_anything_else_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(Unopenable) as refused:
        Sealer([ONE]).open(text, person_id=1, place=PLACE)
    assert str(refused.value.message).startswith("One of your notes")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = Sealer([ONE]).seal("before", person_id=1, place=PLACE)
    both = Sealer([TWO, ONE])
    assert both.open(old, person_id=1, place=PLACE) == "before"
    assert both.seal("after", person_id=1, place=PLACE).startswith(f"1.{key_name(TWO)}.")
    with pytest.raises(Unopenable):
        Sealer([TWO]).open(old, person_id=1, place=PLACE)


@pytest.mark.parametrize("keys", [[], [b""], [b"short"], [os.urandom(33)], [ONE, b"short"]])
def test_keys_have_their_length(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(keys)


def test_no_key_shows_in_words() -> None:
    shown = repr(Sealer([ONE])) + str(Sealer([ONE]).__dict__.keys())
    assert ONE.hex() not in shown
    assert repr(ONE) not in shown
