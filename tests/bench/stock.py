"""The yardstick: the same Markdown through plain MkDocs with Material, static-i18n and the built-in search."""

import re
import shutil
import sys
from pathlib import Path

from tests.kit import PROJECT

COMMAND = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site")
VARIABLES = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def make_stock(rendered: Path, target: Path) -> None:
    """Make a project of the stock pipeline below a folder, with the Markdown that was rendered."""
    shutil.copytree(rendered / "docs", target / "docs")
    shutil.copytree(PROJECT / "overrides", target / "overrides")
    configuration = (PROJECT / "mkdocs.yml").read_text("utf-8")
    configuration = re.sub(r"^hooks:\n  - build_roles\.py\n", "", configuration, flags=re.MULTILINE)
    configuration = configuration.replace("plugins:\n", "plugins:\n  - search\n", 1)
    (target / "mkdocs.yml").write_text(configuration, "utf-8")


def pages_of(site: Path) -> set[str]:
    """Give the pages of a site; those of the stock pipeline hold one for 404.html, which it cannot make in itself."""
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return pages - {"404.html", "not-found/index.html"}
