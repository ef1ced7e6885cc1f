"""The tokenizer's rules in TensorFlow's own operations: texts → token ids, within a graph.

Follows `tokenizer`, rule by rule, so that a SavedModel needs no Python of ours. What differs:
TensorFlow's regular expressions (RE2) neither look ahead nor fold two letters into one sign, so
numbers that run into a word are taken apart before words are looked for, and the ligature of “st”
is spelled out in the tags; Unicode's normal form is computed from tables. The ids are the
tokenizer's for every text that is UTF-8.
"""

import re
from collections.abc import Mapping

import tensorflow as tf

from sentiment.errors import ModelError
from sentiment.export.characters import Characters, read_characters
from sentiment.tokenizer import ENTITIES, INVISIBLE, TAG, UNKNOWN_ID, Tokenizer

_START, _END, _BREAK = "\x01", "\x02", "\x03"  # never in a word: the tokenizer drops them


class GraphTokenizer(tf.Module):  # type: ignore[misc]
    """Makes token ids of texts, with the vocabulary of a tokenizer.

    Args:
        tokenizer: whose rules must be those of this version.

    Raises:
        ModelError: the tokenizer has other rules.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__(name="tokenizer")
        if not tokenizer.has_known_rules:
            raise ModelError(
                "the tokenizer of this model has rules of another version, which cannot be put "
                "into a SavedModel; train the model again, or export it as keras or onnx"
            )
        known = read_characters()
        words = {token: number for number, token in enumerate(tokenizer.vocabulary)}
        self._ids = _table(words, tf.int32, UNKNOWN_ID)
        self._decomposed = _table(known.decomposed, tf.string, "")
        self._composed = _table(known.composed, tf.string, "")
        self._combining = _table(known.combining, tf.int32, 0)
        self._lowered = _table(known.lowered, tf.string, "")
        # "<ﬆrong>" is a tag to whoever folds case by Unicode's full rules.
        tag = TAG.replace(r"\s", f"[{known.spaces}]").replace("|st", "|(?:st|ﬅ|ﬆ)")
        self._before = [(tag, " "), *((f"(?i){each}", to) for each, to in ENTITIES)]
        self._before.append((_points(INVISIBLE), ""))
        self._patterns = _Patterns(known)

    def __call__(self, texts: tf.Tensor) -> tf.RaggedTensor:
        """Token ids of texts, uncut.

        Args:
            texts: string [num_texts], UTF-8.

        Returns:
            int32 [num_texts, (num_tokens)].
        """
        texts = tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8")
        for pattern, to in self._before:
            texts = tf.strings.regex_replace(texts, pattern, to.replace("\\", r"\\"))
        texts = self._normalised(texts)
        return tf.ragged.map_flat_values(self._ids.lookup, self._patterns.words(texts))

    def _normalised(self, texts: tf.Tensor) -> tf.Tensor:
        """NFKC, one apostrophe, lower case, string [num_texts]."""
        num_texts = tf.shape(texts)[0]
        characters = tf.strings.unicode_split(texts, "UTF-8")
        texts = tf.strings.reduce_join(
            tf.ragged.map_flat_values(_mapped, characters, self._decomposed), axis=1
        )
        characters = tf.strings.unicode_split(texts, "UTF-8")
        flat, rows = self._composed_in(characters.flat_values, characters.value_rowids())
        return tf.strings.unsorted_segment_join(_mapped(flat, self._lowered), rows, num_texts)

    def _composed_in(self, flat: tf.Tensor, rows: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Put decomposed texts into canonical order, and compose them.

        The Unicode Standard, sections 3.11, D109, and D117. All texts are done at once, a pair of
        each starter a round.

        Args:
            flat: string [num_characters], of all texts.
            rows: int64 [num_characters], which text each is of.
        """
        classes = self._combining.lookup(flat)
        groups = tf.cumsum(tf.cast(_begins(classes, rows), tf.int32))
        # A stable sort by group, then by class: starters, of class 0, stay where they are.
        keys = tf.cast(groups, tf.int64) * 256 + tf.cast(classes, tf.int64)
        flat = tf.gather(flat, tf.argsort(keys, stable=True))

        def compose(
            flat: tf.Tensor, rows: tf.Tensor, _: tf.Tensor
        ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
            classes = self._combining.lookup(flat)
            places = tf.range(tf.shape(flat)[0])
            begins = _begins(classes, rows)
            first = tf.cast(tf.where(begins)[:, 0], tf.int32)
            before = tf.maximum(places - 1, 0)
            own_first = tf.gather(first, tf.cumsum(tf.cast(begins, tf.int32)) - 1)
            base = tf.where(begins, before, own_first)
            free = (base == before) | (tf.gather(classes, before) < classes)
            free &= (places > 0) & (tf.gather(rows, before) == rows)
            found = self._composed.lookup(tf.gather(flat, base) + flat)
            fits = free & (found != "")
            fits &= ~tf.gather(fits, base)
            nearest = tf.math.unsorted_segment_min(
                tf.where(fits, places, tf.size(places)), base, tf.size(places)
            )
            taken = fits & (tf.gather(nearest, base) == places)
            flat = tf.tensor_scatter_nd_update(flat, base[taken][:, None], found[taken])
            return flat[~taken], rows[~taken], tf.reduce_any(taken)

        shapes = (tf.TensorShape([None]), tf.TensorShape([None]), tf.TensorShape([]))
        flat, rows, _ = tf.while_loop(
            lambda _flat, _rows, goes_on: goes_on, compose, (flat, rows, True), shapes
        )
        return flat, rows


class _Patterns:
    """Finds the words of normalised texts."""

    def __init__(self, known: Characters) -> None:
        letter_or_mark = f"[{known.letters}{known.marks}]"
        number, letter = f"[{known.numbers}]", f"[{known.letters}]"
        inner = f"[{known.letters}{known.numbers}{known.marks}]"
        tail = f"{inner}*(?:'{inner}+)*"
        self._no_word = f"[^{known.letters}{known.numbers}{known.marks}{known.others}]"
        self._loose = f"({number})([.,/:])({number}+(?:{letter_or_mark}|{_BREAK}))"
        self._word = "|".join(
            [
                f"{number}+{letter_or_mark}{tail}",
                f"{number}+(?:[.,/:]{number}+)*",
                f"{letter}{tail}",
                r"\.{2,}",
                f"[{known.others}]",
            ]
        )

    def words(self, texts: tf.Tensor) -> tf.RaggedTensor:
        """Words in order, string [num_texts, (num_words)]."""
        texts = tf.strings.regex_replace(texts, self._no_word, " ")

        def loosen(texts: tf.Tensor, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            # "3.5" is one word, and "3.5a" is "3", "." and "5a".
            loose = tf.strings.regex_replace(texts, self._loose, rf"\1{_BREAK}\2{_BREAK}\3")
            return loose, tf.reduce_any(loose != texts)

        texts, _ = tf.while_loop(lambda _texts, goes_on: goes_on, loosen, (texts, True))
        texts = tf.strings.regex_replace(texts, self._word, rf"{_START}\0{_END}")
        texts = tf.strings.regex_replace(texts, rf"(?:\A|{_END})[^{_START}]*", "")
        words = tf.strings.split(texts, _START)
        return tf.ragged.boolean_mask(words, words != "")


def _table(
    values: Mapping[str, str] | Mapping[str, int], kind: tf.DType, default: str | int
) -> tf.lookup.StaticHashTable:
    keys = tf.constant(list(values), tf.string)
    initializer = tf.lookup.KeyValueTensorInitializer(
        keys, tf.constant(list(values.values()), kind)
    )
    return tf.lookup.StaticHashTable(initializer, tf.constant(default, kind))


def _mapped(flat: tf.Tensor, table: tf.lookup.StaticHashTable) -> tf.Tensor:
    """What a table makes of characters; one that it does not have stays."""
    found = table.lookup(flat)
    return tf.where(found == "", flat, found)


def _begins(classes: tf.Tensor, rows: tf.Tensor) -> tf.Tensor:
    """Whether a starter, or another text, begins at each character, bool [num_characters]."""
    is_first = tf.concat([tf.ones_like(rows[:1], tf.bool), rows[1:] != rows[:-1]], axis=0)
    return (classes == 0) | is_first


def _points(pattern: str) -> str:
    r"""A pattern with `\uXXXX` as RE2 writes it, `\x{XXXX}`."""
    return re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", pattern)
