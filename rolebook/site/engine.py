"""Build pages with MkDocs, one language at a time. All that is known of how MkDocs builds stands here."""

import logging
import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from jinja2 import TemplateError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.meta import find_referenced_templates
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from rolebook.failures import BuildError
from rolebook.front_matter import harmless
from rolebook.generated import GENERATED_MARK, is_generated
from rolebook.languages import Language
from rolebook.program import digest, digest_of_files
from rolebook.site.configuration import EngineError, own_theme
from rolebook.site.markdown import convert

Rendered: TypeAlias = Mapping[str, Callable[[], str]]
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
        return _is_ours(self.file, self.text)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A page in another language; static-i18n reads its address."""

    url: str


class _Compiled(BytecodeCache):
    """Remembers the theme's templates as they were compiled, which takes longer than to build ten pages."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Engine:
    """MkDocs with its theme and plugins, set up for one language.

    It does what `mkdocs build` does, but with the files of this language alone, and without the detour by
    Python-Markdown for pages that need none of it. `pages` are the paths of those of all languages below docs/, where
    those of this language stand; unless it is given `rendered`: how each of the generated ones is rendered.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        language: Language,
        default: Language,
        pages: Collection[str],
        rendered: Rendered | None = None,
    ) -> None:
        self._language, self._default, self._pages, self._rendered = language, default, pages, rendered or {}
        plugin: Any = config.plugins["i18n"]
        plugin.current_language, plugin.building = language.code, True  # else it goes on with the other languages
        config.plugins.on_startup(command="build", dirty=False)
        self._config = config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = Files([*_files(config, language, default, is_whole=rendered is None), *self._rendered_files(config)])
        self._files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        self._documents = self._files.documentation_pages()
        self._codes = tuple(plugin.all_languages)
        nav = get_navigation(self._files, config)
        self._nav = config.plugins.on_nav(nav, config=config, files=self._files)
        env = config.theme.get_env()
        env.bytecode_cache = _COMPILED
        self._env = config.plugins.on_env(env, config=config, files=self._files)
        self._depth = _depth_of_contents(config)
        for file in self._documents:
            file.page = None  # MkDocs makes all pages at once, and they would keep what they say
        for page in self._nav.pages:  # their titles stand on every page
            page.file.page = page
            self._read(page, self._text(page.file))

    def _rendered_files(self, config: MkDocsConfig) -> Iterator[File]:
        own = f"{self._language.code}/"
        return (_file(path, config) for path in self._rendered if path.startswith(own))

    def _text(self, file: File) -> str:
        render = self._rendered.get(file.src_uri)
        return render() if render else file.content_string

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
        return map(self._source, self._documents)

    def find(self, path: str) -> Source | None:
        """Give the file that a page below the site is made of."""
        file = self._by_path.get(path)
        return self._source(file) if file else None

    @cached_property
    def _by_path(self) -> dict[str, File]:
        return {file.dest_uri: file for file in self._documents}

    def _source(self, file: File) -> Source:
        below = file.src_uri.partition("/")[2]
        languages = tuple(code for code in self._codes if f"{code}/{below}" in self._pages)
        return Source(file.dest_uri, self._text(file), languages, file)

    def build(self, source: Source) -> str:
        """Build a page."""
        in_navigation = source.file.page
        page = in_navigation or Page(None, source.file, self._config)
        if page.content is None:
            self._read(page, source.text)
        html = self._in_theme(page, source)
        source.file.page = in_navigation  # of all other pages nothing is needed any more
        page.markdown, page.content = "", None  # and of these their titles alone
        return html

    def end(self) -> None:
        """Let plugins do what they do when all pages are built."""
        self._config.plugins.on_post_build(config=self._config)
        self._config.plugins.on_shutdown()

    @cached_property
    def made_of(self) -> bytes:
        """Give a short name of all that every page of the language is made of, beside its source and this program."""
        configuration = Path(str(self._config.config_file_path)).read_bytes()
        theme = digest_of_files(own_theme(self._config))
        navigation = repr([(page.title, page.url) for page in self._nav.pages])
        return digest(self._language.code, self.site_url, configuration, theme, navigation)

    def empty_page(self) -> str:
        """Give what the theme makes of a page without any text."""
        page = Page(
            None,
            File("empty.md", str(self._config.docs_dir), self._config.site_dir, use_directory_urls=True),
            self._config,
        )
        page.markdown = page.content = ""
        context = get_context(self._nav, self._documents, self._config, page)
        return str(self._env.get_template("main.html").render(context))

    def _read(self, page: Page, text: str) -> None:
        """Make a page's contents of its source."""
        if self._depth and _is_ours(page.file, text):
            head, _, body = text.removeprefix("---\n").partition(_FRONT_MATTER_END)
            if converted := convert(body, self._depth):
                page.meta = yaml.load(head, yaml.CSafeLoader)
                page.markdown, page.content = body, converted.html
                page.toc = get_toc(converted.headings)  # type: ignore[arg-type]
                return
        self._read_with_markdown(page, text)

    def _read_with_markdown(self, page: Page, text: str) -> None:
        if page.file.src_uri in self._rendered:
            page.file.content_string = text
        config, files = self._config, self._files
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        if not _is_ours(page.file, text):
            page.meta = harmless(page.meta)
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


def _is_ours(file: File, text: str) -> bool:
    """Tell a page that our templates wrote; the mark alone may stand above any."""
    return text.startswith(GENERATED_MARK) and is_generated(file.src_uri)


def copy_shared_files(config: MkDocsConfig) -> None:
    """Copy what the pages of all languages need: the files of the theme, and those of docs/ that are of no language."""
    files = Files(list(_files_of_no_language(config)))
    files.add_files_from_theme(config.theme.get_env(), config)
    files.copy_static_files()


def compile_templates(config: MkDocsConfig) -> None:
    """Compile the theme's templates once for all languages, whose processes have then what is compiled here.

    One that is missing may never be used, and one that needs what a plugin brings is compiled later.
    """
    env = config.theme.get_env()
    env.bytecode_cache = _COMPILED
    names = ["main.html"]
    for name in names:
        with suppress(TemplateError):
            env.get_template(name)
            source, *_ = env.loader.get_source(env, name)  # type: ignore[union-attr]
            named = find_referenced_templates(env.parse(source))
            names += [other for other in named if other and other not in names]


def _files(config: MkDocsConfig, language: Language, default: Language, *, is_whole: bool) -> Iterator[File]:
    """Find a language's files, all or those written by hand; with the default language also those of no language."""
    found = _paths_below(Path(config.docs_dir) / language.code, config)
    yield from (_file(path, config) for path in found if is_whole or not is_generated(path))
    if language == default:
        yield from _files_of_no_language(config)


def _files_of_no_language(config: MkDocsConfig) -> Iterator[File]:
    plugin: Any = config.plugins["i18n"]
    codes = {language.locale for language in plugin.config.languages}
    for path in sorted(Path(config.docs_dir).iterdir()):
        if path.is_file():
            yield _file(path.name, config)
        elif path.name not in codes:
            yield from (_file(below, config) for below in _paths_below(path, config))


def _paths_below(folder: Path, config: MkDocsConfig) -> Iterator[str]:
    """Give the files below a folder, by their paths below docs/."""
    for place, names, found in os.walk(folder):
        names.sort()
        below = Path(place).relative_to(config.docs_dir).as_posix()
        yield from (f"{below}/{name}" for name in sorted(found))


def _file(path: str, config: MkDocsConfig) -> File:
    return File(path, config.docs_dir, config.site_dir, config.use_directory_urls)


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
        raise _failed([*complaints.messages, f"{type(error).__name__}: {error}"]) from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise _failed(complaints.messages)


def _failed(messages: list[str]) -> EngineError:
    return EngineError("\n".join(["The site could not be built:", *messages]))


class _Complaints(logging.Handler):
    """Collects the engine's warnings and errors; a server that runs beside it in another thread has its own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.messages.append(record.getMessage())
