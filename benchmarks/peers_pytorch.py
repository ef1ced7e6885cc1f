"""PyTorch, as its documentation shows it: `Embedding`, a packed `GRU` or `LSTM`, `Adam`."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence
from torch.utils.data import DataLoader

from benchmarks.jobs import Trained, TrainJob
from sentiment.artifact import SavedModel
from sentiment.tokenizer import Tokenizer

_CELLS: dict[str, type[nn.GRU] | type[nn.LSTM]] = {"gru": nn.GRU, "lstm": nn.LSTM}
_GATES = {"gru": (1, 0, 2), "lstm": (0, 1, 2, 3)}  # PyTorch's order, as places in Keras's
_FILE = "network.pt"
_MAX_TOKENS, _BATCH_SIZE = 400, 64

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


class Classifier(nn.Module):  # type: ignore[misc]
    """Token ids → logit."""

    def __init__(self, cell: str, vocabulary_size: int, embedding_dim: int, units: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, embedding_dim, padding_idx=0)
        self.cell = _CELLS[cell](embedding_dim, units, batch_first=True)
        self.output = nn.Linear(units, 1)

    def forward(self, token_ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Logits, float32 `[batch_size]`.

        Args:
            token_ids: int64 `[batch_size, sequence_length]`, padded with 0 at the end.
            lengths: int64 `[batch_size]`, each at least 1.
        """
        packed = pack_padded_sequence(
            self.embedding(token_ids), lengths, batch_first=True, enforce_sorted=False
        )
        _, last = self.cell(packed)
        state: torch.Tensor = last[0] if isinstance(last, tuple) else last
        logits: torch.Tensor = self.output(state[-1])[:, 0]
        return logits


def train(job: TrainJob) -> Trained:
    """Train for an epoch."""
    torch.manual_seed(0)
    tokenizer = job.load_tokenizer()
    begin = time.perf_counter()
    rows = _rows(tokenizer, job.texts, job.max_tokens)
    ready = time.perf_counter()
    model = Classifier(job.cell, tokenizer.vocabulary_size, job.embedding_dim, job.units)
    optimizer = torch.optim.Adam(model.parameters())
    loss_of = nn.BCEWithLogitsLoss()
    examples = list(zip(rows, job.labels, strict=True))
    ends = []
    for token_ids, lengths, labels in DataLoader(
        examples, job.batch_size, shuffle=True, collate_fn=_collate
    ):
        optimizer.zero_grad()
        loss = loss_of(model(token_ids, lengths), labels)
        loss.backward()
        optimizer.step()
        ends.append(time.perf_counter())
    validation = _rows(tokenizer, job.validation_texts, job.max_tokens)
    right = (_probabilities(model, validation) >= 0.5) == np.array(job.validation_labels, bool)
    return Trained.of(begin, ready, ends, float(right.mean()))


def prepare(folder: Path, saved: SavedModel) -> None:
    """Copy the weights of a model of this package, and keep them as PyTorch does."""
    config, weights = saved.config.model, saved.weights()
    cell = config.cell
    model = Classifier(cell, saved.tokenizer.vocabulary_size, config.embedding_dim, config.units)
    kernel, recurrent_kernel, bias = (
        _reordered(weights[f"{cell}_1/forward/{part}"], cell)
        for part in ("kernel", "recurrent_kernel", "bias")
    )
    # Keras's LSTM has one bias where PyTorch adds two up.
    biases = bias if cell == "gru" else np.stack([bias, np.zeros_like(bias)])
    state = {
        "embedding.weight": weights["embedding/embeddings"],
        "cell.weight_ih_l0": kernel.T,
        "cell.weight_hh_l0": recurrent_kernel.T,
        "cell.bias_ih_l0": biases[0],
        "cell.bias_hh_l0": biases[1],
        "output.weight": weights["output/kernel"].T,
        "output.bias": weights["output/bias"],
    }
    model.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    settings = (cell, saved.tokenizer.vocabulary_size, config.embedding_dim, config.units)
    kept = {
        "settings": settings,
        "state": model.state_dict(),
        "tokenizer": saved.tokenizer.to_json(),
    }
    torch.save(kept, folder / _FILE)


def score(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """P(positive) of each text, <float32>[num_texts]."""
    kept = torch.load(folder / _FILE, weights_only=True)
    model = Classifier(*kept["settings"])
    model.load_state_dict(kept["state"])
    tokenizer = Tokenizer.from_json(kept["tokenizer"])
    return _probabilities(model, _rows(tokenizer, texts, _MAX_TOKENS))


def _rows(tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int) -> list[torch.Tensor]:
    """Token ids of each text; of one without words, padding, since packing wants a word."""
    return [
        torch.from_numpy(row[:max_tokens].astype(np.int64)) if len(row) else torch.tensor([0])
        for row in tokenizer.encode_batch(texts)
    ]


def _collate(examples: list[tuple[torch.Tensor, int]]) -> Batch:
    rows, labels = zip(*examples, strict=True)
    lengths = torch.tensor([len(row) for row in rows])
    return pad_sequence(rows, batch_first=True), lengths, torch.tensor(labels, dtype=torch.float32)


def _probabilities(model: Classifier, rows: list[torch.Tensor]) -> NDArray[np.float32]:
    model.eval()
    examples = [(row, 0) for row in rows]
    parts = []
    with torch.inference_mode():
        for token_ids, lengths, _ in DataLoader(examples, _BATCH_SIZE, collate_fn=_collate):
            parts.append(torch.sigmoid(model(token_ids, lengths)).numpy())
    return np.concatenate(parts)


def _reordered(weight: NDArray[np.float32], cell: str) -> NDArray[np.float32]:
    """With the gates, which are along the last axis, in PyTorch's order."""
    gates = np.split(weight, len(_GATES[cell]), axis=-1)
    return np.concatenate([gates[place] for place in _GATES[cell]], axis=-1)
