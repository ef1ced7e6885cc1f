"""Text → words → token ids, word level, so that order, gates and explanations are about words.

All rules stand in one Hugging Face `tokenizers` file, so that what was trained is what predicts:
Unicode NFKC, HTML tags to spaces and entities to characters, one apostrophe, lower case; then a
word is a number (`8/10`, `3.5`), letters and digits with apostrophes inside (`don't`), a run of
full stops, or any other single character that is not a space. Knows nothing about labels, batches
or networks.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import tokenizers
from numpy.typing import NDArray
from tokenizers import Regex, models, normalizers, pre_tokenizers, trainers

from sentiment.errors import ModelError
from sentiment.words import is_sentence_end

if TYPE_CHECKING:
    from sentiment.ascii_words import AsciiTokenizer

PADDING_ID = 0
UNKNOWN_ID = 1
PADDING = "[PAD]"
UNKNOWN = "[UNK]"
MIN_FREQUENCY = 2
MANY = 1_024  # texts that are worth the loading of compiled rules

TAG = (
    r"(?i)</?(?:a|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small"
    r"|span|strike|strong|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>]{0,500})?\s*/?>"
)
ENTITIES = (
    ("&(?:nbsp|#0*160|#x0*a0);", " "),
    ("&(?:quot|ldquo|rdquo|#0*34|#x0*22);", '"'),
    ("&(?:apos|lsquo|rsquo|#0*39|#x0*27|#0*8217|#x0*2019);", "'"),
    ("&(?:hellip|#0*8230|#x0*2026);", "..."),
    ("&(?:lt|#0*60|#x0*3c);", "<"),
    ("&(?:gt|#0*62|#x0*3e);", ">"),
    ("&(?:amp|#0*38|#x0*26);", "&"),  # last, so that "&amp;lt;" becomes "&lt;"
)
INVISIBLE = r"[\u00ad\u200c\u200d\u2060\ufeff]"
APOSTROPHES = "‘’ʼ`´′"
_WORD = (
    r"\p{N}++(?:[.,/:]\p{N}++)*+(?![\p{L}\p{M}])"
    r"|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'[\p{L}\p{N}\p{M}]+)*"
    r"|\.{2,}"
    r"|[^\w\s\p{C}]|_"
)


@dataclass(frozen=True)
class Word:
    """A word of a text.

    Attributes:
        token: as the vocabulary spells it.
        surface: as the text spells it, wherever that spelling alone gives the same token; else
            (an entity, half of "½") the token.
    """

    token: str
    surface: str


@dataclass(frozen=True)
class TokenIds:
    """Token ids of many texts, one behind the other.

    Attributes:
        flat: <int32>[num_tokens], the ids of all texts.
        offsets: <int64>[num_texts + 1]; text i is `flat[offsets[i]:offsets[i + 1]]`.
    """

    flat: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "TokenIds":
        """Join ids of single texts."""
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=offsets[1:])
        flat = np.fromiter(chain.from_iterable(rows), np.int32, count=int(offsets[-1]))
        return cls(flat, offsets)

    @classmethod
    def concatenate(cls, parts: Sequence["TokenIds"]) -> "TokenIds":
        """All texts of several collections, in order."""
        lengths = np.concatenate([[0], *(part.lengths for part in parts)])
        flat = np.concatenate([np.zeros(0, np.int32), *(part.flat for part in parts)])
        return cls(flat, np.cumsum(lengths, dtype=np.int64))

    def take(self, rows: NDArray[np.int64]) -> "TokenIds":
        """The texts at `rows`, <int64>[num_rows], in that order."""
        offsets = np.concatenate([[0], np.cumsum(self.lengths[rows])])
        return TokenIds(np.concatenate([self.flat[:0], *(self[row] for row in rows)]), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> NDArray[np.int32]:
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.flat[self.offsets[index] : self.offsets[index + 1]]

    def __iter__(self) -> Iterator[NDArray[np.int32]]:
        return (self[index] for index in range(len(self)))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """<int64>[num_texts], tokens of each text."""
        return np.diff(self.offsets)


class Tokenizer:
    """The vocabulary and the rules that make token ids of texts.

    Ids follow frequency: 0 is padding, 1 any word the vocabulary does not have, 2 the commonest.
    """

    def __init__(self, backend: tokenizers.Tokenizer) -> None:
        self._backend = backend

    @classmethod
    def train(cls, texts: Iterable[str], vocabulary_size: int) -> "Tokenizer":
        """Learn the commonest words of `texts` that occur at least twice.

        Args:
            texts: training and unlabelled texts; never validation or test.
            vocabulary_size: most ids to give, padding and unknown included.
        """
        backend = _backend({})
        trainer = trainers.WordLevelTrainer(
            vocab_size=vocabulary_size,
            min_frequency=MIN_FREQUENCY,
            special_tokens=[PADDING, UNKNOWN],
            show_progress=False,
        )
        backend.train_from_iterator(texts, trainer)
        # The trainer also marks the two special tokens to be found in texts; a new backend with
        # the same vocabulary does not, so that a text that says "[PAD]" is read as words.
        return cls(_backend(backend.get_vocab()))

    @classmethod
    def from_json(cls, text: str) -> "Tokenizer":
        """Read back what `to_json` wrote.

        Raises:
            ModelError: it is not a word-level tokenizer of this package.
        """
        try:
            backend = tokenizers.Tokenizer.from_str(text)
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError(f"not a tokenizer file: {error}") from error
        if [backend.id_to_token(PADDING_ID), backend.id_to_token(UNKNOWN_ID)] != [PADDING, UNKNOWN]:
            raise ModelError("not a tokenizer file of this package: ids 0 and 1 are taken")
        return cls(backend)

    def to_json(self) -> str:
        """The whole tokenizer, as Hugging Face `tokenizers` writes it."""
        text: str = self._backend.to_str()
        return text

    @cached_property
    def has_known_rules(self) -> bool:
        """Whether it splits texts by the rules of this module, which a file may have others of."""
        own, known = (json.loads(each.to_str()) for each in (self._backend, _backend({})))
        return all(own[part] == known[part] for part in ("normalizer", "pre_tokenizer"))

    @property
    def vocabulary_size(self) -> int:
        """Number of token ids, padding and unknown included."""
        size: int = self._backend.get_vocab_size()
        return size

    @cached_property
    def vocabulary(self) -> list[str]:
        """Token of each id."""
        ids = self._backend.get_vocab()
        return sorted(ids, key=ids.__getitem__)

    @cached_property
    def sentence_ends(self) -> NDArray[np.bool_]:
        """<bool>[vocabulary_size], whether each token ends a sentence."""
        return np.array([is_sentence_end(token) for token in self.vocabulary])

    def words(self, text: str) -> list[Word]:
        """The words of a text in order, known to the vocabulary or not."""
        normalize = cache(self._backend.normalizer.normalize_str)
        tokens = self._backend.pre_tokenizer.pre_tokenize_str(normalize(text))
        words = []
        spans = self._backend.encode(text).offsets
        for (token, _), (start, end) in zip(tokens, spans, strict=True):
            surface = text[start:end]
            words.append(Word(token, surface if normalize(surface) == token else token))
        return words

    def encode(self, text: str) -> NDArray[np.int32]:
        """Token ids of one text, <int32>[num_tokens], uncut."""
        return np.array(self._backend.encode(text).ids, np.int32)

    def encode_batch(self, texts: Sequence[str]) -> TokenIds:
        """Token ids of many texts, uncut."""
        if len(texts) < MANY or not self.has_known_rules:
            return TokenIds.of([each.ids for each in self._backend.encode_batch_fast(texts)])
        is_ascii = np.array([text.isascii() for text in texts])
        others = [text for text in texts if not text.isascii()]
        parts = [
            TokenIds.of([each.ids for each in self._backend.encode_batch_fast(others)]),
            TokenIds(*self._ascii.encode([text for text in texts if text.isascii()])),
        ]
        order = np.empty(len(texts), np.int64)
        order[np.argsort(is_ascii, kind="stable")] = np.arange(len(texts))
        return TokenIds.concatenate(parts).take(order)

    @cached_property
    def _ascii(self) -> "AsciiTokenizer":
        from sentiment.ascii_words import AsciiTokenizer

        return AsciiTokenizer(TAG, ENTITIES, self._backend.get_vocab(), UNKNOWN_ID)


def _backend(vocabulary: dict[str, int]) -> tokenizers.Tokenizer:
    backend = tokenizers.Tokenizer(models.WordLevel(vocab=vocabulary, unk_token=UNKNOWN))
    entities = [normalizers.Replace(Regex(f"(?i){entity}"), to) for entity, to in ENTITIES]
    backend.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(TAG), " "),
            *entities,
            normalizers.Replace(Regex(INVISIBLE), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(f"[{APOSTROPHES}]"), "'"),
            normalizers.Lowercase(),
        ]
    )
    backend.pre_tokenizer = pre_tokenizers.Split(Regex(_WORD), behavior="removed", invert=True)
    return backend


def cut(
    token_ids: NDArray[np.int32], max_tokens: int, truncation: str = "head"
) -> NDArray[np.int32]:
    """Keep at most `max_tokens` ids of one text.

    Args:
        token_ids: <int32>[num_tokens].
        max_tokens: the cap.
        truncation: the part to keep: `head`, `tail`, or `both`, half from either end.

    Returns:
        <int32>[min(num_tokens, max_tokens)].
    """
    if len(token_ids) <= max_tokens:
        return token_ids
    if truncation == "head":
        return token_ids[:max_tokens]
    if truncation == "tail":
        return token_ids[-max_tokens:]
    head = (max_tokens + 1) // 2
    return np.concatenate([token_ids[:head], token_ids[len(token_ids) - (max_tokens - head) :]])
