"""word2vec vectors of a corpus, to start an embedding from; kept in the user's cache directory.

Mikolov et al. (2013), Distributed Representations of Words and Phrases and their Compositionality
(skip-gram with negative sampling), trained by gensim with one worker, so that a seed gives the same
vectors again. Knows nothing about labels or networks.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sentiment import paths
from sentiment.progress import Progress, silent
from sentiment.tokenizer import TokenIds

MIN_TOKENS = 1_000_000  # with fewer to learn from, random vectors do as well
EPOCHS = 1
WINDOW = 5
NEGATIVE = 5
SAMPLE = 1e-4
SCALE = 0.3  # standard deviation of the values that are handed out

_LAYOUT = 1


def word_vectors(
    key: str,
    token_ids: Sequence[TokenIds],
    *,
    vocabulary_size: int,
    embedding_dim: int,
    seed: int,
    progress: Progress = silent,
) -> NDArray[np.float32] | None:
    """Train vectors, or take those that were trained before.

    Args:
        key: identifies the token ids; the same key always comes with the same ids.
        token_ids: texts to learn from.
        vocabulary_size: number of token ids.
        embedding_dim: width of a vector.
        seed: decides every random choice.
        progress: is told what is being waited for.

    Returns:
        <float32>[vocabulary_size, embedding_dim], zero for padding and for ids that do not occur;
        None where there are fewer than `MIN_TOKENS` tokens.
    """
    if sum(len(ids.flat) for ids in token_ids) < MIN_TOKENS:
        return None
    recipe = f"{_LAYOUT} {key} {embedding_dim} {seed} {EPOCHS} {WINDOW} {NEGATIVE} {SAMPLE} {SCALE}"
    name = hashlib.sha256(recipe.encode()).hexdigest()[:32]
    path = paths.cache_dir() / "word_vectors" / f"{name}.npy"
    shape = (vocabulary_size, embedding_dim)
    vectors = _load(path, shape)
    if vectors is None:
        vectors = _train(token_ids, shape, seed, progress)
        _store(path, vectors)
    return vectors


def _train(
    token_ids: Sequence[TokenIds], shape: tuple[int, int], seed: int, progress: Progress
) -> NDArray[np.float32]:
    from gensim.models import Word2Vec

    num_texts = sum(len(ids) for ids in token_ids)
    with tempfile.TemporaryDirectory() as scratch:
        corpus_path = Path(scratch, "corpus.txt")
        with corpus_path.open("w", encoding="ascii") as corpus:
            for number, text in enumerate(text for ids in token_ids for text in ids):
                corpus.write(" ".join(map(str, text.tolist())) + "\n")
                if number % 5_000 == 0:
                    progress("writing the corpus for word2vec", number, num_texts)
        progress("training word vectors with word2vec", 0, None)
        model: Any = Word2Vec(
            corpus_file=str(corpus_path),
            vector_size=shape[1],
            sg=1,
            window=WINDOW,
            negative=NEGATIVE,
            sample=SAMPLE,
            epochs=EPOCHS,
            min_count=1,
            workers=1,
            seed=seed,
        )
    vectors = np.zeros(shape, np.float32)
    vectors[[int(word) for word in model.wv.index_to_key]] = model.wv.vectors
    vectors *= np.float32(SCALE / vectors.std())
    return vectors


def _load(path: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    try:
        with path.open("rb") as file:
            vectors: NDArray[np.float32] = np.load(file, allow_pickle=False)
    except Exception:  # NumPy raises what it likes on damaged files
        return None
    return vectors if vectors.shape == shape and vectors.dtype == np.float32 else None


def _store(path: Path, vectors: NDArray[np.float32]) -> None:
    """Write beside its place and rename; a cache that cannot be written is not needed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=path.parent, prefix=".", ignore_cleanup_errors=True
        ) as scratch:
            fresh = Path(scratch, path.name)
            np.save(fresh, vectors)
            fresh.replace(path)
    except OSError:
        return
