"""Two things that docstrings say in this project's own way, for mkdocstrings.

Shapes such as `<float32>[num_texts]` become code: Markdown takes `<float32>` for a tag of HTML, and
would drop it. What `config` says of a setting beside its default becomes the setting's docstring.
"""

import ast
import re
from typing import Any

import griffe

SHAPE = re.compile(r"`?(<(?:any|bool|float|int|str)\d*>(?:\[[^\]]*\])?)`?")


class Docstrings(griffe.Extension):
    """Rewrites docstrings as they are read; imports nothing of what it reads."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Set every shape of a module, class, function or attribute as code."""
        if obj.docstring:
            obj.docstring.value = SHAPE.sub(r"`\1`", obj.docstring.value)

    def on_attribute_instance(self, *, attr: griffe.Attribute, **_: Any) -> None:
        """Give a setting its default for a value, and its help for a docstring."""
        value = attr.value
        if isinstance(value, griffe.ExprCall) and str(value.function) == "_setting":
            attr.value, described = value.arguments[:2]
            attr.docstring = griffe.Docstring(ast.literal_eval(str(described)), parent=attr)
