"""Compiled kernels that answer: which networks, which texts, and whether they are really asked."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sentiment import predictor as predictor_module
from sentiment.artifact import load_model
from sentiment.compiled import BATCH_SIZE, CompiledNetwork
from sentiment.config import ModelConfig
from sentiment.predictor import Predictor


def test_kernels_are_for_recurrent_networks_with_tanh() -> None:
    assert CompiledNetwork.can_run(ModelConfig(cell="lstm"))
    assert not CompiledNetwork.can_run(ModelConfig(cell="lstm", activation="relu"))
    assert not CompiledNetwork.can_run(ModelConfig(cell="bow"))


@pytest.mark.parametrize("bidirectional", [False, True])
def test_batches_of_any_lengths_come_back_in_their_order(
    make_model: Callable[..., Path], bidirectional: bool
) -> None:
    model = load_model(make_model("mine", bidirectional=bidirectional, pooling="last"))
    random = np.random.default_rng(0)
    rows = [
        random.integers(1, 8, size).astype(np.int32)
        for size in random.integers(0, 20, 2 * BATCH_SIZE + 5)
    ]
    compiled = CompiledNetwork(model.config.model, model.weights())
    together = compiled.logits(rows)
    alone = np.concatenate([compiled.logits([row]) for row in rows])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(together, Predictor.of(model).logits(rows), atol=1e-5)
    assert len(np.unique(together.round(4))) > BATCH_SIZE


def test_texts_without_words_get_the_bias_alone(make_model: Callable[..., Path]) -> None:
    model = load_model(make_model("mine"))
    nothing = np.zeros(0, np.int32)
    found = CompiledNetwork(model.config.model, model.weights()).logits([nothing, nothing])
    np.testing.assert_array_equal(found, model.weights()["output/bias"].repeat(2))


def test_only_many_texts_are_worth_the_kernels(
    make_model: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predictor_module, "MANY", 3)
    asked = []
    logits = CompiledNetwork.logits

    def watched(network: CompiledNetwork, rows: list[NDArray[np.int32]]) -> NDArray[np.float32]:
        asked.append(len(rows))
        return logits(network, rows)

    monkeypatch.setattr(CompiledNetwork, "logits", watched)
    predictor = Predictor.of(load_model(make_model("mine")))
    predictor.score(["good", "bad"])
    predictor.score(["good", "bad", "not good"])
    assert asked == [3]
