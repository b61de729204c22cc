"""What explains the model agrees with the model."""

import json
from itertools import pairwise
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from rolebook.reference import EXAMPLE, parts_of, reference_files, template
from rolebook.schema import LIST_FILES, Role, Skill
from rolebook.source import parse_yaml
from rolebook.validation import validate
from tests.kit import PROJECT

FILES = dict(reference_files())


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_file_is_what_the_model_says(name: str) -> None:
    written = (PROJECT / "roles" / name).read_text("utf-8")
    assert written == FILES[name], "run `python build_roles.py reference`"


def test_the_template_is_valid_and_shows_every_key() -> None:
    file, findings = parse_yaml("TEMPLATE.yml", template())
    assert file
    assert findings == []
    role, findings = validate(Role, file)
    assert findings == []
    assert role
    shown = {
        line.lstrip(" -").partition(":")[0] for line in template().splitlines() if not line.lstrip().startswith("#")
    }
    for kind in parts_of(Role):
        assert {info.alias or name for name, info in kind.model_fields.items()} <= shown, kind.__name__
    example = yaml.load(EXAMPLE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - gives text only
    assert file.plain() == example
    assert set(example) == set(Role.model_fields)


def test_every_key_of_the_template_is_explained() -> None:
    lines = template().splitlines()
    told: set[str] = set()
    for above, line in pairwise(lines):
        key = line.lstrip(" -").partition(":")[0]
        if above.lstrip().startswith("#"):
            told.add(key)
    keys = {line.lstrip(" -").partition(":")[0] for line in lines if ":" in line and not line.lstrip().startswith("#")}
    texts = {key for key in keys if " " in key}
    assert keys - texts - told == set()


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("role", "roles/c*/*.yml"),
        ("skill", "roles/vocabulary/skills/*.yml"),
        ("vocabulary", "roles/vocabulary/*.yml"),
    ],
)
def test_the_json_schema_takes_every_real_file_and_refuses_unknown_keys(schema: str, pattern: str) -> None:
    described: dict[str, Any] = json.loads(FILES[f"{schema}.schema.json"])
    Draft7Validator.check_schema(described)
    validator = Draft7Validator(described)
    for path in PROJECT.glob(pattern):
        values = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
        assert list(validator.iter_errors(values)) == [], path.name
        assert not validator.is_valid({**values, "unknown": "x"})


def test_the_page_of_fields_names_every_key() -> None:
    page = FILES["FIELDS.md"]
    for kind in (Role, Skill, *LIST_FILES.values()):
        for name in kind.model_fields:
            assert f"| `{name}` |" in page
    assert "|  |" not in page, "a field has no description"
