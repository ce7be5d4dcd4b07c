"""The phrases a study of peer support heard on teams, in a paragraph written for this project, and what the lens marks.

The study found that medicalised language is engrained and that peer support workers are treated as a lesser part of
the team. A summary such as its own, which speaks with care, should raise questions only; a report written in the
language it describes should not pass.
"""

from __future__ import annotations

from trainer.language.matcher import Lens

CAREFUL = """
Twenty people took part: service users, peer support workers and professionals. People who had been supported by a
peer spoke of being met as equals. They called the peer a role model on their recovery journey, and said that somebody
with lived experience had given them hope. Staff wondered whether peer support workers, who may be vulnerable
themselves, would be safe in the role. Boundaries, time and training came up again and again. Everybody asked that the
intervention become as ordinary as seeing a doctor, and nobody asked for fewer doctors.
"""
ENGRAINED = """
The team discussed a known schizophrenic who is non-compliant with medication and lacks insight. He is attention
seeking, and his mother is difficult to manage. He refused his depot and failed to attend twice. The PSW claims that
he is frightened, but she is only a peer and has poor boundaries. Real staff will decide. He is treatment resistant
and will never work. If he kicks off again he will be sectioned. She was told that the mentally ill need firm limits.
"""


def nudges(lens: Lens, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in lens.look(text).findings:
        found.setdefault(one.severity, []).append(one.entry)
    return found


def test_a_summary_that_speaks_with_care_is_only_asked_about(lens: Lens) -> None:
    found = nudges(lens, CAREFUL)
    assert set(found) == {"discuss"}
    assert set(found["discuss"]) == {
        "service-user",
        "role-model",
        "recovery-journey",
        "lived-experience",
        "vulnerable",
        "intervention",
    }


def test_the_language_that_it_describes_does_not_pass(lens: Lens) -> None:
    found = nudges(lens, ENGRAINED)
    assert set(found["avoid"]) >= {"schizophrenic", "non-compliant", "attention-seeking", "just-a-peer", "real-staff"}
    assert set(found["avoid"]) >= {"the-mentally-ill", "kicking-off"}
    assert set(found["reconsider"]) >= {"lacks-insight", "refused", "failed-to-attend", "poor-boundaries", "sectioned"}


def test_the_same_report_as_others_speak_it_is_left_to_them(lens: Lens) -> None:
    quoted = "\n".join(f"> {line}" for line in ENGRAINED.strip().splitlines())
    assert nudges(lens, f"What was said at the meeting:\n\n{quoted}\n") == {}


def test_describing_attributing_and_asking_raises_nothing(lens: Lens) -> None:
    text = (
        "Conor says he does not want the injection, because it makes his hands shake. He came to one of three "
        "appointments; the bus stops running at five. His mother asked for somebody to ring her. Orla, our peer "
        "support worker, sat with him and he told her he was frightened. He would like to be asked again on Friday."
    )
    assert lens.look(text).findings == ()
