"""The rules of the content format. A code is permanent: it is never renumbered and never used again."""

from __future__ import annotations

from trainer.courseware.diagnostics import Rule, Severity

_rules: list[Rule] = []


def _rule(code: str, name: str, text: str, severity: Severity = "error") -> Rule:
    rule = Rule(code, name, severity, text)
    _rules.append(rule)
    return rule


# Files
UNREADABLE = _rule("TC001", "unreadable", "Check that the folder or file is there and that you may read it.")
SYMBOLIC_LINK = _rule("TC002", "symbolic-link", "Put the file itself here; links may lead out of the content folder.")
UNEXPECTED_FILE = _rule("TC003", "unexpected-file", "Move it away, or give it one of the names the format knows.")
MISSING_FILE = _rule("TC004", "missing-file", "Add the file; content/README.md says what goes into it.")
TOO_LARGE = _rule(
    "TC005", "too-large", "Keep Markdown under 256 KB, front matter under 32 KB and pictures under 5 MB, or split it."
)
NOT_UTF8 = _rule("TC006", "not-utf8", "Save the file again with the encoding UTF-8.")
CONTROL_CHARACTER = _rule("TC007", "control-character", "Delete the invisible character; type the line again.")
TOO_LONG = _rule(
    "TC008", "too-long", "Break it up: a paragraph has at most 10,000 characters and 1,000 marks, a file 6,000 lines."
)
TOO_DEEP = _rule("TC009", "too-deep", "Nest lists, quotations, brackets and YAML at most 16 deep.")
BAD_SLUG = _rule("TC010", "bad-slug", "Use small letters, digits and single hyphens, such as why-words-matter.")
TOO_MANY_PROBLEMS = _rule("TC011", "too-many-problems", "Mend the problems above first, then check again.")
UNREADABLE_MARKDOWN = _rule("TC012", "unreadable-markdown", "Write this passage more simply, then check again.")

# YAML
YAML_BROKEN = _rule(
    "TC013", "yaml-broken", "Check colons, dashes and indentation; put quotes around text with “: ” in it."
)
YAML_DUPLICATE = _rule("TC014", "yaml-duplicate-key", "Keep one of the two lines.")
YAML_FORBIDDEN = _rule("TC015", "yaml-forbidden", "Write the value out: no tabs, anchors (&), aliases (*) or tags (!).")
NO_FRONT_MATTER = _rule(
    "TC016", "front-matter-missing", "Begin the file with a line ---, the keys, and another line ---."
)
MISSING_KEY = _rule("TC017", "missing-key", "Add the key; content/README.md lists all of them.")
UNKNOWN_KEY = _rule("TC018", "unknown-key", "Delete it, or check its spelling.")
BAD_VALUE = _rule("TC019", "bad-value", "Change the value to one that the message allows.")

# Questions
NO_OPTIONS = _rule("TC020", "no-options", "Give at least two options, each on a line such as “- [ ] Text”.")
NO_CORRECT = _rule("TC021", "no-correct-option", "Mark what is right with [x], or the best way to act with [best].")
MIXED_MARKS = _rule("TC022", "bad-mark", "Use [x] and [ ] throughout, or [best], [workable] and [risky] throughout.")
SEVERAL_CORRECT = _rule(
    "TC023", "several-correct", "Mark one option with [x], or change the question to type=multiple."
)
NO_EXPLANATION = _rule("TC024", "option-without-explanation", "Add an indented line under it that begins with >.")
UNKNOWN_ATTRIBUTE = _rule(
    "TC025",
    "unknown-attribute",
    "Sections take #id alone; questions also outcome=N, type=KIND, safety; ends of scenarios .end outcome=KIND.",
)
UNKNOWN_KIND = _rule(
    "TC026",
    "unknown-kind",
    "Use type=single, multiple, judgement, order, match, text, rewrite or dilemma.",
)
# TC027 said that a kind arrives later.
BAD_OUTCOME = _rule("TC028", "bad-outcome", "Name an outcome of the module by its number, counting from 1.")
OUTCOME_UNASSESSED = _rule(
    "TC029", "outcome-not-assessed", "Write two questions with this outcome’s number, or drop it."
)
OUTCOME_ONCE = _rule("TC030", "outcome-assessed-once", "Write a second question with this outcome’s number.", "warning")
STRAY_TEXT = _rule("TC031", "stray-text", "Move the line: text comes before the options; explanations are indented.")
DRAW = _rule("TC032", "draw", "Draw at most as many questions as the quiz has, and at least all safety questions.")
QUIZ_NEEDED = _rule("TC033", "quiz-needed", "Add quiz.md, or write complete_when: read.")
TOO_MANY_QUESTIONS = _rule("TC034", "too-many-questions", "Keep a quiz at 200 questions and a question at 12 options.")
MATCH_SHAPE = _rule(
    "TC035",
    "match-shape",
    "Write a table with a head and 2 to 12 rows of two cells, with at least two different answers.",
)
TEXT_SHAPE = _rule("TC036", "text-shape", "Accept 100 characters at most, each answer on a line such as “- [=] words”.")
REWRITE_SHAPE = _rule(
    "TC037", "rewrite-shape", "Begin with a > quotation, then say what to do, then list 1 to 12 model answers with -."
)
PANEL_SHAPE = _rule(
    "TC038",
    "panel-shape",
    "In a dilemma, write “panel: psw=3/6 clinician=1/5” under an option, with the same people asked at each.",
)
UNMARKED_SAFETY = _rule("TC039", "safety-not-marked", "Ask what is about safety as a kind that is marked.")

# Headings and ids
MISSING_ID = _rule("TC040", "missing-id", "End the heading with an id, such as {#two-notes}.")
BAD_ID = _rule("TC041", "bad-id", "Use small letters, digits and single hyphens, such as {#two-notes}.")
DUPLICATE_ID = _rule("TC042", "duplicate-id", "Change the newer of the two; ids are permanent.")
TITLE_HEADING = _rule("TC043", "title-heading", "Begin with ##: the title comes from the front matter.")
SKIPPED_LEVEL = _rule("TC044", "skipped-level", "Go down one level at a time: ## first, then ###, then ####.")
HEADING_FORM = _rule("TC045", "heading-form", "Write “## Words” at the start of a line of its own, in plain words.")

# Blocks
BLOCK_UNKNOWN = _rule(
    "TC050",
    "block-unknown",
    "Use /// role, /// reflect, /// rewrite, /// scenario, /// instead or /// try at the start of a line.",
)
BLOCK_OPEN = _rule(
    "TC051", "block-not-closed", "Close each block with /// alone on a line before anything else begins."
)
BLOCK_ARGUMENT = _rule(
    "TC052",
    "block-argument",
    "Write “/// role | psw”, “/// reflect | a-name”, “/// rewrite | a-name”, “/// scenario | a-name” or “/// try”.",
)
BLOCK_SHAPE = _rule(
    "TC053", "block-shape", "Give the block words; a rewrite has a > quotation, an instruction and a - list."
)
BLOCK_LEFT = _rule("TC054", "block-left-over", "Begin the block at the left edge of the line; write no /// elsewhere.")
# TC055 said that scenarios arrive later.

# Text
RAW_HTML = _rule("TC060", "raw-html", "Use Markdown; put `backquotes` around a word in angle brackets.")
DEFINITION = _rule(
    "TC061", "reference-definition", "Name sources in the front matter and write a link’s address in place."
)
UNKNOWN_SOURCE = _rule(
    "TC062", "unknown-source", "Add the source to the front matter, or check the spelling of the id."
)
UNCITED_SOURCE = _rule("TC063", "uncited-source", "Cite it with [^id] where it is used, or take it out.", "warning")
NO_ALT = _rule("TC064", "image-without-alt", "Say between the square brackets what the picture shows.")
IMAGE_MISSING = _rule("TC065", "image-missing", "Put the picture into the module’s images folder, or check its name.")
IMAGE_UNUSABLE = _rule(
    "TC066", "image-unusable", "Use PNG, JPEG, WebP or AVIF under 5 MB with a name such as two-notes.png."
)
LINK_FORM = _rule("TC067", "link-form", "Link to https:, mailto:, tel:, #section or ../other-module/module.md#section.")
LINK_BROKEN = _rule("TC068", "link-broken", "Check the module’s folder name and the section’s id.")
LINK_EMPTY = _rule("TC069", "link-without-words", "Put words that say where it leads between the square brackets.")
FENCE = _rule("TC070", "code-fence", "Open with ``` and at most one word, and close with ``` at the left edge.")

# The whole tree
MODULE_UNLISTED = _rule("TC080", "module-unlisted", "List it under a track in catalogue.yaml, or set status: draft.")
MODULE_UNKNOWN = _rule("TC081", "module-unknown", "Check the spelling, or add the module’s folder.")
WRONG_TRACK = _rule("TC082", "wrong-track", "List a module under one track, and name that track in its front matter.")
GLOSSARY_SHAPE = _rule("TC083", "glossary-shape", "Write “## Term” and then exactly one paragraph.")
NO_SECTIONS = _rule("TC084", "no-sections", "Write at least one section, such as “## First steps {#first-steps}”.")

# Care
REVIEW_OVERDUE = _rule("TC090", "review-overdue", "Have the panel review it, then set the two dates.", "warning")
READING_TIME = _rule(
    "TC091",
    "reading-time",
    "Change cpd_minutes or the length; 180 words count a minute, a drawn question 45 seconds, a scenario 4 minutes.",
    "warning",
)
LONG_SENTENCES = _rule("TC092", "long-sentences", "Aim for a mean of 22 words a sentence or fewer.", "warning")
LONG_SENTENCE = _rule("TC093", "long-sentence", "Split it: no sentence needs more than 45 words.", "warning")
HARD_TO_READ = _rule(
    "TC094",
    "hard-to-read",
    "Use shorter words and sentences; we measure Flesch reading ease where a section has 100 words or more.",
    "warning",
)
WORD_TO_AVOID = _rule(
    "TC095",
    "word-to-avoid",
    "Say what happened, or put it in quotation marks if it is somebody’s word, or name the entry in allow_words.",
)
WORD_TO_RECONSIDER = _rule(
    "TC096",
    "word-to-reconsider",
    "Look for a clearer or fairer way; if the word is right here, name the entry in allow_words with a why.",
    "warning",
)
LEXICON_BROKEN = _rule("TC097", "lexicon-broken", "Mend lexicon.yaml, or take it away to use the one that comes along.")
ALLOWED_WORD = _rule(
    "TC098", "allow-words", "Name an entry that the lens points at in this module, and say why the word is right."
)

# Scenarios
SCENARIO_MISSING = _rule(
    "TC100", "scenario-missing", "Check the name: “/// scenario | handover” opens scenario-handover.md."
)
SCENARIO_UNOPENED = _rule(
    "TC101", "scenario-not-opened", "Open it in a section with “/// scenario | name”, once.", "warning"
)
SCENARIO_FICTION = _rule("TC102", "scenario-not-fiction", "Invent the case, and say so with fiction: true.")
SCENARIO_START = _rule("TC103", "scenario-start", "Give the first place the id start: “## Heading {#start}”.")
SCENARIO_CHOICE = _rule(
    "TC104", "scenario-choice", "End a place with a list of choices, each “- [What you do](#place)” and nothing else."
)
SCENARIO_LOST = _rule("TC105", "scenario-link-broken", "Lead the choice to the id of a place in this file.")
SCENARIO_UNREACHED = _rule("TC106", "scenario-place-unreachable", "Lead a choice to this place, or take it out.")
SCENARIO_ENDLESS = _rule(
    "TC107", "scenario-without-end", "Lead a choice from here, over any number of places, to an end."
)
SCENARIO_END = _rule(
    "TC108", "scenario-end", "Write an end as {#id .end outcome=best}, workable or risky, and give it no choices."
)
SCENARIO_SIZE = _rule("TC109", "scenario-size", "Keep a scenario at 60 places and a place at 6 choices.")
DETOUR = _rule("TC111", "instead", "Write one “/// instead | what it mentions” in a section at most.")
BEFORE = _rule("TC110", "before", "List ids of marked questions of this quiz in “before”, each once.")

# Publishing
KIND_CHANGED = _rule(
    "TC120", "kind-changed", "Give the question a new id: people have answered the old one as another kind."
)
OPTION_VANISHED = _rule(
    "TC121",
    "option-vanished",
    "Bring the option back, put the {#id} of the message after its new words, or give the question a new id.",
)
ID_REUSED = _rule("TC122", "id-reused", "Give the new question an id that was never used.")
MODULE_VANISHED = _rule("TC123", "module-vanished", "Put the module back with status: retired; its records stay.")

RULES: tuple[Rule, ...] = tuple(_rules)
