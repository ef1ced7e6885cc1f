"""Draws sentences of the data set `lessons`: reads templates and joins what a scene fills in.

Knows nothing about splits, and does not remember what it drew.
"""

import re
from functools import cache

from sentiment.datasets.chance import Chance
from sentiment.datasets.lessons_scene import Scene
from sentiment.datasets.lessons_templates import Template
from sentiment.datasets.lessons_words import mended

_Parts = tuple[str | tuple[str, str], ...]

_SLOT = re.compile(r"\{([^}]*)\}")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")


class Drawing(Chance):
    """Draws the sentences of templates, the same ones from the same seed."""

    def draw(self, template: Template) -> tuple[str, str]:
        """A negative and a positive sentence that speak of the same things.

        They have no capital and no full stop yet.
        """
        scene = Scene(self, template)
        return self._one(template.texts[0], scene, 0), self._one(template.texts[1], scene, 1)

    def _one(self, text: str, scene: Scene, label: int) -> str:
        scene.judge(label)
        if "(" in text:
            text = _CHOICE.sub(lambda match: self.choice(match[1].split("|")), text)
        return mended(
            "".join(
                part if isinstance(part, str) else scene.value(part[0], part[1])
                for part in _parts(text)
            )
        )


@cache
def _parts(text: str) -> _Parts:
    """Fixed texts and slots (side, field), in the order they stand."""
    found: list[str | tuple[str, str]] = []
    end = 0
    for match in _SLOT.finditer(text):
        side, _, field = match[1].rpartition(".")
        if field == "cap":
            side, field = "", f"{side}.cap"
        found += [text[end : match.start()], (side, field)]
        end = match.end()
    return (*found, text[end:])
