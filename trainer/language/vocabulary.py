"""Small words that tell the lens who speaks, what is turned down, and which words a phrase is not found by."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """The words of a line; “isn't” is “isn”, as words are parted at apostrophes."""
    return frozenset(word.removesuffix("'t") for word in text.split())


# Words so common that a phrase is better found by another of its words.
COMMON = listed(
    "a an the and or of to in on at by for from with as is was are were be been being am m s t re ve d ll not no "
    "he she they him her his hers them their i we us our my me you your it its this that these those who what has "
    "have had do does did will would can could may might very so too just only all any some more most now back "
    "again up out off over down into about one two three get got go going gone says said say told people person "
    "patient patients staff team need needs medication service services help work day time ward care treatment "
    "community hospital family man woman"
)
# The most common of all.
EVERYWHERE = listed("a an the and of to in on at for with is was not it he she they her his that by as be from")
# Around a phrase: who speaks of whom.
SUBJECTS = listed("he she they i we you")
REFLEXIVES = listed("himself herself themselves themself myself ourselves yourself")
NAMING = listed(
    "call calls called calling describe describes described describing see sees saw seeing define defines "
    "defined consider considers considered refer refers referred referring introduce introduces introduced "
    "introducing name names named naming label labels labelled labeled identify identifies identified "
    "identifying joke jokes joked"
)
# Verbs that name oneself only right before the word: “sees herself as …”, but not “found herself on a …”.
SEEING = listed("see sees saw seeing think thinks thought regard regards regarded feel feels felt find finds found")
OTHERS = listed("him her them this the those these patients clients people")
SAYING = listed(
    "say says said saying tell tells told telling feel feels felt think thinks thought believe believes "
    "believed know knows knew explain explains explained write writes wrote joke jokes joked fear fears "
    "feared worry worries worried wonder wonders wondered hope hopes hoped describe describes described "
    "report reports reported state states stated mention mentions mentioned reckon reckons recall recalls "
    "recalled laugh laughs laughed agree agrees agreed add adds added repeat repeats repeated share shares "
    "shared wish wishes wished"
)
PERSONS = listed(
    "person patient client resident man woman lady gentleman lad girl boy peer user learner survivor father "
    "mother brother sister son daughter husband wife partner friend participant speaker pt he she they i we "
    "who"
)
TITLES = listed("dr doctor mr mrs ms miss prof professor nurse sr fr sister garda sergeant judge cnm consultant")
HEARERS = listed("us me him her them staff you everyone nurses people")
ADVERBS = listed("also still often now then once later always has had have openly sometimes again proudly just")
WORD_WORDS = listed("word words term terms label labels phrase phrases expression expressions language shorthand")
WRITING = listed("write writing say saying use using call calling document record recording put")
NOT_WORDS = listed("not never don dont no without isn't wasn't aren't weren't doesn't didn't ain't neither nor nothing")
NOT_FILLERS = listed(
    "a an being simply just really at all any about it the in here merely meant to be necessarily t been "
    "evidence of sign signs very particularly especially actually overtly physically verbally trying doing "
    "this"
)
BE = listed("am m was were are re been ve have had felt feel became got being is s become")
SELF_FILLERS = listed(
    "a an the so very just really once always still in not never completely totally pretty also being called "
    "an probably still only such a bit little labelled diagnosed as no had sure"
)
BREAKERS = listed("but although though whereas while because yet however unless who which")
ROLES = listed(
    "staff team nurses doctors registrar psychiatrist psychologist gp manager keyworker worker clinician "
    "therapist therapists gardaí family reception police hospital ward everyone nobody day night days nights "
    "solicitor"
)
NAME_PARTICLES = listed("o ó mac mc ní nic uí de van von")
