"""Accept what is rendered and said today as expected: `make bless`, then read the difference in git."""

import shutil
import tempfile
from pathlib import Path

import yaml

from tests.cases import case_files, read_cases, said_of
from tests.kit import EXPECTED, copy_miniature
from tests.rendered import rendered_miniature


class _Block(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that a difference reads line by line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Block.add_representer(str, _text)


def bless_cases() -> None:
    """Write what is said of each case into its file."""
    for path in case_files():
        cases = read_cases(path)
        for case in cases:
            with tempfile.TemporaryDirectory() as folder:
                case["says"] = said_of(case, path.stem, copy_miniature(Path(folder) / "base"))
        path.write_text(yaml.dump(cases, Dumper=_Block, allow_unicode=True, sort_keys=False, width=1000), "utf-8")


def bless_pages() -> None:
    """Write the rendered pages of the miniature as expected."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, text in rendered_miniature().items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    bless_cases()
    bless_pages()
