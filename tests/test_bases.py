"""Knowledge bases of any size, made for measuring, are like real ones."""

from pathlib import Path

import pytest

from rolebook.findings import has_errors
from rolebook.loading import load
from tests.bases import DAY, make_base
from tests.kit import PROJECT, state_of


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("bases") / "base", 60, ["en", "uk"])


def test_a_base_has_as_many_roles_as_were_asked_for_and_no_errors(base: Path) -> None:
    loaded = load(base, DAY)
    assert len(loaded.knowledge.catalog.roles) == 60
    assert [finding for finding in loaded.findings if has_errors([finding])] == []


def test_its_texts_are_translated_as_the_real_ones_are(base: Path) -> None:
    codes = {finding.code for finding in load(base, DAY).findings}
    assert codes.isdisjoint({"translation-outdated", "po-unknown", "unused-redirect"})


def test_a_role_of_a_trade_says_nothing_that_another_says(base: Path) -> None:
    roles = load(base, DAY).knowledge.catalog.roles.values()
    assert len({role.model.about for role in roles}) == len(roles)


def test_it_is_the_same_every_time(base: Path, tmp_path: Path) -> None:
    again = make_base(tmp_path / "again", 60, ["en", "uk"])
    assert state_of(again) == state_of(base)
    assert PROJECT not in again.parents
