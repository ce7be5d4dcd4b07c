"""Whose word is it? Frames around a phrase: the person's own word, talk about a word, and “not”.

Rules look at the few words around a phrase, inside its sentence. They are cautious: “the nurse says he is …” is the
nurse's word, “she says she is …” is the person's own.
"""

from __future__ import annotations

from typing import Literal

from trainer.language.surroundings import Around, around
from trainer.language.vocabulary import (
    ADVERBS,
    BE,
    BREAKERS,
    HEARERS,
    NAMING,
    NOT_FILLERS,
    NOT_WORDS,
    OTHERS,
    PERSONS,
    REFLEXIVES,
    ROLES,
    SAYING,
    SEEING,
    SELF_FILLERS,
    SUBJECTS,
    TITLES,
    WORD_WORDS,
    WRITING,
)
from trainer.language.words import Words

Frame = Literal["own word", "talk about words", "negated"]
# Each rule needs one of these words in the sentence; a look for them is cheap, and most sentences have none.
_NAMING_CUES = REFLEXIVES | {"as", "called"}
_OWN_CUES = frozenset({"words", "it", "my", "as", "called", "labelled", "branded", "calls", "call"})
_OWN_CUES_AFTER = frozenset({"word", "words", "term", "phrase", "it"})
_FIRST_PERSON = frozenset({"i", "we"})
_SMALL = frozenset({"a", "an", "the", "like", "as", "such", "of", "is", "was", "that"})
_TURNED_DOWN = frozenset({"not", "never", "t", "avoid", "of", "stop", "don", "than"})
CUES = _NAMING_CUES | _OWN_CUES | _FIRST_PERSON | SAYING | WORD_WORDS | WRITING | NOT_WORDS | frozenset({"of", "than"})
CUES_AFTER = _OWN_CUES_AFTER | SAYING | frozenset({"i", "is", "was", "are", "as"})
_LABELS = frozenset({"word", "label", "term", "phrase", "slur", "insult", "words", "labels", "stereotype"})


def frame_of(words: Words, first: int, behind: int, *, spares_negated: bool, is_self_talk: bool) -> Frame | None:
    """The frame a phrase stands in, if it takes the word away from the writer."""
    place = around(words, first, behind)
    if CUES.isdisjoint(place.before) and CUES_AFTER.isdisjoint(place.after):
        return None
    if _names_self(place) or _own_words(place) or _reported_self(place, words) or _says_so_after(place):
        return "own word"
    if is_self_talk and _first_person(place):
        return "own word"
    if _about_words(place):
        return "talk about words"
    if spares_negated and _is_negated(place):
        return "negated"
    return None


def _names_self(place: Around) -> bool:
    """“calls herself …”, “identifies as …”, “prefers to be called …”."""
    before = place.before[:7]
    if _NAMING_CUES.isdisjoint(before):
        return False
    for index, word in enumerate(before):
        rest = before[index + 1 : index + 5]
        if word in BREAKERS or (word in SUBJECTS and index):
            return False
        if word in REFLEXIVES:
            is_next = index == 0 or before[index - 1] == "as"
            return any(verb in NAMING or (is_next and verb in SEEING) for verb in rest[:3])
        if (
            word == "as"
            and rest[:1]
            and rest[0].startswith("identif")
            and rest[1:2] not in (["was"], ["were"], ["been"])
        ):
            return True
        if word == "called" and {"prefers", "likes", "asks", "asked", "wants", "chose"} & set(rest):
            return True
    return False


def _own_words(place: Around) -> bool:
    """“in her own words”, “as he puts it”, “his own word”, “my madness”, “as an addict, I …”."""
    before, after = place.before, place.after
    if _OWN_CUES.isdisjoint(before) and _OWN_CUES_AFTER.isdisjoint(after):
        return False
    for index, word in enumerate(before):
        follows = before[index + 1 : index + 4]
        if word == "words" and (
            "own" in follows[:1] or (follows[:1] and follows[0] in {"her", "his", "their", "my"} and "in" in follows)
        ):
            return True
        if (
            word == "it"
            and follows[:1]
            and follows[0] in {"puts", "put", "calls", "called", "says"}
            and "as" in follows
        ):
            return True
    if (before[:1] == ["my"] or before[:2] == ["own", "my"]) and not _is_of_others(place):
        return True
    if "as" in before[:2] and "i" in after[:2]:
        return True
    if _tells_of_names(before):
        return True
    return _owned_after(after)


def _owned_after(after: list[str]) -> bool:
    """“… is her own word”, “… as he puts it”."""
    for index, word in enumerate(after[:7]):
        if index and word in {"word", "words", "term", "phrase"}:
            owner = after[max(0, index - 2) : index]
            if owner[-1] == "own" or (owner[-1] in {"my", "her", "his", "their"} and owner[0] in {"in", "is", "was"}):
                return True
        if word == "it" and after[max(0, index - 1) : index] in (["puts"], ["put"], ["calls"]):
            return True
    return False


def _tells_of_names(before: list[str]) -> bool:
    """“he says they called him …”: a person tells what others called them."""
    for index, word in enumerate(before[:4]):
        if word in {"called", "labelled", "branded", "calls", "call"}:
            pronoun = before[index - 1] if index else ""
            teller = {"him": "he", "her": "she", "me": "i", "them": "they"}.get(pronoun)
            rest = before[index + 1 : index + 7]
            if teller is None or not rest or rest[0] not in {"they", "people", "others", "everyone", "staff", "we"}:
                return False
            return any(one in SAYING and teller in rest[at + 1 : at + 3] for at, one in enumerate(rest))
    return False


def _reported_self(place: Around, words: Words) -> bool:
    """“she says she is …”: the same person speaks and is spoken of. Other people's reports do not count."""
    if SAYING.isdisjoint(place.before) and SAYING.isdisjoint(place.head):
        return False
    line = [*reversed(place.head[:-1]), *place.before]
    for index, word in enumerate(line):
        if word in BREAKERS:
            return False
        if word in SUBJECTS:
            return _same_speaker(word, line[index + 1 :], place, words, index + 1)
        at = index - len(place.head) + 1
        if at >= 0 and "," in place.before_gaps[at]:
            return False
    return False


def _says_so_after(place: Around) -> bool:
    """“she is lazy about recycling, she says”: the speaker comes last."""
    if SAYING.isdisjoint(place.after):
        return False
    spoken_of = next((word for word in [*reversed(place.head), *place.before] if word in SUBJECTS), "")
    pairs = zip(place.after, place.after[1:], strict=False)
    return spoken_of in {"he", "she", "they"} and any(one == spoken_of and other in SAYING for one, other in pairs)


def _same_speaker(subject: str, rest: list[str], place: Around, words: Words, used: int) -> bool:
    index = 1 if rest[:1] == ["that"] else 0
    while index < len(rest) and index < 4 and (rest[index] in HEARERS or rest[index] in {"the", "to", "team", "how"}):
        index += 1
    if index >= len(rest) or rest[index] not in SAYING:
        return False
    index += 1
    while index < len(rest) and rest[index] in ADVERBS:
        index += 1
    if index >= len(rest):
        return False
    speaker = rest[index]
    if speaker == subject:
        return subject not in {"i", "we", "you"}
    if speaker in SUBJECTS or subject in {"i", "we", "you"}:
        return False
    if speaker in PERSONS:
        return not {"her", "his", "their"} & set(rest[index + 1 : index + 2])
    return _is_given_name(words, place.first + len(place.head) - 2 - used - index)


def _is_given_name(words: Words, index: int) -> bool:
    """A word written like a name and not behind a title."""
    if index < 0:
        return False
    written = words.text[words.start(index) : words.end(index)]
    titled = index > 0 and words.words[index - 1] in TITLES
    return written[:1].isupper() and not written.isupper() and not titled and words.words[index] not in TITLES | ROLES


def _first_person(place: Around) -> bool:
    """“I was in denial”, “I'm an addict”: the writer speaks of themself."""
    if _FIRST_PERSON.isdisjoint(place.before) or _is_of_others(place):
        return False
    for index, word in enumerate(place.before[:6]):
        if word in BE:
            rest = [one for one in place.before[index + 1 : index + 4] if one not in BE and one not in ADVERBS]
            if rest[:1] and rest[0] in {"i", "we"}:
                return True
        if word not in SELF_FILLERS and word not in BE:
            return False
    return False


def _is_of_others(place: Around) -> bool:
    """“managing her”, “difficult patient”: whoever writes, it is said of somebody else."""
    near = [place.head[-1], *place.after[:1]]
    return any(word in OTHERS or word.removesuffix("s") in PERSONS for word in near)


def _about_words(place: Around) -> bool:
    """“the word …”, “instead of …”, “do not write …”, “… is a label”."""
    before, after = place.before, place.after
    if next((word for word in before[:4] if word not in _SMALL), "") in WORD_WORDS:
        return True
    for index, word in enumerate(before[:3]):
        if word in WRITING and not _TURNED_DOWN.isdisjoint(before[index + 1 : index + 4]):
            return True
        if word in ("of", "than") and before[index + 1 : index + 2] == ["instead" if word == "of" else "rather"]:
            return True
    if after[:1] and after[0] in {"is", "was", "are"}:
        return not _LABELS.isdisjoint(after[1:6])
    return after[:1] == ["as"] and "word" in after[1:4]


def _is_negated(place: Around) -> bool:
    """“is not …”, “never …”, “no sign of …”, with nothing but small words between."""
    if NOT_WORDS.isdisjoint(place.before):
        return False
    for index, word in enumerate(place.before[:6]):
        if index and "," in place.before_gaps[index - 1]:
            return False
        if word in NOT_WORDS:
            return True
        if word not in NOT_FILLERS:
            return False
    return False
