"""Checks of the plans for the first weeks."""

from collections.abc import Iterator

from rolebook.checks.knowledge import Knowledge
from rolebook.findings import Finding, did_you_mean, found
from rolebook.plans import plan_of, shared_tasks
from rolebook.schema import SharedTask, Status


def check_plans_build_skills(knowledge: Knowledge) -> Iterator[Finding]:
    """Each skill that an active role asks for is built by a task of its plan."""
    for role in knowledge.catalog.roles.values():
        plan = plan_of(knowledge.catalog, role)
        built = {item.model.skill for phase in plan for item in phase.items}
        for index, required in enumerate(role.model.skills if plan and role.model.status is Status.ACTIVE else ()):
            if required.skill not in built:
                place = role.place("skills", index, "skill")
                yield found("skill-unbuilt", place, f"No task of the first 90 days builds '{required.skill}'.")


def check_shared_tasks(knowledge: Knowledge) -> Iterator[Finding]:
    """A plan leaves out only tasks that are shared, and has the phases of those that are."""
    for role in knowledge.catalog.roles.values():
        if not (onboarding := role.model.onboarding):
            continue
        shared = {one.model.id: one for one in shared_tasks(knowledge.catalog, role)}
        for index, id_ in enumerate(onboarding.leave_out):
            if id_ not in shared:
                place = role.place("onboarding", "leave_out", index)
                message = f"Neither the level nor the family shares a task '{id_}'."
                yield found("unknown-shared-task", place, message, did_you_mean(id_, shared))
        for id_, one in shared.items():
            lost = isinstance(one.model, SharedTask) and one.model.phase not in onboarding.phases()
            if lost and id_ not in onboarding.leave_out:
                message = f"The plan has no phase for the shared task '{id_}' of {one.entry.file.path}."
                yield found("shared-task-lost", role.place("onboarding", of_key=True), message)
