"""How much of everything is read: each limit by name, so that no file can take all time or memory.

`roles/RULES.md` lists them, made from what stands here.
"""

FILE_BYTES = 256 * 1024
"""Bytes of a YAML file or of a page written by hand."""
DEPTH = 12
"""Lists and keys inside each other."""
VALUES = 10_000
"""Values of a YAML file."""
KEYS = 200
"""Keys of one block."""
ITEMS = 2_000
"""Items of one list."""
FILES = 100_000
"""Files and folders below a folder of roles/, locales/ or docs/."""
FOLDERS = 20
"""Folders inside each other."""
ASSET_BYTES = 16 * 1024 * 1024
"""Bytes of a picture or another file beside pages written by hand."""
LANGUAGES = 100
"""Languages of a site."""

ID = 63
"""Characters of an id."""
TITLE = 200
"""Characters of a text without markup, such as a title."""
TEXT = 4_000
"""Characters of a text that may hold markup."""
NAMES = 20
"""Other names of one thing."""
NAME = 120
"""Characters of one other name."""
PRODUCT_NAME = 100
"""Characters of a product's name."""
MONTHS = 240
"""Months that a move or a way in takes."""
SEARCH_WORDS = 1_000
"""Characters of the words that people type for one page."""
EXCEPTION_PLACE = 300
"""Characters of the place of an exception."""
EXCEPTION_REASON = 500
"""Characters of the reason for an exception."""
CODE = 20
"""Characters of a code of a classification, and of its version."""

PO_BYTES = 4 * 1024 * 1024
"""Bytes of a translation file."""
PO_ENTRIES = 20_000
"""Texts of a translation file."""
PO_TEXT = 16_000
"""Characters of a source, of a translation or of its remarks, with what stands around them in the file."""
PO_LINES = 1_000
"""Lines of one text, or of the remarks above it, in a translation file."""

TABLE_BYTES = 16 * 1024 * 1024
"""Bytes of a table for translators."""
TABLE_UNPACKED = 128 * 1024 * 1024
"""Bytes of a table for translators when it is unpacked."""
TABLE_ROWS = 100_000
"""Rows of a table for translators."""
TABLE_COLUMNS = 30
"""Columns of a table for translators; those beyond are not read."""

FORMER_BYTES = 8 * 1024 * 1024
"""Bytes of a file of a former state; a larger one is told by its size alone."""
FINDINGS_OF_A_KIND = 100
"""Invisible characters of one file that are told one by one."""
REPORT_ROWS = 1_000
"""Findings in the table of a report, which a job summary of GitHub has room for; below it the others are counted."""
