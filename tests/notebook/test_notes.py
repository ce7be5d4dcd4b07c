"""Writing, changing, meeting oneself in a second window, and deleting for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from tests.cast import Cast, Someone
from tests.factories import actor_of
from tests.samples import AT
from trainer.errors import Invalid
from trainer.notebook.models import NotebookEntry
from trainer.notebook.queries import NoteOf, notes_of
from trainer.notebook.sealing import Sealer, Unopenable
from trainer.notebook.services import Kept, WrittenElsewhere, delete_all_notes, delete_note, save_note

pytestmark = pytest.mark.any_database
SEALER = Sealer([bytes(32)])
NAME = "reflect:first-thought"


def save(
    session: Session,
    person: Someone,
    words: str,
    version: int = 0,
    *,
    minutes: int = 0,
    name: str = NAME,
    sealer: Sealer = SEALER,
    first_version: int = 1,
) -> Kept:
    return save_note(
        session,
        actor=actor_of(session, person),
        sealer=sealer,
        module_id="S1",
        name=name,
        text=words,
        base_version=version,
        at=AT + timedelta(minutes=minutes),
        first_version=first_version,
    )


def notes(session: Session, person: Someone) -> tuple[NoteOf, ...]:
    return notes_of(session, actor=actor_of(session, person), sealer=SEALER)


def test_a_note_is_its_writers_and_sealed_in_the_row(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "The kettle, and what she said")
    assert [note.text for note in notes(session, cast.psw)] == ["The kettle, and what she said"]
    for other in (cast.clinician, cast.trainer, cast.manager, cast.stranger_manager):
        assert notes(session, other) == ()
    stored = session.scalars(select(NotebookEntry.sealed)).one()
    assert "kettle" not in stored


def test_versions_count_and_the_same_text_is_the_same_receipt(session: Session, cast: Cast) -> None:
    first = save(session, cast.psw, "One")
    assert save(session, cast.psw, "One", minutes=5) == first
    second = save(session, cast.psw, "Two", first.version, minutes=9)
    assert (first.version, second.version) == (1, 2)
    assert save(session, cast.psw, "Two  \r\n", 1, minutes=10) == second  # an old window with the same words


def test_two_windows_lose_nothing(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "One")
    save(session, cast.psw, "From the first window", 1)
    with pytest.raises(WrittenElsewhere) as met:
        save(session, cast.psw, "From the second window", 1)
    assert (met.value.text, met.value.version) == ("From the first window", 2)
    assert "From the first" not in repr(met.value)
    assert [note.text for note in notes(session, cast.psw)] == ["From the first window"]


def test_a_new_note_in_two_windows_is_a_meeting_too(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "First")
    with pytest.raises(WrittenElsewhere):
        save(session, cast.psw, "Second", 0)


def test_a_note_begun_again_counts_from_where_the_door_says(session: Session, cast: Cast) -> None:
    old = save(session, cast.psw, "Old words")
    delete_note(session, actor=actor_of(session, cast.psw), module_id="S1", name=NAME)
    new = save(session, cast.psw, "New words", first_version=4_711)
    assert new.version == 4_711
    with pytest.raises(WrittenElsewhere):
        save(session, cast.psw, "Old words, changed", old.version)
    assert save(session, cast.psw, "New words, changed", new.version).version == 4_712


def test_what_cannot_be_opened_is_not_written_over(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "Mine")
    before = session.scalars(select(NotebookEntry.sealed)).one()
    with pytest.raises(Unopenable) as refused:
        save(session, cast.psw, "New", 1, sealer=Sealer([bytes(31) + b"1"]))
    assert "New" not in refused.value.message
    assert session.scalars(select(NotebookEntry.sealed)).one() == before


def test_an_empty_note_is_no_note(session: Session, cast: Cast) -> None:
    assert save(session, cast.psw, "  \n ").version == 0
    kept = save(session, cast.psw, "Something")
    assert save(session, cast.psw, "", kept.version).version == 0
    assert session.scalar(select(func.count()).select_from(NotebookEntry)) == 0


def test_too_long_is_said_with_both_numbers(session: Session, cast: Cast) -> None:
    with pytest.raises(Invalid, match="20,001 characters"):
        save(session, cast.psw, "x" * 20_001)
    assert save(session, cast.psw, "ß" * 20_000).version == 1


def test_deleting_is_for_good_and_for_oneself(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "Mine")
    save(session, cast.psw, "Mine too", name="note:first-note")
    save(session, cast.clinician, "Theirs")
    delete_note(session, actor=actor_of(session, cast.psw), module_id="S1", name=NAME)
    delete_note(session, actor=actor_of(session, cast.psw), module_id="S1", name=NAME)
    assert [note.text for note in notes(session, cast.psw)] == ["Mine too"]
    assert delete_all_notes(session, actor=actor_of(session, cast.psw)) == 1
    assert notes(session, cast.psw) == ()
    assert [note.text for note in notes(session, cast.clinician)] == ["Theirs"]


def test_a_row_moved_to_somebody_else_does_not_open_there(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "Mine")
    session.execute(update(NotebookEntry).values(person_id=cast.trainer.id))
    (found,) = notes(session, cast.trainer)
    assert found.text is None


def test_a_note_without_its_key_is_kept_and_says_so(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "Mine")
    other = Sealer([bytes(31) + b"1"])
    (found,) = notes_of(session, actor=actor_of(session, cast.psw), sealer=other)
    assert found.text is None
    assert [note.text for note in notes(session, cast.psw)] == ["Mine"]


def test_no_column_of_any_table_holds_the_words(session: Session, cast: Cast) -> None:
    save(session, cast.psw, "Wren-in-the-database-1193")
    session.flush()
    for table in NotebookEntry.metadata.tables.values():
        rows = session.execute(text(f'SELECT * FROM "{table.name}"')).all()
        assert "Wren-in-the-database-1193" not in repr(rows), table.name


def test_words_stay_out_of_a_log_line() -> None:
    assert "secret" not in repr(NoteOf("S1", NAME, "secret words", 1))
