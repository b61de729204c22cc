"""What changed in a thing, part by part, whatever its model is."""

from dataclasses import replace

import pytest

from rolebook.changes import Change, Thing, ThingChange, What, compare, things_of
from rolebook.schema import Families, Item, Model, RichText, Role, Text, key_at
from tests.kit import MINIATURE, load_miniature

LEAD = next(thing for thing in things_of(load_miniature(MINIATURE).knowledge.catalog) if thing.id == "lead")


def changed(**values: object) -> Thing:
    """The role 'lead' with other values."""
    assert isinstance(LEAD.model, Role)
    plain = LEAD.model.model_dump(by_alias=True, mode="json", exclude_none=True)
    return replace(LEAD, model=Role.model_validate({**plain, **values}))


def values(field: str) -> list[dict[str, str]]:
    plain: list[dict[str, str]] = LEAD.model.model_dump(by_alias=True, mode="json", exclude_none=True)[field]
    return plain


def told(change: Change) -> tuple[str, str, str, str]:
    sides = (" ".join(part.value.text for part in side) for side in (change.before, change.after))
    return (change.what.value, ".".join(step.key for step in change.path), *sides)  # type: ignore[return-value]


def only(before: Thing, after: Thing) -> ThingChange:
    (change,) = compare([before], [after])
    return change


DUTIES = values("duties")
SKILLS = values("skills")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (changed(level=3), [("changed", "level", "2", "3")]),
        (changed(title="Lead"), [("changed", "title", "Desk lead", "Lead")]),
        (
            changed(skills=[{**SKILLS[0], "proficiency": "working"}, SKILLS[1]]),
            [("changed", "skills.listening.proficiency", "expert", "working")],
        ),
        (changed(skills=[SKILLS[1]]), [("removed", "skills.listening", " ".join(SKILLS[0].values()), "")]),
        (changed(duties=[DUTIES[1], DUTIES[0]]), [("moved", "duties.answer", "2", "1")]),
        (
            changed(duties=[{**DUTIES[0], "id": "shifts"}, DUTIES[1]]),
            [("renamed", "duties.shifts", "plan-shifts", "shifts")],
        ),
        (
            changed(duties=[{**DUTIES[0], "measures": ["answered"]}, DUTIES[1]]),
            [("added", "duties.plan-shifts.measures.answered", "", "answered")],
        ),
        (changed(aliases=["Boss"]), [("added", "aliases", "", "Boss")]),
    ],
)
def test_each_change_is_told_at_its_stable_address(after: Thing, expected: list[tuple[str, ...]]) -> None:
    assert [told(change) for change in only(LEAD, after).changes] == expected


def test_nothing_is_told_of_what_is_the_same() -> None:
    assert compare([LEAD], [changed()]) == ()


def test_of_a_list_in_another_order_the_fewest_items_have_moved() -> None:
    items = [{"id": f"item-{name}", "text": name} for name in "abcdef"]
    before, after = changed(takeaways=items), changed(takeaways=[items[-1], *items[:-1]])
    assert [told(change) for change in only(before, after).changes] == [("moved", "takeaways.item-f", "6", "1")]


def test_a_role_in_another_folder_has_moved_to_another_family() -> None:
    change = only(LEAD, replace(LEAD, family="craft"))
    assert (change.what, change.former_family, change.family) == (What.CHANGED, "care", "craft")


def test_a_role_with_another_id_and_the_same_words_is_the_same_role() -> None:
    change = only(LEAD, replace(changed(level=3), id="desk-lead"))
    assert (change.what, change.former_id, change.id) == (What.RENAMED, "lead", "desk-lead")


def test_a_role_with_another_id_and_other_words_is_another_role() -> None:
    other = Thing(
        "roles",
        "clerk",
        changed(title="Clerk", summary="x", duties=[], skills=[], onboarding=None).model,
        "",
        "en",
        "care",
    )
    assert [change.what for change in compare([LEAD], [other])] == [What.ADDED, What.REMOVED]


def test_a_role_that_is_no_longer_used_is_retired() -> None:
    assert only(LEAD, changed(status="deprecated", replaced_by="adviser")).what is What.RETIRED


def test_a_field_that_comes_into_the_model_is_compared_without_new_code() -> None:
    class Perk(Item):
        id: str
        text: RichText

    class Extended(Model):
        motto: Text
        perks: tuple[Perk, ...] = ()

    def thing(motto: str, *perks: str) -> Thing:
        items = [{"id": perk, "text": perk} for perk in perks]
        return Thing("roles", "x", Extended.model_validate({"motto": motto, "perks": items}), "", "en")

    assert [told(change) for change in only(thing("One", "tea"), thing("Two", "tea", "cake")).changes] == [
        ("changed", "motto", "One", "Two"),
        ("added", "perks.cake", "", "cake cake"),
    ]


@pytest.mark.parametrize(
    ("model", "keys", "explained"),
    [
        (Role, ("owner",), ("Role", "owner")),
        (Role, ("duties", "text", "text"), ("Duty", "text")),
        (Role, ("onboarding", "day-30", "items", "gate", "owner"), ("OnboardingTask", "owner")),
        (Families, ("families", "care", "title"), ("Family", "title")),
        (Role, ("duties", "text"), None),
        (Role, ("duties", "text", "colour"), None),
    ],
)
def test_a_key_is_called_as_the_model_it_stands_in_calls_it(
    model: type[Model], keys: tuple[str, ...], explained: tuple[str, str] | None
) -> None:
    assert key_at(model, keys) == explained
