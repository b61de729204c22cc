"""The data files: as their schemas say, safe in spreadsheets, and in agreement with the pages."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rolebook.pages.datasets import DATASETS
from tests.kit import load_miniature
from tests.rendered import data_of, data_of_miniature, rendered_miniature

LANGUAGES = ("en", "uk", "ar")


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return data_of_miniature()


def read(files: Mapping[str, str], name: str) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(files[name])
    return parsed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_json_file_is_as_the_schema_it_names(files: Mapping[str, str], language: str) -> None:
    folder = f"{language}/data/"
    checked = set()
    for name in files:
        if not name.startswith(folder) or not name.endswith(".json") or name.endswith(".schema.json"):
            continue
        parsed = read(files, name)
        schema = f"{folder}{str(parsed['$schema']).removeprefix('../')}"
        Draft202012Validator.check_schema(read(files, schema))
        Draft202012Validator(read(files, schema)).validate(parsed)
        checked.add(schema.removeprefix(folder).removesuffix(".schema.json"))
        assert parsed["language"] == language
    assert checked == set(DATASETS)


def test_every_address_in_the_data_is_a_page(files: Mapping[str, str]) -> None:
    pages = {f"/{name.partition('/')[2].removesuffix('index.md')}" for name in rendered_miniature()}
    for name, key in (("roles", "roles"), ("skills", "skills"), ("tools", "tools"), ("moves", "moves")):
        for item in read(files, f"en/data/{name}.json")[key]:  # type: ignore[attr-defined]
            if isinstance(item, dict):
                assert item["url"].removeprefix("..") in pages


def test_a_text_that_is_not_quite_the_readers_is_named_with_its_state(files: Mapping[str, str]) -> None:
    states = read(files, "uk/data/roles/lead.json")["states"]
    assert isinstance(states, dict)
    assert states["lead.duties.plan-shifts.text"] == "missing"
    assert "outdated" in states.values()
    assert read(files, "en/data/roles/lead.json")["states"] == {}


def test_a_role_is_found_under_its_former_name_but_not_under_that_of_one_it_replaced(files: Mapping[str, str]) -> None:
    assert files["uk/data/roles/counsellor.json"] == files["uk/data/roles/adviser.json"]
    assert "uk/data/roles/farrier.json" not in files


def test_the_paths_of_a_role_begin_at_it_and_end_where_they_say(files: Mapping[str, str]) -> None:
    paths = read(files, "en/data/roles/adviser.json")["paths"]
    mechanic = {"roles": ["adviser", "mechanic"], "months": [1, 1], "steps": None}  # a draft without skills
    lead = {"roles": ["adviser", "lead"], "months": [12, 21], "steps": 3}
    assert paths == [
        {"to": "mechanic", "shortest": mechanic, "easiest": mechanic},
        {"to": "lead", "shortest": lead, "easiest": lead},
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_read_by_spreadsheets_and_hold_no_formula(files: Mapping[str, str], language: str) -> None:
    tables = {name: text for name, text in files.items() if name.startswith(f"{language}/") and name.endswith(".csv")}
    assert len(tables) == 7
    for name, text in tables.items():
        assert text.startswith("\ufeff")
        head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
        assert rows, name
        assert all(len(row) == len(head) for row in rows), name
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row), name
    assert "'=1+1 strings" in files["en/data/tools.csv"]


def test_language_models_find_every_role_under_its_full_address(files: Mapping[str, str]) -> None:
    text = files["uk/llms.txt"]
    assert text.startswith("# ")
    assert "(https://example.org/handbook/uk/roles/adviser/)" in text
    assert "<guide>" not in files["en/llms.txt"]


def test_a_text_of_several_lines_stays_on_the_line_of_its_role_for_language_models(miniature: Path) -> None:
    role = miniature / "roles/care/lead.yml"
    role.write_text(role.read_text("utf-8").replace("title: Desk lead", 'title: "Lead\\n\\n## Heading"'), "utf-8")
    assert "\n## Heading" not in data_of(load_miniature(miniature))["en/llms.txt"]
