"""What can be wrong: places, findings, and the one list of rules with their advice.

Knows nothing of YAML, of roles or of the terminal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from rolebook import limits


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands: path relative to the root, line and column from 1, and the line itself."""

    path: str
    line: int = 1
    column: int = 1
    length: int = 1
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the knowledge base: a stable code, its severity, the rule and how to mend a breach."""

    code: str
    severity: Severity
    rule: str
    advice: str


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One breach of a rule at one place, in the writer's words."""

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = field(default=Severity.ERROR, compare=False)


def found(code: str, place: Place, message: str, hint: str = "") -> Finding:
    """Make a finding of a rule; the hint falls back to the rule's own advice."""
    rule = RULES[code]
    return Finding(place, code, message, hint or rule.advice, rule.severity)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Name the known word nearest to the given one, before the other advice."""
    near = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    parts = [f"Did you mean '{near[0]}'?"] if near else []
    return " ".join([*parts, otherwise] if otherwise else parts)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding stops the build."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _error(code: str, rule: str, advice: str) -> Rule:
    return Rule(code, Severity.ERROR, rule, advice)


def _warning(code: str, rule: str, advice: str) -> Rule:
    return Rule(code, Severity.WARNING, rule, advice)


_RULES = (
    # Reading a file
    _error(
        "unreadable-file",
        "Each file can be read as UTF-8 text.",
        "Save the file as UTF-8 text, or bring it back from git.",
    ),
    _error(
        "file-too-large",
        f"A file holds at most {limits.FILE_BYTES // 1024} KiB, a translation file {limits.PO_BYTES // 1024**2} MiB, a "
        f"picture {limits.ASSET_BYTES // 1024**2} MiB.",
        "Split it: a role is seldom longer than 40 KiB.",
    ),
    _error(
        "too-many-files",
        f"A folder holds at most {limits.FILES:,} files, and folders stand at most {limits.FOLDERS} levels inside each "
        "other.",
        "Move away what is no part of the knowledge base.",
    ),
    _error(
        "bad-name",
        "Every system takes the names of files and folders, and tells them apart without looking at capitals.",
        "Call it otherwise: small letters, numbers and hyphens fit everywhere.",
    ),
    _error(
        "merge-conflict",
        "No file holds two changes of the same lines side by side.",
        "Keep the lines that are right, and delete the others and the lines that begin with <<<<<<<, ======= and "
        ">>>>>>>.",
    ),
    _error(
        "too-deep",
        f"Lists and keys stand at most {limits.DEPTH} levels inside each other.",
        "Compare the indentation with roles/TEMPLATE.yml.",
    ),
    _error(
        "too-many-items",
        f"A file holds at most {limits.VALUES:,} values, a list {limits.ITEMS:,} items, a block {limits.KEYS} keys, a "
        f"translation file {limits.PO_ENTRIES:,} texts.",
        "Split it into several files.",
    ),
    _error(
        "yaml-tab", "YAML is indented with spaces, never with tabs.", "Replace the tab by two spaces for each step."
    ),
    _error(
        "yaml-syntax", "Each file is valid YAML.", "Compare the line, and the one above it, with roles/TEMPLATE.yml."
    ),
    _error(
        "unclosed-quote",
        "A text that begins with a quotation mark ends with one.",
        "Put the closing quotation mark at the end of the text.",
    ),
    _error(
        "bad-indent",
        "Keys of one list or one block begin in the same column.",
        "Line the key up with its neighbours above, using spaces.",
    ),
    _error("repeated-key", "Each key stands once in its block.", "Keep one of the two, or merge what they say."),
    _error(
        "yaml-feature",
        "Files use plain YAML: no &anchors, *aliases, !tags, << merges or second documents.",
        "Write the text out, or put it in double quotes if it begins with one of these signs.",
    ),
    _error(
        "control-character",
        "Texts hold no control characters and none that reverse the reading direction.",
        "Delete the invisible character and type the words again.",
    ),
    _warning(
        "cut-text",
        "A text that holds ' #' stands in quotes, or YAML drops what follows.",
        "Put the whole text in double quotes. If it is a note of yours, delete it: role files carry no comments.",
    ),
    _warning(
        "lost-comment",
        "Role files carry no comments: the form in the browser deletes them.",
        "Delete it, or say the same in the description of the change, where people will look for it.",
    ),
    _error(
        "missing-file",
        "The vocabulary is complete: families, levels, proficiency, measures, owners, products, tools and skills.",
        "Bring the file back from git.",
    ),
    _error(
        "misplaced-file",
        "A role stands in roles/<family>/<role>.yml.",
        "Move it into the folder of its family, with the ending .yml.",
    ),
    # Shape
    _error("unknown-key", "Only keys of the model are used.", "All keys are explained in roles/FIELDS.md."),
    _error(
        "wrong-type",
        "Each key holds what it asks for: a text, a number, a date or a list.",
        "roles/FIELDS.md says what each key holds, and roles/TEMPLATE.yml shows those of a role in use.",
    ),
    _error("missing-text", "What must be said is said.", "Add it; roles/FIELDS.md explains every key of every file."),
    _error(
        "bad-choice",
        "Where a key has fixed choices, one of them is used.",
        "The choices are listed in roles/FIELDS.md.",
    ),
    _error(
        "bad-id",
        "An id begins with a small letter and holds only a–z, 0–9 and hyphens, 2 to 63 of them.",
        "For example: handle-enquiries.",
    ),
    _error("bad-value", "A number, a date or a text keeps within its limits.", "Compare it with roles/TEMPLATE.yml."),
    _error(
        "bad-code",
        "A code of a classification has the form of its scheme.",
        "isco-08: 4225; esco: 4225.1; onet-soc: 43-4051.00.",
    ),
    # Ids
    _error(
        "repeated-id",
        "Each id stands once in its list.",
        "Give the second item an id of its own; translations and links hang on it.",
    ),
    _error(
        "id-clash",
        "Each role and each skill has an id of its own in the whole knowledge base, whatever the case.",
        "Rename one of the two files.",
    ),
    _warning(
        "alias-clash",
        "A title or an alias names one role only.",
        "Keep it where most people would look for it.",
    ),
    # References
    _error("unknown-skill", "A skill that is named exists.", "They are in roles/vocabulary/skills/."),
    _error("unknown-tool", "A kind of tool that is named exists.", "They are in roles/vocabulary/tools.yml."),
    _error("unknown-product", "A product that is named exists.", "They are in roles/vocabulary/products.yml."),
    _error("unknown-measure", "A measure that is named exists.", "They are in roles/vocabulary/measures.yml."),
    _error("unknown-owner", "An owner that is named exists.", "They are in roles/vocabulary/owners.yml."),
    _error("unknown-level", "A level that is named exists.", "They are in roles/vocabulary/levels.yml."),
    _error("unknown-role", "A role that is named exists.", "Roles are the files in roles/<family>/."),
    _error(
        "unknown-family",
        "The folder of a role is a family of the vocabulary.",
        "Families are in roles/vocabulary/families.yml.",
    ),
    _error(
        "unknown-shared-task",
        "'leave_out' names tasks that the role's level or family shares.",
        "Correct the id, or delete it from the list.",
    ),
    _warning(
        "shared-task-lost",
        "A plan has the phases of the tasks that its level and family share.",
        "Plan that phase, or name the task in 'leave_out'.",
    ),
    _warning(
        "skill-unbuilt",
        "Each skill that a role asks for is built by a task of its first 90 days.",
        "Name the skill at the task that builds it, or add a task.",
    ),
    _error(
        "unknown-group",
        "A duty's group is one of the role's duty groups.",
        "Add it to duty_groups, or correct the name.",
    ),
    _error("unknown-language", "A file's language is one the site speaks.", "Languages are in locales/languages.yml."),
    # Ladders
    _error("move-to-itself", "A move leads to another role.", "Name the role it leads to, or delete the move."),
    _error(
        "repeated-move",
        "Two roles are joined by one move in one direction.",
        "Keep the move that fits best, and tell the rest in its 'why'.",
    ),
    _error(
        "promotion-downwards",
        "A promotion leads to a higher level.",
        "Make it lateral, or correct the level of one of the two roles.",
    ),
    _error(
        "promotion-cycle",
        "Promotions never lead back to where they began.",
        "Decide which role stands higher, and delete the promotion that leads down.",
    ),
    _warning(
        "move-to-retired",
        "A move leads to a role that is still used.",
        "Lead it to the role that replaces the old one, or delete the move.",
    ),
    _warning(
        "lower-proficiency",
        "A promotion never asks for less of a skill than the role before, unless it leaves the specialist track.",
        "Raise the proficiency here, or lower it there.",
    ),
    _error(
        "replacement-missing",
        "A deprecated role names the role that replaces it.",
        "Add replaced_by with the id of that role.",
    ),
    _error(
        "redirect-taken",
        "What leads elsewhere is the name of nothing that exists.",
        "Give the new thing another id, or delete this redirect if no old link needs it.",
    ),
    _error(
        "redirect-chain",
        "A redirect leads straight to what is used today.",
        "Name what stands for it today, or delete the redirect.",
    ),
    # Use and freshness
    _warning(
        "unused-skill", "Each skill of the vocabulary is used by a role.", "Use it in a role, or delete its file."
    ),
    _warning(
        "unused-tool", "Each kind of tool of the vocabulary is used by a role.", "Use it in a role, or delete it."
    ),
    _error(
        "review-in-future",
        "A review date is today or earlier.",
        "Write the date on which the role was last read through.",
    ),
    _warning(
        "review-overdue",
        "A role is read through as often as it says.",
        "Read it through, correct what has changed, and set 'reviewed' to today.",
    ),
    # Languages
    _error(
        "po-syntax",
        "Each translation file is valid gettext.",
        "Open it in a translation editor such as Poedit, or bring it back from git.",
    ),
    _error("po-repeated", "A translation file holds each text once.", "Keep one of the two entries."),
    _warning(
        "po-unknown",
        "A translation belongs to a text that exists.",
        "Run 'build_roles.py translate': it drops what is gone.",
    ),
    _error(
        "placeholder-mismatch",
        "A translation has the same {placeholders} as its source.",
        "Copy each {…} from the source as it is.",
    ),
    _error(
        "plural-forms",
        "A plural translation has as many forms as its language needs.",
        "Run 'build_roles.py translate', then fill in each form.",
    ),
    _warning(
        "translation-outdated",
        "A translation follows its source.",
        "Run 'build_roles.py translate', then correct the translation.",
    ),
    _warning(
        "translation-missing", "Each text is translated.", "Run 'build_roles.py translate', then fill in what is empty."
    ),
    _warning(
        "translation-unchecked",
        "A translation has been looked over by a person.",
        "Read it, correct it, and remove the mark 'fuzzy'.",
    ),
    # Pages
    _error(
        "missing-page",
        "Each hand-written page stands in every language.",
        "Copy the page into the folder of that language and translate it.",
    ),
    _error(
        "page-name",
        "A hand-written page is called <name>.md, that of a folder index.md, and no two have the same address.",
        "Call it <name>.md, or index.md if it is the page of its folder, so that no other page has its address.",
    ),
    _warning(
        "page-outdated",
        "A hand-written page has the same headings in every language.",
        "Compare it with the page of the default language, section by section, and bring it up to date.",
    ),
    _warning(
        "page-untranslated",
        "A hand-written page is in the language of its folder.",
        "Translate it, then delete the line 'language:' at its top.",
    ),
    _error(
        "stray-page",
        "Pages stand in the folder of a language.",
        "Move it to docs/<language>/, and write it in every language.",
    ),
    _error(
        "swallowed-folder",
        "No folder of docs/ looks like a language that the site does not speak: its pages would vanish.",
        "Rename the folder to three letters or more, or add the language to locales/languages.yml.",
    ),
    _error(
        "owned-folder",
        "Generated folders of docs/<language>/ hold no hand-written pages: they would be deleted.",
        "Move the page to another folder.",
    ),
    _error(
        "active-file",
        "Files of docs/ hold nothing that a browser runs: no scripts, no web pages, no drawings (SVG) with scripts.",
        "Write pages as Markdown, and export drawings without scripts, links in numbers (&#…;) and other documents "
        "inside. Scripts of the site itself stand in overrides/assets/.",
    ),
    _error(
        "broken-link",
        "A link leads to a page that exists.",
        "Links to pages of the site begin with / and end with /, such as /roles/customer-service-officer/.",
    ),
    _warning(
        "unknown-page",
        "A page for which locales/<language>/search.yml holds words exists.",
        "Write its address from the root of the language, such as /glossary/, or delete it from the file.",
    ),
    _error(
        "unsafe-link",
        "A link leads to a page of the site, to https:// or to mailto:.",
        "A link leads to a page of the site (/roles/…/), to https:// or to mailto:.",
    ),
    _error(
        "untranslatable-link",
        "A translation has the same links as its source.",
        "Keep each (…) of the source as it is.",
    ),
    # Writing
    _warning(
        "double-space",
        "One space parts two words.",
        "Delete the spaces that are too many.",
    ),
    _warning(
        "placeholder-text",
        "A text says what it should; nothing holds its place.",
        "Write the text, or delete it. A role that is not written yet has the status draft.",
    ),
    _warning(
        "final-stop",
        "Each paragraph ends with a full stop, a question mark or an exclamation mark of its language.",
        "Put it at the end. Titles and names end without one.",
    ),
    _warning(
        "wrong-quotes",
        "Quotation marks are those of the language, and an outer one comes first.",
        "English “word”, Ukrainian and Russian «слово», Finnish ”sana”, Danish »ord«, Chinese 「字」.",
    ),
    _warning(
        "long-sentence",
        "A sentence is short enough to be understood at first reading: 25 words in English, 50 characters in Chinese.",
        "Make it two sentences, one idea each. The limits stand in rolebook/writing/, with their sources.",
    ),
    _warning(
        "vague-words",
        "What is to be done is told by a number, a date or something one can see, not by words such as 'regularly'.",
        "Say how often, by when, how many, or what one sees: 'every Monday', 'within one working day'.",
    ),
    _warning(
        "gendered-words",
        "The name of a job means everybody who does it.",
        "Use the name that is open to all: 'chair', not 'chairman'. Other names people search for (aliases) may stay.",
    ),
    _warning(
        "other-language",
        "A text is in the language of its file; names of products and abbreviations may stay as they are.",
        "Translate what was left over. Add the name of a product to roles/vocabulary/products.yml.",
    ),
    _warning(
        "repeated-sentence",
        "A sentence of five words or more is said once, but for a duty that two roles share whole.",
        "Say what is true here only, or leave it out.",
    ),
    _warning(
        "same-at-two-levels",
        "What a lower level or proficiency says is not said again above it, but for a duty that two roles share whole.",
        "Say only what the higher one adds.",
    ),
    _warning(
        "exception-unknown",
        "An exception names a text of its file and a rule of writing.",
        "Copy the text's name and the rule from the warning. Other rules know no exceptions.",
    ),
    _warning(
        "exception-without-reason",
        "An exception says why the text is right as it is.",
        "Write the reason behind the rule: # rolebook: allow vague-words – customers say it themselves.",
    ),
    _warning(
        "exception-unused",
        "An exception is there only as long as its text breaks the rule.",
        "Delete it.",
    ),
)

RULES = {rule.code: rule for rule in _RULES}
