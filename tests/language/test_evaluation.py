"""How good the lens is, on lines that were written before it was tuned and half of which nobody looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.language.conftest import ROOT
from trainer.errors import Invalid, NotFound
from trainer.language.evaluation import HALVES, Case, Tally, evaluate, read_corpus, report_lines
from trainer.language.matcher import Lens
from trainer.language.measured import MEASURED, Measured

CORPUS = ROOT / "tests" / "language" / "corpus"


def test_the_corpus_is_large_varied_and_labelled_with_entries_that_exist(lens: Lens) -> None:
    cases = read_corpus(CORPUS)
    assert len(cases) >= 400
    assert len({case.id for case in cases}) == len(cases) == len({case.text for case in cases})
    for half in HALVES:
        chosen = [case for case in cases if case.half == half]
        assert len(chosen) >= 200
        assert sum(not case.expect for case in chosen) >= 100
    for case in cases:
        for start, end, entry in case.expect:
            assert 0 <= start < end <= len(case.text)
            assert lens.lexicon.entry(entry), (case.id, entry)


@pytest.mark.parametrize("half", HALVES)
def test_precision_and_recall_hold(lens: Lens, half: str) -> None:
    found = evaluate(lens, read_corpus(CORPUS), half)  # type: ignore[arg-type]
    assert found.nudges.right >= 100
    assert (found.nudges.precision or 0) >= 0.97
    assert (found.nudges.recall or 0) >= 0.95


def test_counting_is_right(lens: Lens) -> None:
    texts = {
        "He is lazy.": [(6, 10, "lazy")],
        "He is tired.": [(6, 11, "lazy")],
        "He is needy.": [],
        "He lacks insight.": [(3, 16, "lazy")],
    }
    cases = [Case(str(index), text, tuple(expect)) for index, (text, expect) in enumerate(texts.items())]
    tallies = [evaluate(lens, cases, half).nudges for half in HALVES]
    assert tallies[0] + tallies[1] == Tally(right=1, extra=2, missed=2)
    assert (Tally(1, 2, 2).precision, Tally(1, 2, 3).recall) == (1 / 3, 1 / 4)
    assert (Tally(0, 0, 0).precision, Tally(0, 0, 0).recall) == (None, None)


def test_the_half_of_a_line_follows_from_its_text_alone() -> None:
    assert Case("a", "He is lazy.", ()).half == Case("b", "He is lazy.", ((6, 10, "lazy"),)).half


def test_a_report_names_every_severity_of_each_half(lens: Lens) -> None:
    lines = report_lines([evaluate(lens, [], half) for half in HALVES])
    assert sum("avoid + reconsider" in line for line in lines) == 2
    assert "–" in lines[1]


def test_a_broken_corpus_is_refused(lens: Lens, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_corpus(tmp_path)
    for line in ("nonsense", "[]", '{"id": "a"}', '{"id": "a", "text": "b", "expect": [[1]]}', "[" * 5_000):
        (tmp_path / "a.jsonl").write_text(line + "\n", encoding="utf-8")
        with pytest.raises(Invalid, match="line 1"):
            read_corpus(tmp_path)
    case = {"id": "a", "text": "b", "expect": [[0, 1, "nobody"]]}
    (tmp_path / "a.jsonl").write_text(json.dumps(case) + "\n\n", encoding="utf-8")
    with pytest.raises(Invalid, match="nobody"):
        for half in HALVES:
            evaluate(lens, read_corpus(tmp_path), half)


def test_the_figures_of_the_limits_page_are_those_that_are_measured(lens: Lens) -> None:
    found = evaluate(lens, read_corpus(CORPUS), "held back")
    nudges = found.nudges
    told = Measured(lens.lexicon.version, found.line_count, nudges.right + nudges.missed, nudges.right, nudges.extra)
    assert told == MEASURED


def test_what_was_mended_by_looking_is_never_counted_as_unseen() -> None:
    mended = [json.loads(line) for line in (CORPUS / "mended.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {Case(one["id"], one["text"], ()).half for one in mended} == {"tuned"}
