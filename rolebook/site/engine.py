"""Build pages with MkDocs, one language at a time. All that is known of how MkDocs builds stands here."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from rolebook.addresses import GENERATED_MARK
from rolebook.failures import BuildError
from rolebook.languages import Language
from rolebook.program import digest, digest_of_files
from rolebook.site.configuration import EngineError
from rolebook.site.markdown import convert

_FRONT_MATTER_END = "\n---\n"
_EXTENSIONS = {"attr_list", "md_in_html", "tables", "toc", "fenced_code"}
"""The extensions of Markdown that `convert` does as well."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a page is made of."""

    path: str
    """Where the page goes below the site, such as uk/roles/index.html."""
    text: str
    languages: tuple[str, ...]
    """The languages that have the page."""
    file: File

    @property
    def is_generated(self) -> bool:
        """Tell a page that our templates wrote; it needs nothing but what is known here."""
        return self.text.startswith(GENERATED_MARK)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A page in another language; static-i18n reads its address."""

    url: str


class Engine:
    """MkDocs with its theme and plugins, set up for one language.

    It does what `mkdocs build` does, but with the files of this language alone, and without the detour by
    Python-Markdown for pages that need none of it.
    """

    def __init__(self, config: MkDocsConfig, language: Language, default: Language) -> None:
        self._language, self._default = language, default
        plugin: Any = config.plugins["i18n"]
        plugin.current_language, plugin.building = language.code, True  # else it goes on with the other languages
        config.plugins.on_startup(command="build", dirty=False)
        self._config = config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = Files(list(_files(config, language, default)))
        self._files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        self._documents = self._files.documentation_pages()
        self._folders = {code: Path(config.docs_dir) / code for code in plugin.all_languages}
        nav = get_navigation(self._files, config)
        self._nav = config.plugins.on_nav(nav, config=config, files=self._files)
        self._env = config.plugins.on_env(config.theme.get_env(), config=config, files=self._files)
        self._depth = _depth_of_contents(config)
        for page in self._nav.pages:  # their titles stand on every page
            self._read(page, page.file.content_string)

    @property
    def site_url(self) -> str:
        """Where the site will stand."""
        return str(self._config.site_url or "/")

    def copy_files(self) -> None:
        """Copy what stands beside the language's pages: pictures and data."""
        own = f"{self._language.code}/"
        Files([file for file in self._files if file.src_uri.startswith(own)]).copy_static_files()

    def sources(self) -> Iterator[Source]:
        """Give the file of every page of the language."""
        for file in self._documents:
            languages = tuple(code for code, folder in self._folders.items() if (folder / _below(file)).is_file())
            yield Source(file.dest_uri, file.content_string, languages, file)

    def build(self, source: Source) -> str:
        """Build a page."""
        in_navigation = source.file.page
        page = in_navigation or Page(None, source.file, self._config)
        if page.content is None:
            self._read(page, source.text)
        html = self._in_theme(page, source)
        source.file.page = in_navigation  # of all other pages nothing is needed any more
        return html

    def end(self) -> None:
        """Let plugins do what they do when all pages are built."""
        self._config.plugins.on_post_build(config=self._config)
        self._config.plugins.on_shutdown()

    @property
    def made_of(self) -> bytes:
        """Give a short name of all that every page of the language is made of, beside its source and this program."""
        configuration = Path(str(self._config.config_file_path)).read_bytes()
        theme = digest_of_files(Path(str(self._config.theme.custom_dir)))
        navigation = repr([(page.title, page.url) for page in self._nav.pages])
        return digest(self._language.code, self.site_url, configuration, theme, navigation)

    def empty_page(self) -> str:
        """Give what the theme makes of a page without any text."""
        folder = str(self._folders[self._default.code])
        page = Page(None, File("empty.md", folder, self._config.site_dir, use_directory_urls=True), self._config)
        page.markdown = page.content = ""
        context = get_context(self._nav, self._documents, self._config, page)
        return str(self._env.get_template("main.html").render(context))

    def _read(self, page: Page, text: str) -> None:
        """Make a page's contents of its source."""
        if self._depth and text.startswith(GENERATED_MARK):
            head, _, body = text.removeprefix("---\n").partition(_FRONT_MATTER_END)
            if converted := convert(body, self._depth):
                page.meta = yaml.load(head, yaml.CSafeLoader)
                page.markdown, page.content = body, converted.html
                page.toc = get_toc(converted.headings)  # type: ignore[arg-type]
                return
        self._read_with_markdown(page)

    def _read_with_markdown(self, page: Page) -> None:
        config, files = self._config, self._files
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)

    def _in_theme(self, page: Page, source: Source) -> str:
        config = self._config
        page.active = True
        vars(page.file)["alternates"] = {code: self._elsewhere(source, code) for code in source.languages}
        context = get_context(self._nav, self._documents, config, page)
        template = self._env.get_template(str(page.meta.get("template", "main.html")))
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
        html = template.render(context)
        page.active = False
        return str(config.plugins.on_post_page(html, page=page, config=config))

    def _elsewhere(self, source: Source, code: str) -> _Elsewhere:
        """Give the page in another language."""
        is_root = self._language == self._default
        url = source.file.url if is_root else source.file.url.removeprefix(f"{self._language.code}/")
        return _Elsewhere(url if code == self._default.code else f"{code}/{url.removeprefix('./')}")


def _below(file: File) -> str:
    """Give a file's path below the folder of its language."""
    return file.src_uri.partition("/")[2]


def copy_shared_files(config: MkDocsConfig) -> None:
    """Copy what the pages of all languages need: the files of the theme, and those of docs/ that are of no language."""
    files = Files(list(_files_of_no_language(config)))
    files.add_files_from_theme(config.theme.get_env(), config)
    files.copy_static_files()


def _files(config: MkDocsConfig, language: Language, default: Language) -> Iterator[File]:
    """Find the files of a language's folder; with the default language also those of no language."""
    yield from _files_below(Path(config.docs_dir) / language.code, config)
    if language == default:
        yield from _files_of_no_language(config)


def _files_of_no_language(config: MkDocsConfig) -> Iterator[File]:
    plugin: Any = config.plugins["i18n"]
    codes = {language.locale for language in plugin.config.languages}
    for path in sorted(Path(config.docs_dir).iterdir()):
        if path.is_file():
            yield _file(path, config)
        elif path.name not in codes:
            yield from _files_below(path, config)


def _files_below(folder: Path, config: MkDocsConfig) -> Iterator[File]:
    for place, names, found in os.walk(folder):
        names.sort()
        yield from (_file(Path(place) / name, config) for name in sorted(found))


def _file(path: Path, config: MkDocsConfig) -> File:
    name = path.relative_to(config.docs_dir).as_posix()
    return File(name, config.docs_dir, config.site_dir, config.use_directory_urls)


def _depth_of_contents(config: MkDocsConfig) -> range | None:
    """Give the levels of headings in the table of contents; none where `convert` cannot stand for Python-Markdown."""
    options = dict(config.mdx_configs or {})
    contents = dict(options.pop("toc", {}))
    depth = str(contents.pop("toc_depth", 6))
    if options or contents or not set(config.markdown_extensions) <= _EXTENSIONS:
        return None
    first, _, last = depth.rpartition("-")
    return range(int(first or 1), int(last) + 1)


@contextmanager
def complaints_stop() -> Iterator[None]:
    """Raise EngineError where MkDocs, its theme or a plugin warns or fails, with all that was said."""
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    try:
        yield
    except BuildError:
        raise
    except (Exception, SystemExit) as error:  # a theme or plugin may fail in any way
        if isinstance(error, OSError) and error.errno:
            raise  # the disk, and no one here
        raise EngineError("\n".join([*complaints.messages, f"{type(error).__name__}: {error}"])) from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise EngineError("\n".join(complaints.messages))


class _Complaints(logging.Handler):
    """Collects the engine's warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
