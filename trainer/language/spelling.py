"""American spellings of the British words that the lexicon is written in."""

from __future__ import annotations

import re

_ISE = re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)\Z")
_OUR = ("behavi", "col", "lab", "hum", "hon", "neighb", "fav", "misbehavi", "rum")
_AMERICAN = {"judgement": "judgment", "judgements": "judgments", "programme": "program", "programmes": "programs",
             "centre": "center", "centred": "centered", "centres": "centers", "licence": "license",
             "counselling": "counseling", "labelled": "labeled", "practise": "practice", "oestrogen": "estrogen",
             "tumour": "tumor", "diarrhoea": "diarrhea", "paediatric": "pediatric", "wilful": "willful"}  # fmt: skip
RESPELT = re.compile("|".join(["our", "is[aei]", *_AMERICAN]))


def spellings(word: str) -> list[str]:
    """The American spellings of a British word, if it has any."""
    found = [_AMERICAN[word]] if word in _AMERICAN else []
    if word.startswith(tuple(root + "our" for root in _OUR)):
        found.append(word.replace("our", "or", 1))
    if len(word) > 6 and "is" in word and _ISE.search(word):
        found.append(_ISE.sub(r"iz\1", word))
    return found
