"""What all pictures share: files, the styles of lines, texts shown as they are.

Every picture has a title, axis labels with units and a legend, and can be read in black and white:
colours grow steadily lighter, and lines differ in more than colour. matplotlib is imported where
a picture is drawn; its `pyplot` and what that keeps are left alone.
"""

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sentiment.errors import ConfigError
from sentiment.report.text import shortened

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
COLOUR_MAP = "cividis"  # its lightness grows steadily, and the colour-blind see it as others do
LINE_STYLES: tuple[dict[str, Any], ...] = (  # settings of matplotlib's `Line2D`, dark to light
    {"color": "#10284f", "linestyle": "-", "marker": "o"},
    {"color": "#bd3a3a", "linestyle": "--", "marker": "s"},
    {"color": "#3fa7a0", "linestyle": "-.", "marker": "^"},
    {"color": "#e8b020", "linestyle": ":", "marker": "D"},
)

_DPI = 100
_COMPRESSION = 1  # of 9; more takes as long as to draw
_CELLS = ("gru", "lstm", "simple_rnn", "bow")  # in the order of `LINE_STYLES`
_FILLS = ("full", "none", "left", "top", "right", "bottom")


def cell_style(cell: str, model: int = 0) -> dict[str, Any]:
    """How a cell's line looks in every picture, as in `LINE_STYLES`.

    Args:
        cell: of `config.CELLS`; decides colour, dashes and marker.
        model: which of several models of one cell, from 0; decides how markers are filled.
    """
    return {**LINE_STYLES[_CELLS.index(cell)], "fillstyle": _FILLS[model % len(_FILLS)]}


def check_picture_path(path: Path) -> None:
    """Say early that a picture cannot be written under this name.

    Raises:
        ConfigError: its suffix is not one of `SUFFIXES`, or there is no such folder.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(f"cannot draw {str(path)!r}; end the picture's name in .png or .svg")
    if not path.parent.is_dir():
        raise ConfigError(f"cannot write {path}: there is no folder {path.parent}")


def save_figure(figure: "Figure", path: Path) -> None:
    """Write a picture as its suffix says, in place of what was there.

    The same record gives the same bytes. Text in an SVG stays text.

    Raises:
        ConfigError: as in `check_picture_path`, or the file cannot be written.
    """
    from matplotlib import rc_context

    check_picture_path(path)
    content = BytesIO()
    with (
        rc_context({"svg.fonttype": "none", "svg.hashsalt": "sentiment", "text.hinting": "none"}),
        warnings.catch_warnings(),
    ):
        # A word in letters that the font lacks, such as Korean, becomes boxes.
        warnings.filterwarnings("ignore", "Glyph ", UserWarning)
        # `Figure.savefig` would go through everything twice.
        if path.suffix.lower() == ".svg":
            from matplotlib.backends.backend_svg import FigureCanvasSVG

            FigureCanvasSVG(figure).print_svg(  # type: ignore[no-untyped-call]
                content, metadata={"Date": None}
            )
        else:
            from matplotlib.backends.backend_agg import FigureCanvasAgg

            figure.set_dpi(_DPI)
            canvas = FigureCanvasAgg(figure)
            canvas.print_png(  # type: ignore[no-untyped-call]
                content, pil_kwargs={"compress_level": _COMPRESSION}
            )
    try:
        path.write_bytes(content.getvalue())
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror or error}") from error


def literal(text: str, most: int) -> str:
    """A text on one line, cut where it is long, as matplotlib shows it unchanged.

    Control characters become U+FFFD, and `$` begins no formula.
    """
    shown = "".join(c if c.isprintable() else "\ufffd" for c in shortened(text, most))
    return shown.replace("$", r"\$")
