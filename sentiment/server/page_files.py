"""The files of the page, read once; no request ever names a path on this machine."""

from pathlib import Path

PAGE = Path(__file__).parent / "page"
INDEX = "index.html"

_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def page_files() -> dict[str, tuple[bytes, str]]:
    """Content and media type of each file of the page, by the path it is asked for."""
    files = {
        f"/{path.name}": (path.read_bytes(), _MEDIA_TYPES[path.suffix])
        for path in sorted(PAGE.iterdir())
        if path.suffix in _MEDIA_TYPES
    }
    return {"/": files[f"/{INDEX}"], **files}
