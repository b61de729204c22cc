"""What happens when MkDocs is called by itself: render first, then let it build.

`mkdocs build` gives the pages without the search, 404.html in all languages, sitemap.xml with languages, the links for
suggestions at each section, and the link check of `build_roles.py build`.
"""

import logging
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort

from rolebook.languages import Language, is_known
from rolebook.loading import load
from rolebook.lock import alone
from rolebook.pipeline import render
from rolebook.report import as_text
from rolebook.site.configuration import configure, read_settings
from rolebook.site.finish import set_language

_log = logging.getLogger("mkdocs.rolebook")


def on_config(config: Any) -> Any:
    """Check and render the knowledge base beside mkdocs.yml; stop the build where it has errors."""
    if config.plugins["i18n"].building:
        return config  # static-i18n builds the other languages in builds of their own
    root = Path(config.config_file_path).parent
    loaded = load(root)
    if not loaded.is_sound:
        raise Abort(as_text(loaded.findings, "Nothing was written."))
    with alone(root, _log.info):
        render(loaded, read_settings(root))
    configure(config, loaded.knowledge.catalog, loaded.knowledge.messages)
    config.watch.extend(str(root / name) for name in ("roles", "locales") if str(root / name) not in config.watch)
    return config


def on_post_page(output: str, page: Any, config: Any) -> str:  # noqa: ARG001 - MkDocs calls with names
    """Write lang and dir on a page, from the folder it came from."""
    folder = page.file.src_uri.partition("/")[0]
    return set_language(output, Language(folder)) if is_known(folder) else output
