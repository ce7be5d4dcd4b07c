"""Where the notebook's keys come from, and what is said when they are missing or no keys at all."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from trainer.config import BadSettings, Settings, settings_from

ONE, TWO = bytes(range(32)), bytes(range(32, 64))


def written(*keys: bytes) -> str:
    return ", ".join(base64.b64encode(key).decode() for key in keys)


def settings(keys: str, **others: object) -> Settings:
    return settings_from({"secret_key": "a key that is only ever used by tests", "notebook_keys": keys, **others})


def test_several_keys_keep_their_order() -> None:
    assert settings(written(TWO, ONE)).notebook_key_list() == [TWO, ONE]


def test_without_a_key_nothing_starts_and_the_remedy_is_said() -> None:
    with pytest.raises(BadSettings, match="TRAINER_NOTEBOOK_KEYS is missing; make one with") as refused:
        settings("")
    command = refused.value.message.partition("python3 -c ")[2]
    assert "token_bytes(32)" in command


@pytest.mark.parametrize("keys", [",", " , ", "no base64!", "é" * 44, written(b"short"), written(ONE) + ",c2hvcnQ="])
def test_what_is_no_key_is_refused_by_name_and_not_repeated(keys: str) -> None:
    with pytest.raises(BadSettings, match="TRAINER_NOTEBOOK_KEYS must be keys of 32 bytes") as refused:
        settings(keys)
    assert not keys.strip(" ,") or keys not in refused.value.message


def test_keys_show_in_no_words() -> None:
    keys = written(ONE, TWO)
    assert keys.split(", ")[0] not in repr(settings(keys)) + str(settings(keys))


def test_the_demo_makes_one_key_and_keeps_it_to_its_owner(tmp_path: Path) -> None:
    (first,) = settings("", demo=True, instance_path=tmp_path).notebook_key_list()
    assert len(first) == 32
    assert settings("", demo=True, instance_path=tmp_path).notebook_key_list() == [first]
    assert (tmp_path / "demo-notebook-key").stat().st_mode & 0o777 == 0o600


def test_a_demo_key_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be written"):
        settings("", demo=True, instance_path=tmp_path / "missing").notebook_key_list()
