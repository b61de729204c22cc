"""The same knowledge base gives the same site, to the byte, wherever and however it is built."""

from pathlib import Path

from tests.building import Surroundings, published
from tests.kit import copy_miniature

HERE = Surroundings("here", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "ROLEBOOK_PROCESSES": "1"})
ELSEWHERE = Surroundings(
    "elsewhere",
    {
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "ROLEBOOK_PROCESSES": "3",
    },
    umask=0o077,
)


def test_place_hash_seed_time_zone_locale_umask_and_cores_change_no_byte_and_no_mode(tmp_path: Path) -> None:
    sites = []
    for surroundings, folder in ((HERE, "a"), (ELSEWHERE, "b/further down/b")):
        root = copy_miniature(tmp_path / folder)
        code, said = surroundings.build(root)
        assert code == 0, said
        sites.append(published(root / "site"))
    assert sites[0] == sites[1]


def test_a_day_that_is_no_number_is_refused(miniature: Path) -> None:
    code, said = Surroundings(day="yesterday").build(miniature)
    assert code == 1
    assert "SOURCE_DATE_EPOCH must be a number of seconds" in said
    assert "Traceback" not in said
