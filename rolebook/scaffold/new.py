"""New roles, skills, tools, products, families, measures and owners: what is asked, and what is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.canonical import canonical, shape_of
from rolebook.catalog import KINDS, Catalog, Entry
from rolebook.checks import Knowledge
from rolebook.loading import Loaded
from rolebook.messages import interface_messages
from rolebook.scaffold.draft import Draft, Refused, edited, put, refuse_new_errors
from rolebook.scaffold.ids import id_complaint, proposed_id
from rolebook.scaffold.questions import Answers, Choice, Question, text_complaint
from rolebook.schema import (
    LIST_FILES,
    Aliases,
    Model,
    Proficiency,
    RichText,
    Role,
    Skill,
    SkillGroup,
    Status,
    Text,
    Tools,
    Track,
)
from rolebook.source import Plain, parse_yaml

_TITLE, _RICH = text_complaint(Text), text_complaint(RichText)
REVIEW_EVERY_MONTHS = "12"


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that can be new: what must be known of it, what is written, and what is left to do."""

    kind: str
    words: str
    questions: Callable[[Catalog], Iterator[Question]]
    write: Callable[[Draft, Knowledge, Answers], str]
    """Collects the changes; gives the path of the file in which it stands."""
    then: tuple[str, ...]
    """What to do next, with {path} and {id}."""

    @property
    def is_file(self) -> bool:
        """Tell whether it is a file of its own, and not an item of a list."""
        return self.kind in ("role", "skill")


def create(loaded: Loaded, subject: Subject, answers: Answers) -> str:
    """Write something new; give the path of its file. Raise Refused where it would not fit, and write nothing."""
    catalog = loaded.knowledge.catalog
    draft = Draft(catalog.root)
    path = subject.write(draft, loaded.knowledge, answers)
    message = f"With the new {subject.kind} the knowledge base would have errors."
    refuse_new_errors(loaded, draft.loaded(loaded.knowledge.today), message)
    draft.write()
    return path


def readable(catalog: Catalog, kind: str) -> None:
    """Refuse while a file cannot be read on which the answers depend."""
    needed = {"role": ("families", "levels", "owners", "redirects"), "product": ("products", "tools", "redirects")}
    names = needed.get(kind, (KINDS[kind], "redirects"))
    for path in (f"roles/vocabulary/{name}.yml" for name in names):
        if path in catalog.unread:
            raise Refused(f"{path} cannot be read. Run 'build_roles.py check' and mend it first.")


# What is asked


def _labels(prefix: str) -> dict[str, str]:
    """Give the English words of the interface for the choices of a key."""
    known = {message.address: message.source for message in interface_messages()}
    return {key.removeprefix(f"{prefix}."): words for key, words in known.items() if key.startswith(f"{prefix}.")}


def _enum(kind: type[Track] | type[SkillGroup], prefix: str) -> tuple[Choice, ...]:
    labels = _labels(prefix)
    return tuple(Choice(member.value, labels[member.value]) for member in kind)


def _entries(entries: Mapping[str, Entry[Model]]) -> tuple[Choice, ...]:
    return tuple(Choice(id_, str(getattr(entry.model, "title", id_))) for id_, entry in entries.items())


def _language(catalog: Catalog) -> Question:
    languages = tuple(Choice(language.code, language.name) for language in catalog.languages)
    return Question(
        "language", "In which language do you write it?", languages, lambda _: catalog.default_language.code
    )


def _id(catalog: Catalog, kind: str, title: str = "title", language: str = "") -> Question:
    taken = catalog.taken(kind)

    def proposal(answers: Answers) -> str:
        return proposed_id(answers[title], answers.get("language") or language, taken)

    words = "What shall its id be? Links and translations hang on it, so it stays even when the title changes."
    return Question("id", words, (), proposal, lambda given, _: id_complaint(catalog, kind, given))


def _role_questions(catalog: Catalog) -> Iterator[Question]:
    names = {name.casefold(): role.id for role in catalog.roles.values() for name in _names(role)}

    def title_complaint(given: str, answers: Answers) -> str:
        other = names.get(given.casefold())
        return f"'{other}' is called so already." if other else _TITLE(given, answers)

    yield Question("title", "What is the role called?", complaint=title_complaint)
    yield _language(catalog)
    yield _id(catalog, "role")
    yield Question("family", "To which family does it belong?", _entries(catalog.families))
    yield Question("track", "What kind of responsibility grows in it?", _enum(Track, "track"))
    yield Question("level", "On which level does it stand?", _entries(catalog.levels))
    yield Question("summary", "What is it for, in one or two sentences?", complaint=_RICH)
    yield Question("owner", "Who keeps its page true?", _entries(catalog.owners))
    words = "After how many months shall it be read through again?"
    yield Question("review-every-months", words, (), lambda _: REVIEW_EVERY_MONTHS, _months_complaint)


def _names(role: Entry[Role]) -> tuple[str, ...]:
    return (role.model.title, *Aliases.one_by_one(role.model.aliases or ""))


def _months_complaint(given: str, _answers: Answers) -> str:
    is_fine = given.isascii() and given.isdecimal() and 1 <= int(given) <= 60
    return "" if is_fine else "This must be a whole number from 1 to 60."


def _skill_questions(catalog: Catalog) -> Iterator[Question]:
    yield Question("title", "What is the skill called?", complaint=_TITLE)
    yield _language(catalog)
    yield _id(catalog, "skill")
    yield Question("group", "What is it mostly about?", _enum(SkillGroup, "skill-group"))
    yield Question("definition", "What is the skill, in one sentence?", complaint=_RICH)
    whom = {
        Proficiency.AWARENESS: "who has met the skill",
        Proficiency.WORKING: "who deals with the usual alone",
        Proficiency.PRACTITIONER: "who deals with the hard alone",
        Proficiency.EXPERT: "whom others learn it from",
    }
    for proficiency, words in whom.items():
        yield Question(proficiency.value, f"What does one see a person do {words}?", complaint=_RICH)


def _listed(kind: str, title: str, **texts: str) -> Callable[[Catalog], Iterator[Question]]:
    """Ask for a title, an id and texts of an item of a list, in the language of its file."""

    def questions(catalog: Catalog) -> Iterator[Question]:
        file = f"roles/vocabulary/{KINDS[kind]}.yml"
        language = next((entry.language for entry in catalog.of_kind(kind).values()), catalog.default_language.code)
        name = next((one.name for one in catalog.languages if one.code == language), language)
        yield Question(
            title, f"What is the {kind} called? {file} is written in this language: {name}.", complaint=_TITLE
        )
        yield _id(catalog, kind, title, language)
        for key, words in texts.items():
            yield Question(key, words, complaint=_RICH)
        if kind == "product":
            yield Question("tool", "What kind of tool is it?", _entries(catalog.tools))

    return questions


# What is written


def _write_role(draft: Draft, knowledge: Knowledge, answers: Answers) -> str:
    path = f"roles/{answers['family']}/{answers['id']}.yml"
    values: dict[str, Plain] = {
        key: answers[key] for key in ("title", "language", "track", "level", "summary", "owner")
    }
    values |= {
        "reviewed": knowledge.today.isoformat(),
        "review_every_months": answers["review-every-months"],
        "status": Status.DRAFT.value,
    }
    draft.create(path, canonical(values, shape_of(Role)))
    return path


def _write_skill(draft: Draft, _knowledge: Knowledge, answers: Answers) -> str:
    path = f"roles/vocabulary/skills/{answers['id']}.yml"
    values: dict[str, Plain] = {key: answers[key] for key in ("title", "language", "group", "definition")}
    values["rubric"] = {step.value: answers[step.value] for step in Proficiency}
    draft.create(path, canonical(values, shape_of(Skill)))
    return path


def _write_item(kind: str) -> Callable[[Draft, Knowledge, Answers], str]:
    def write(draft: Draft, knowledge: Knowledge, answers: Answers) -> str:
        plural = KINDS[kind]
        path = f"roles/vocabulary/{plural}.yml"
        item: dict[str, Plain] = {key: text for key, text in answers.items() if key != "tool"}
        draft.replace(path, appended(path, draft.read(path), plural, item))
        if kind == "product":
            _name_product(draft, knowledge.catalog, answers)
        return path

    return write


def _name_product(draft: Draft, catalog: Catalog, answers: Answers) -> None:
    """Name a new product among those of its kind of tool."""
    tool = catalog.tools[answers["tool"]]
    products: list[Plain] = [*tool.model.products, answers["id"]]
    values = put(tool.file.plain(), (*tool.location, "products"), products)
    draft.replace(tool.file.path, edited(draft.root, tool.file, Tools, values))


def appended(path: str, text: str, name: str, item: Plain) -> str:
    """Give a list file with one more item at its end; what it held before stays byte for byte."""
    kind = LIST_FILES[name]
    before = _plain(path, text)
    held = before.get(name) or []
    lines = canonical({name: [item]}, {name: shape_of(kind)[name]})
    lines = lines.split("\n", 1)[1] if held else lines  # an empty list is not written, so its key is missing
    longer = f"{text}{'' if text.endswith(chr(10)) else chr(10)}{lines}"
    after = _plain(path, longer)
    if not isinstance(held, list) or after != {**before, name: [*held, item]}:
        raise Refused(
            f"{path} is not in its one form, so nothing can be added at its end.\n"
            "Run 'build_roles.py format', commit what it did, and run this again."
        )
    return longer


def _plain(path: str, text: str) -> dict[str, Plain]:
    file, _ = parse_yaml(path, text)
    values = file.plain() if file else {}
    return values if isinstance(values, dict) else {}


_TRANSLATE = "Run 'build_roles.py translate', so that translators find the new texts, and propose it all as one change."

SUBJECTS = (
    Subject(
        "role",
        "Write a new role, as a draft.",
        _role_questions,
        _write_role,
        (
            "Open {path} and tell what belongs to a whole role: "
            f"{', '.join(Role.REQUIRED_WHEN_ACTIVE[:-1])} and {Role.REQUIRED_WHEN_ACTIVE[-1]}. "
            "roles/TEMPLATE.yml explains every key.",
            "Name it where one comes from: a role below it gets a move with 'to: {id}'.",
            "Run 'make serve' and look at /roles/{id}/.",
            "When it is whole, write 'status: active', and run 'build_roles.py check' and 'build_roles.py format'.",
            _TRANSLATE,
        ),
    ),
    Subject(
        "skill",
        "Write a new skill with its four observable steps.",
        _skill_questions,
        _write_skill,
        (
            "Add to {path} under 'learning' how one gets from each step to the next; roles/FIELDS.md has the keys.",
            "Name it in the roles that ask for it: 'skill: {id}'. Until one does, check warns that it is not used.",
            _TRANSLATE,
        ),
    ),
    Subject(
        "tool",
        "Add a new kind of tool.",
        _listed("tool", "title", purpose="What is it for?"),
        _write_item("tool"),
        (
            "Name in {path} the skills it needs and its products, if you know any.",
            "Name it in the roles that work with it: 'tool: {id}'. Until one does, check warns that it is not used.",
            _TRANSLATE,
        ),
    ),
    Subject(
        "product",
        "Add a new product to a kind of tool.",
        _listed("product", "name", purpose="What is it used for, so that it can be told from its alternatives?"),
        _write_item("product"),
        ("Name it in the roles whose people may meet it, under 'products' of the tool: {id}.", _TRANSLATE),
    ),
    Subject(
        "family",
        "Add a new family of roles.",
        _listed("family", "title", summary="What do its roles have in common?"),
        _write_item("family"),
        ("Write its first role: 'build_roles.py new role --family {id}'. Its roles stand in roles/{id}/.", _TRANSLATE),
    ),
    Subject(
        "measure",
        "Add a new measure by which work is judged.",
        _listed("measure", "title", text="How is it counted?"),
        _write_item("measure"),
        ("Name it in the duties that are judged by it, under 'measures': {id}.", _TRANSLATE),
    ),
    Subject(
        "owner",
        "Add a new team that keeps roles true.",
        _listed("owner", "title"),
        _write_item("owner"),
        ("Name it in the roles that it keeps true: 'owner: {id}'.", _TRANSLATE),
    ),
)
"""Everything that `new` can write; one more is one more line."""
