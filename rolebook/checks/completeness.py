"""Checks of what is missing, unused or out of date."""

from collections.abc import Iterator
from datetime import timedelta

from rolebook.checks.knowledge import Knowledge
from rolebook.findings import Finding, Place, found
from rolebook.schema import Proficiency, Role, Status


def check_active_roles(knowledge: Knowledge) -> Iterator[Finding]:
    """An active role has all its parts; only a draft may leave some out."""
    for role in knowledge.catalog.roles.values():
        if role.model.status is not Status.ACTIVE:
            continue
        for name in Role.REQUIRED_WHEN_ACTIVE:
            if not getattr(role.model, name):
                message = f"An active role has '{name}'; this one has none."
                hint = "Add it, or set status to draft until it is written."
                yield found("missing-text", role.place("status"), message, hint)


def check_use(knowledge: Knowledge) -> Iterator[Finding]:
    """Each skill and each kind of tool is used by a role."""
    catalog = knowledge.catalog
    if any(path.startswith("roles/") and path.count("/") == 2 for path in catalog.unread):
        return  # a role that could not be read may use anything
    skills = {item.skill for role in catalog.roles.values() for item in role.model.skills}
    tools = {item.tool for role in catalog.roles.values() for item in role.model.tools}
    for skill in catalog.skills.values():
        if skill.id not in skills:
            yield found("unused-skill", skill.place("title"), f"No role asks for '{skill.id}'.")
    for tool in catalog.tools.values():
        if tool.id not in tools:
            yield found("unused-tool", tool.place("id"), f"No role works with '{tool.id}'.")


def check_proficiency_list(knowledge: Knowledge) -> Iterator[Finding]:
    """The vocabulary explains every proficiency."""
    path = "roles/vocabulary/proficiency.yml"
    for proficiency in Proficiency:
        if path not in knowledge.catalog.unread and proficiency.value not in knowledge.catalog.proficiency:
            yield found("missing-text", Place(path), f"There is no '{proficiency.value}' in the list.")


def check_reviews(knowledge: Knowledge) -> Iterator[Finding]:
    """A role was read through when it says, and not too long ago."""
    for role in knowledge.catalog.roles.values():
        model = role.model
        if model.reviewed > knowledge.today + timedelta(days=1):  # it may be tomorrow already where it was written
            yield found("review-in-future", role.place("reviewed"), f"{model.reviewed} has not come yet.")
        elif model.status is Status.DEPRECATED:
            continue
        elif (due := model.review_due) < knowledge.today:
            yield found("review-overdue", role.place("reviewed"), f"This role was due to be read through by {due}.")
