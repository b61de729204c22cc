"""The arithmetic of gaps and paths, over arbitrary roles and moves."""

import itertools
from pathlib import Path as File

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rolebook.catalog import Catalog, Entry
from rolebook.ladders import Ladders, gap
from rolebook.languages import Language
from rolebook.layout import Node, lay_out
from rolebook.schema import Importance, Move, MoveKind, Proficiency, RequiredSkill, Role, Status
from rolebook.source import SourceFile
from tests.kit import PROJECT, load_miniature

SKILLS = ("listening", "repairing", "planning", "teaching")
NAMES = "abcdefg"
TINY = 1e-9

needs = some.dictionaries(some.sampled_from(SKILLS), some.sampled_from(Proficiency))
graphs = some.lists(some.tuples(some.sampled_from(NAMES), some.sampled_from(NAMES), some.integers(0, 60)), max_size=20)


def role(asked: dict[str, Proficiency], moves: list[tuple[str, int]] | None = None, level: int = 1) -> Role:
    return Role(
        title="Role",
        language="en",
        track="individual",
        level=level,
        summary="It works.",
        skills=[
            RequiredSkill(skill=skill, proficiency=proficiency, importance=Importance.ESSENTIAL, why="So.")
            for skill, proficiency in asked.items()
        ],
        moves=[Move(to=to, kind=MoveKind.LATERAL, months=(months, months), why="So.") for to, months in moves or []],
        owner="desk",
        reviewed="2026-01-31",
        review_every_months=12,
        status=Status.DRAFT,
    )


def ladders_of(moves: list[tuple[str, str, int]], asked: list[dict[str, Proficiency]]) -> Ladders:
    file = load_miniature(PROJECT / "tests/site").knowledge.catalog.roles["adviser"].file
    english = Language("en")
    roles = {
        name: entry(name, role(asked[index], [(end, months) for start, end, months in moves if start == name]), file)
        for index, name in enumerate(NAMES)
    }
    return Ladders(Catalog(File(), english, (english,), roles=roles))


def entry(name: str, model: Role, file: SourceFile) -> Entry[Role]:
    return Entry(name, model, file, f"roles/{name}", name, "en")


many_needs = some.lists(needs, min_size=len(NAMES), max_size=len(NAMES))


@given(needs)
def test_the_gap_from_a_role_to_itself_is_empty(asked: dict[str, Proficiency]) -> None:
    found = gap(role(asked), role(asked))
    assert (found.rises, found.new, found.lower, found.dropped, found.steps) == ((), (), (), (), 0)


@given(needs, needs)
def test_going_back_swaps_gains_and_losses(one: dict[str, Proficiency], other: dict[str, Proficiency]) -> None:
    there, back = gap(role(one), role(other)), gap(role(other), role(one))
    for gained, lost in ((there.rises, back.lower), (there.new, back.dropped), (there.lower, back.rises)):
        assert {(change.skill, change.before, change.after) for change in gained} == {
            (change.skill, change.after, change.before) for change in lost
        }


@given(needs, needs, needs)
def test_a_way_round_asks_at_least_what_the_direct_way_asks(
    one: dict[str, Proficiency], middle: dict[str, Proficiency], other: dict[str, Proficiency]
) -> None:
    direct = gap(role(one), role(other)).steps
    assert gap(role(one), role(middle)).steps + gap(role(middle), role(other)).steps >= direct


@given(graphs, many_needs)
def test_paths_lead_over_curated_moves_to_exactly_the_roles_within_reach(
    moves: list[tuple[str, str, int]], asked: list[dict[str, Proficiency]]
) -> None:
    ladders = ladders_of(moves, asked)
    curated = {(start, end) for start, end, _ in moves if start != end}
    for start in NAMES:
        within = {one.id for one in ladders.reachable(start)} - {start}
        for paths in (ladders.shortest(start), ladders.easiest(start)):
            assert set(paths) == within
            for end, path in paths.items():
                ids = [one.id for one in path.roles]
                assert (ids[0], ids[-1]) == (start, end)
                assert set(itertools.pairwise(ids)) <= curated
                assert len(set(ids)) == len(ids)


@given(graphs, many_needs)
def test_no_path_is_shorter_than_the_shortest_or_easier_than_the_easiest(
    moves: list[tuple[str, str, int]], asked: list[dict[str, Proficiency]]
) -> None:
    ladders = ladders_of(moves, asked)
    for start in NAMES:
        shortest, easiest = ladders.shortest(start), ladders.easiest(start)
        for end in shortest:
            ends = [role(asked[NAMES.index(name)]) for name in (start, end)]
            assert len(shortest[end].steps) <= len(easiest[end].steps)
            steps = [path.skill_steps for path in (easiest[end], shortest[end])]
            if None not in steps:  # a role on the way that tells no skills makes the sum unknown
                assert gap(*ends).steps <= steps[0] <= steps[1]  # type: ignore[operator]
            for step in ladders.into[end]:  # what comes before the last move is a path as well
                before = shortest.get(step.start.id)
                if before or step.start.id == start:
                    moves_before = len(before.steps) if before else 0
                    assert len(shortest[end].steps) <= moves_before + 1


def test_the_times_of_a_path_are_those_of_its_moves_added_up() -> None:
    ladders = ladders_of([("a", "b", 3), ("b", "c", 4)], [{}] * len(NAMES))
    assert ladders.shortest("a")["c"].months == (7, 7)


@given(graphs, some.lists(some.tuples(some.integers(0, 3), some.integers(0, 2)), min_size=7, max_size=7))
def test_boxes_never_overlap_and_lanes_never_mix(
    moves: list[tuple[str, str, int]], places: list[tuple[int, int]]
) -> None:
    nodes = [Node(name, row, lane) for name, (row, lane) in zip(NAMES, places, strict=True)]
    layout = lay_out(nodes, [(start, end) for start, end, _ in moves if start != end])
    for row in range(4):
        inside = sorted((layout.places[node.name], node.lane) for node in nodes if node.row == row)
        assert all(right[0] - left[0] >= 1 - TINY for left, right in itertools.pairwise(inside))
        assert [lane for _, lane in inside] == sorted(lane for _, lane in inside)
        assert all(0.5 - TINY <= place <= layout.width - 0.5 + TINY for place, _ in inside)


@pytest.mark.parametrize("mode", ["shortest", "easiest"])
def test_the_real_ladders_reach_the_top_from_the_first_rung(mode: str) -> None:
    from rolebook.loading import load

    ladders = Ladders(load(PROJECT).knowledge.catalog)
    paths = getattr(ladders, mode)("customer-service-representative")
    assert "vp-customer-experience" in paths
