"""The command that makes something new: new."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from pathlib import Path

from rolebook.catalog import Catalog
from rolebook.cli.command import Command
from rolebook.cli.refusing import refused_words
from rolebook.cli.scaffolding import NEW_LANGUAGE
from rolebook.cli.terminal import FINE, FOUND, MISUSED, NOTHING_WRITTEN, ask, complain, is_conversation, progress, say
from rolebook.languages import Language
from rolebook.loading import load
from rolebook.scaffold.draft import Refused
from rolebook.scaffold.new import SUBJECTS, Subject, create, readable
from rolebook.scaffold.questions import Answers, Question, Unanswered, answered

_NOTHING_READ = Catalog(Path(), Language("en"), (Language("en"),))
"""Enough to know what a subject asks, before any file is read."""


def _subcommand(subject: Subject) -> Command:
    def arguments(parser: ArgumentParser) -> None:
        for question in subject.questions(_NOTHING_READ):
            parser.add_argument(f"--{question.name}", metavar="ANSWER", help=question.words)

    def run(root: Path, parsed: Namespace) -> int:
        try:
            return _new(root, parsed, subject)
        except Refused as refused:
            return refused_words(refused)
        except Unanswered as unanswered:
            return _unanswered_words(unanswered)
        except KeyboardInterrupt:
            complain(f"\nStopped. {NOTHING_WRITTEN}")
            return FOUND

    return Command(subject.kind, subject.words, run, arguments)


NEW_COMMANDS = (*(_subcommand(subject) for subject in SUBJECTS), NEW_LANGUAGE)
"""What can be new; one more is one more line here."""


def _arguments(parser: ArgumentParser) -> None:
    subjects = parser.add_subparsers(required=True, metavar="WHAT")
    for command in NEW_COMMANDS:
        added = subjects.add_parser(command.name, help=command.words, description=command.words)
        added.add_argument("--root", type=Path, default=SUPPRESS, metavar="DIR", help="the knowledge base to work on")
        command.arguments(added)
        added.set_defaults(new=command.run)


def _run(root: Path, parsed: Namespace) -> int:
    code: int = parsed.new(root, parsed)
    return code


def _new(root: Path, parsed: Namespace, subject: Subject) -> int:
    progress("Reading and checking")
    loaded = load(root)
    catalog = loaded.knowledge.catalog
    readable(catalog, subject.kind)
    questions = tuple(subject.questions(catalog))
    given = {question.name: getattr(parsed, question.name.replace("-", "_")) for question in questions}
    answers = answered(questions, given, _ask if is_conversation() else None)
    path = create(loaded, subject, answers)
    say(f"{path} was written." if subject.is_file else f"'{answers['id']}' was added to {path}.")
    say("\nWhat to do next:")
    for number, step in enumerate(subject.then, 1):
        say(f"  {number}. {step.format(path=path, **answers)}")
    return FINE


def _ask(question: Question, answers: Answers) -> str:
    """Ask until an answer can stand."""
    complain(f"\n{question.words}")
    for number, choice in question.numbered():
        complain(f"  {number:>2}  {choice.title}")
    proposal = question.proposal(answers)
    while True:
        given = ask(f"[{proposal}] > " if proposal else "> ")
        answer = question.chosen(given or proposal)
        wrong = question.wrong(answer, answers)
        if not wrong:
            return answer
        complain(f"  {wrong}")


def _unanswered_words(unanswered: Unanswered) -> int:
    for complaint in unanswered.complaints:
        complain(complaint)
    if unanswered.missing:
        complain("This must be said as well, because there is nobody here to ask:")
        for question in unanswered.missing:
            possible = f" ({', '.join(choice.value for choice in question.choices)})" if question.choices else ""
            complain(f"  --{question.name}: {question.words}{possible}")
    complain(NOTHING_WRITTEN)
    return MISUSED


NEW = Command("new", "Write a new role, skill or tool, or another part; asks for what it needs.", _run, _arguments)
