"""The rules of writing find what they should, cry no wolf, and let stand what is excepted with a reason."""

from functools import lru_cache
from pathlib import Path

import pytest

from rolebook.checks import Knowledge
from rolebook.checks.passages import Passage, Surroundings, source_passages, surroundings_of
from rolebook.checks.writing import RULES_OF_WRITING
from rolebook.findings import RULES, Place, Severity
from rolebook.languages import Language
from rolebook.loading import load
from rolebook.messages import Message, PoEntry
from rolebook.schema import WritingRule
from rolebook.translating import translate
from rolebook.writing import FOLDER, Words, guide_to, style_of
from rolebook.writing.sentences import sentences
from tests.kit import PROJECT, load_miniature

LANGUAGES = ("en", "uk", "ru", "fi", "zh-Hant", "da")


@lru_cache
def project() -> Knowledge:
    return load(PROJECT).knowledge


@lru_cache
def around() -> Surroundings:
    return surroundings_of(project().catalog)


def passage(code: str, text: str, source: str = "") -> Passage:
    """A rich text, or its translation where a source is given."""
    message = Message("roles/x", "x.about", source or text, "en" if source else code, Place("x"), is_rich=True)
    language = Language(code)
    translation = PoEntry("x.about", source, (text,), fuzzy=False, former="", comment="", place=Place("x"))
    return Passage(message, text, language, guide_to(language), around(), translation if source else None)


def codes(one: Passage) -> set[str]:
    return {remark.code for rule in RULES_OF_WRITING for remark in rule(one)}


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "Ask Dr. Smith, e.g. Monday. It costs 1.5 hours.", 2),
        ("en", "Read version 2.0 of the guide (pp. 3–4). Then ask?", 2),
        ("en", "He said: “Stop.” Then he left.", 2),
        ("uk", "Див. п. 3 правил, напр. Додаток. Потім спитайте.", 2),
        ("ru", "См. п. 3 правил, т. е. Приложение. Затем спросите.", 2),
        ("fi", "Kysy esim. Maijalta klo 9.30. Sitten vastaa.", 2),
        ("da", "Spørg f.eks. Maja kl. 9.30. Svar så.", 2),
        ("zh-Hant", "你好嗎？請坐。版本2.0可以用。", 3),
        ("en", "Bring a pen. 😀 Smile. Wave.", 3),
    ],
)
def test_abbreviations_and_decimals_end_no_sentence(code: str, text: str, count: int) -> None:
    assert len(sentences(text, Language(code))) == count


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The customer's answer — “no” — isn't final; don't say ‘never’."),
        ("en", "Answer as soon as the part arrives. Customers often call soon after."),
        ("en", "Humans manage a performance of 80 per cent, and the manager’s chair is free."),
        ("en", "Read [the guide for officers](/roles/customer-service-officer/) and **then** the *other* one."),
        ("en", "It has a first paragraph:\n\nAnd a second (in brackets).)"),
        ("en", "Café, naïve and Søren are words and names that may stand in English."),
        ("uk", "Об’єкт і п’ять сім’ю: CRM-система, Excel, VoIP та JavaScript працюють."),
        ("uk", "Керівниця і керівник відзначають відмінності між відділами; вони достатні."),
        ("uk", "Він сказав: «Читайте „Кобзар“ щодня»."),
        ("ru", "Достаточно одного звонка: «Алло, это „Ромашка“?»"),
        ("ru", "Руководитель, менеджер и специалист отличаются опытом."),
        ("fi", "Sinun on huomattava, että ”asia” riittää; mies tai nainen, asiakas on asiakas."),
        ("da", "Vær »til stede«, og hav to opgaver kørende sideløbende for et team i IT."),
        ("da", "Manden i køen er ikke i tvivl: en ordre er en ordre."),
        ("zh-Hant", "他說「請看『說明』」。在特定期間使用CRM和Excel，即時聊天也可以。"),
        ("ar", "أنصت حتى النهاية، ثم استخدم CRM؟"),
        ("sv", "Lyssna på kunden, och svara sedan."),
    ],
)
def test_what_is_well_written_is_left_alone(code: str, text: str) -> None:
    assert codes(passage(code, text)) == set()


@pytest.mark.parametrize("code", ["uk", "ru", "fi", "zh-Hant", "da"])
def test_an_english_text_left_in_a_translation_is_nearly_always_told(code: str) -> None:
    english = [
        one.text
        for entry in project().catalog.entries()
        for one in source_passages(entry, Language("en"), around())
        if one.is_prose and len(one.words) > 11
    ]
    told = [text for text in english if "other-language" in codes(passage(code, text, "Another source."))]
    assert len(told) > 0.99 * len(english) > 1000


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_example_given_for_a_word_keeps_the_rules_itself(code: str) -> None:
    language, style = Language(code), style_of(code)
    assert all(advice.words and advice.better for advice in (*style.vague, *style.gendered))
    assert all(advice.why for advice in style.vague)
    for better in (advice.better for advice in (*style.vague, *style.gendered)):
        assert Words((*style.vague, *style.gendered), language.is_spaced).find(better.lower()) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_a_list_is_found_by_itself(code: str) -> None:
    language, guide = Language(code), guide_to(Language(code))
    for words, style in ((guide.vague, guide.style.vague), (guide.gendered, guide.style.gendered)):
        for form in (form.rstrip("*").lower() for advice in style for form in advice.words):
            assert words.find(form), f"{form} ({language.code})"


def test_every_language_of_the_site_has_a_style_and_names_its_sources() -> None:
    site = {language.code for language in project().catalog.languages}
    assert site == set(LANGUAGES) == {path.stem for path in FOLDER.glob("*.yml")} - {"every"}
    assert all(style_of(code).sources for code in LANGUAGES)


def test_only_rules_of_writing_know_exceptions_and_all_are_warnings() -> None:
    assert {RULES[rule.value].severity for rule in WritingRule} == {Severity.WARNING}


def test_a_duty_that_two_roles_share_whole_is_no_repetition(miniature: Path) -> None:
    sentence = "text: Answer every question within one day."
    for name, text in (("adviser", "text: Answer within one day."), ("lead", "text: Take what the desk passes on.")):
        path = miniature / f"roles/care/{name}.yml"
        path.write_text(path.read_text("utf-8").replace(text, sentence), "utf-8")
    found = {finding.code for finding in load_miniature(miniature).findings}
    assert not found & {"repeated-sentence", "same-at-two-levels"}


@pytest.mark.parametrize(
    ("path", "wrong", "at"),
    [
        ("roles/care/adviser.yml", ("heard on the phone.", "heard regularly."), "best_practices.smile.text"),
        ("roles/vocabulary/skills/listening.yml", ("Lets others finish.", "Listens regularly."), "rubric.awareness"),
        ("roles/vocabulary/tools.yml", ("For talking over distance.", "For talking regularly."), "phone.purpose"),
        ("roles/vocabulary/levels.yml", ("One desk.", "One desk, regularly."), "1.expectations.individual.scope"),
    ],
)
def test_an_exception_in_its_file_lets_a_text_stand(
    path: str, wrong: tuple[str, str], at: str, miniature: Path
) -> None:
    file = miniature / path
    text = file.read_text("utf-8").replace(*wrong)
    file.write_text(text, "utf-8")
    hints = [finding.hint for finding in load_miniature(miniature).findings if finding.code == "vague-words"]
    assert len(hints) == 1
    assert hints[0].endswith(f"under 'exceptions', at {at}.")
    file.write_text(
        f"{text.rstrip()}\nexceptions:\n  - at: {at}\n    rule: vague-words\n    why: So says the law.\n", "utf-8"
    )
    found = [finding for finding in load_miniature(miniature).findings if finding.code.startswith(("vague", "excep"))]
    assert found == []


def test_an_exception_needs_a_reason_and_a_rule_of_writing(miniature: Path) -> None:
    file = miniature / "roles/care/adviser.yml"
    file.write_text(f"{file.read_text('utf-8')}exceptions:\n  - at: summary\n    rule: unknown-skill\n", "utf-8")
    messages = {finding.message for finding in load_miniature(miniature).findings}
    assert {"'summary' has no 'why'.", "'unknown-skill' is no rule."} <= messages


def test_a_translators_exception_outlives_the_update_of_its_file(miniature: Path) -> None:
    file = miniature / "locales/uk/roles/adviser.po"
    text = file.read_text("utf-8").replace("Слухайте до кінця.", "Регулярно слухайте до кінця.")
    address = 'msgctxt "adviser.takeaways.listen.text"'
    file.write_text(
        text.replace(address, f"# про кінець\n# rolebook: allow vague-words - так хоче клієнт\n{address}"), "utf-8"
    )
    translate(miniature)
    found = [finding for finding in load_miniature(miniature).findings if finding.code.startswith(("vague", "excep"))]
    assert found == []
    assert "# про кінець\n# rolebook: allow vague-words - так хоче клієнт\n" in file.read_text("utf-8")


def test_what_is_outdated_or_unchecked_is_not_judged(miniature: Path) -> None:
    file = miniature / "locales/uk/roles/adviser.po"
    text = file.read_text("utf-8").replace("Слухайте до кінця.", "Слухайте  регулярно")
    file.write_text(
        text.replace('msgctxt "adviser.takeaways.listen', '#, fuzzy\nmsgctxt "adviser.takeaways.listen'), "utf-8"
    )
    found = {finding.code for finding in load_miniature(miniature).findings}
    assert not found & {rule.value for rule in WritingRule}
