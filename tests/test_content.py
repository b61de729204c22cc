"""The real knowledge base is complete in every language."""

from collections import Counter

import pytest
import yaml

from rolebook.cli import COMMANDS
from rolebook.findings import RULES
from rolebook.loading import Loaded, load
from rolebook.schema import Proficiency, Status
from tests.kit import PROJECT

# What the content brief asks of each of the five: duties, skills, kinds of tools, products, practices, questions
FACTS = {
    "customer-service-supervisor": (8, 7, 6, 15, 6, 3),
    "customer-service-officer": (10, 10, 9, 17, 10, 3),
    "customer-service-operations-manager": (8, 7, 6, 16, 6, 0),
    "customer-service-administrator": (8, 8, 7, 22, 8, 0),
    "customer-support-manager": (11, 10, 5, 10, 5, 0),
}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The knowledge base on the day of its newest review: what is due later is no fault of today's files."""
    newest = max(role.model.reviewed for role in load(PROJECT).knowledge.catalog.roles.values())
    return load(PROJECT, newest)


def test_check_finds_nothing(loaded: Loaded) -> None:
    assert [f"{finding.place.path}:{finding.place.line} {finding.message}" for finding in loaded.findings] == []


@pytest.mark.parametrize("role", sorted(FACTS))
def test_each_of_the_five_roles_holds_all_its_facts(loaded: Loaded, role: str) -> None:
    model = loaded.knowledge.catalog.roles[role].model
    products = {product for tool in model.tools for product in tool.products}
    counts = tuple(map(len, (model.duties, model.skills, model.tools, products, model.best_practices, model.faq)))
    assert all(count >= least for count, least in zip(counts, FACTS[role], strict=True)), counts
    assert model.status is Status.ACTIVE
    assert len(model.takeaways) >= 3


def test_every_role_is_told_in_full(loaded: Loaded) -> None:
    roles = loaded.knowledge.catalog.roles
    assert len(roles) == 24
    for role in roles.values():
        model = role.model
        counts = (model.duties, model.skills, model.tools, model.best_practices, model.takeaways, model.entry_routes)
        assert all(len(items) >= least for items, least in zip(counts, (5, 6, 4, 3, 3, 1), strict=True)), role.id
        assert model.status is Status.ACTIVE
        assert model.moves or model.level == 10
        assert {"first-day", "first-week", "day-30", "day-60", "day-90"} <= set(model.onboarding.phases())  # type: ignore[union-attr]


def test_every_skill_has_an_exercise_for_each_next_step(loaded: Loaded) -> None:
    for skill in loaded.knowledge.catalog.skills.values():
        assert [item.reaches for item in skill.model.learning] == list(Proficiency)[1:], skill.id


def test_rubric_sentences_differ_at_every_step(loaded: Loaded) -> None:
    for skill in loaded.knowledge.catalog.skills.values():
        sentences = {getattr(skill.model.rubric, step.value) for step in Proficiency}
        assert len(sentences) == len(Proficiency), skill.id


def test_titles_of_roles_differ_in_every_language(loaded: Loaded) -> None:
    knowledge = loaded.knowledge
    for language in knowledge.catalog.languages:
        titles = Counter(
            knowledge.messages.translate((role.domain, f"{role.id}.title"), language).text
            for role in knowledge.catalog.roles.values()
        )
        assert max(titles.values()) == 1, titles.most_common(2)


def test_mkdocs_names_the_same_languages(loaded: Loaded) -> None:
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    plugins = yaml.safe_load(text)["plugins"]
    named = [(entry["locale"], entry["name"]) for entry in plugins[0]["i18n"]["languages"]]
    assert named == [(language.code, language.name) for language in loaded.knowledge.catalog.languages]


def test_guides_name_every_command_and_rule() -> None:
    guide = (PROJECT / "HACKING.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"`{command}`" in guide
    rules = (PROJECT / "roles/RULES.md").read_text("utf-8")
    for code in RULES:
        assert f"## {code}" in rules
