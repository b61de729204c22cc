"""How far translations have come is counted once, and each text has its place."""

from pathlib import Path

from rolebook.coverage import cover
from rolebook.languages import Language
from rolebook.messages import State
from tests.kit import load_miniature


def test_every_text_of_a_language_is_counted_in_one_state_with_its_line(miniature: Path) -> None:
    messages = load_miniature(miniature).knowledge.messages
    coverage = cover(messages, Language("uk"))
    texts = [message for message in messages.sources.values() if message.language != "uk"]
    assert coverage.total == sum(coverage.counts.values()) == len(texts)
    lead = next(file for file in coverage.files if file.domain == "roles/lead")
    outdated = lead.first(State.OUTDATED)
    assert outdated
    line = (miniature / lead.path).read_text("utf-8").split("\n")[outdated.place.line - 1]
    assert line == f'msgctxt "{outdated.message.address}"'


def test_a_text_its_file_does_not_hold_yet_is_missing_at_the_file(miniature: Path) -> None:
    (miniature / "locales/uk/roles/lead.po").unlink()
    coverage = cover(load_miniature(miniature).knowledge.messages, Language("uk"))
    lead = next(file for file in coverage.files if file.domain == "roles/lead")
    assert not lead.exists
    assert lead.counts == {State.MISSING: lead.total}
    assert lead in coverage.worst_first()


def test_texts_first_written_in_a_language_need_no_translation_into_it(miniature: Path) -> None:
    coverage = cover(load_miniature(miniature).knowledge.messages, Language("en"))
    assert [file.domain for file in coverage.files] == ["roles/mechanic"]
