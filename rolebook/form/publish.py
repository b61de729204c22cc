"""Put the form together as files: its page in every language, its scripts, and what npm installed."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from rolebook.form.config import decap_words, form_config, form_shapes, form_taken, form_words
from rolebook.pages.page import Book, Texts

FOLDER = "admin"
"""Where the form stands below the root of a language."""
ASSETS = Path(__file__).parent / "assets"
MODULES = Path(__file__).parents[2] / "node_modules"
"""Where npm installs what the form is made of; see package.json."""
_DECAP = re.compile(r"(\w+\.)?decap-cms\.js|cms\.css|\w+\.wasm")
_TEMPLATES = Environment(loader=PackageLoader("rolebook", "form"), autoescape=True, undefined=StrictUndefined)


class FormError(Exception):
    """The form cannot be served; the message says what is missing."""


def form_files() -> dict[str, Path]:
    """Give the scripts and styles of the form by their names below admin/; raise FormError where npm has not run."""
    own = {path.name: path for path in ASSETS.iterdir()}
    return {**own, **{f"vendor/{name}": path for name, path in _installed().items()}}


def _installed() -> dict[str, Path]:
    """Find what package.json asks for; source maps and a second copy of Decap are left out."""
    decap = MODULES / "decap-cms" / "dist"
    found = {path.name: path for path in sorted(decap.glob("*")) if _DECAP.fullmatch(path.name)}
    found["js-yaml.mjs"] = MODULES / "js-yaml" / "dist" / "js-yaml.mjs"
    found["transliteration.js"] = MODULES / "transliteration" / "dist" / "browser" / "bundle.umd.min.js"
    if "decap-cms.js" not in found or not all(path.is_file() for path in found.values()):
        raise FormError(
            "The form is not installed: run 'make edit', or 'npm ci --ignore-scripts' with Node 18 or newer."
        )
    return found


def form_address(book: Book) -> str:
    """Give the folder of a language's form, relative to the root of the site."""
    is_root = book.language.code == book.catalog.default_language.code
    return f"{FOLDER}/" if is_root else f"{book.language.code}/{FOLDER}/"


def form_page(book: Book) -> str:
    """Give the page that loads the form in a language."""
    texts = Texts(book, "")
    is_root = form_address(book) == f"{FOLDER}/"
    return _TEMPLATES.get_template("form.html.j2").render(
        language=book.language,
        title=texts.ui_bare("form.title", site=texts.ui_bare("site.name")),
        assets="" if is_root else f"../../{FOLDER}/",
        failed=texts.ui_bare("form.failed"),
        no_script=texts.ui_bare("form.no-script"),
    )


def form_data(book: Book, backend: Mapping[str, object], publish_mode: str, check: str = "") -> str:
    """Give what the form's script asks for: configuration, shapes, ids, words, and where to ask for a check."""
    config = form_config(book, backend, publish_mode)
    kinds = {collection["name"]: collection["format"].removeprefix("rolebook-") for collection in config["collections"]}
    whole = {
        "config": config,
        "shapes": form_shapes(),
        "kinds": kinds,
        "taken": form_taken(book.catalog),
        "words": form_words(book),
        "decap": decap_words(book.language),
        "check": check,
    }
    return json.dumps(whole, ensure_ascii=False)


def put_form(site: Path, books: Iterable[Book]) -> list[str]:
    """Put the form for the forge into a built site, in every language; give its pages.

    Each change there becomes a pull request.
    """
    for name, path in form_files().items():
        target = site / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return [_put_form_in(book, site) for book in books]


def _put_form_in(book: Book, site: Path) -> str:
    folder = site / form_address(book)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(form_page(book), "utf-8")
    backend: dict[str, object] = {"branch": book.settings.branch, **book.settings.form}
    if backend["name"] == "github":
        backend["open_authoring"] = True  # who may not write to the repository proposes from a fork
    (folder / "form.json").write_text(form_data(book, backend, "editorial_workflow"), "utf-8")
    return f"{form_address(book)}index.html"
