"""Mend the theme's own markup: what is no valid HTML, and what nobody reaches by keyboard."""

import re

_BUTTON = re.compile(r"<button\b(?![^>]*\btype=)")
_SEARCH = '<input class="md-toggle" data-md-toggle="search"'
_LABEL = ' for="__toc"'
_FOLDED = '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">'
_DRAWER = re.compile(r'<input class="md-toggle" data-md-toggle="drawer"([^>]*)>')
_SIGN = '<label class="md-header__button md-icon" for="__drawer">'
_MENU = re.compile(r'<nav class="md-nav md-nav--primary[^"]*" aria-label="([^"]*)"')


def mend_theme(html: str) -> str:
    """Give a page's HTML with the theme's parts as they should be."""
    html = _BUTTON.sub('<button type="button"', html)
    html = html.replace(_SEARCH, f"{_SEARCH} hidden", 1)
    if _FOLDED not in html:
        html = html.replace(_LABEL, "")  # a label of the drawer's contents on pages that are not in the drawer
    elif _LABEL not in html:
        html = html.replace(_FOLDED, "")  # their switch on pages in the drawer that have no contents
    return _without_spaces_at_ends(_with_drawer_in_reach(html))


def _with_drawer_in_reach(html: str) -> str:
    """Put the drawer's switch before its sign in the header, with the menu's name, so that the keyboard stops there."""
    switch, menu = _DRAWER.search(html), _MENU.search(html)
    if not switch or not menu or _SIGN not in html:
        return html
    named = f'<input class="md-toggle" data-md-toggle="drawer" aria-label="{menu.group(1)}"{switch.group(1)}>'
    return html.replace(switch.group(), "", 1).replace(_SIGN, f"{named}\n{_SIGN}", 1)


def _without_spaces_at_ends(html: str) -> str:
    return "\n".join(map(str.rstrip, html.split("\n")))
