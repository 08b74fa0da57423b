"""Places within a page that links lead to."""

from urllib.parse import quote


def anchor_of(title: str) -> str:
    """The id of the section of a page with that title: an id holds no spaces."""
    return "-".join(str(title).split())


def at(url: str, title: str) -> str:
    """The address of the section with that title on the page."""
    return f"{url}#{quote(anchor_of(title))}" if title else url
