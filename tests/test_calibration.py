import numpy as np
import pytest

from sentiment.training.calibration import best_temperature, with_temperature


def drawn(temperature: float, num_texts: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are `temperature` times as sure as they are right."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, num_texts)
    labels = (rng.random(num_texts) < 1 / (1 + np.exp(-logits))).astype(np.int8)
    return (temperature * logits).astype(np.float32), labels


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_that_was_put_in_is_found(temperature: float) -> None:
    logits, labels = drawn(temperature)
    assert best_temperature([logits], [labels]) == pytest.approx(temperature, rel=0.05)


def test_data_sets_count_alike_whatever_their_size() -> None:
    many, few = drawn(4.0), drawn(1.0, 200)
    both = best_temperature([many[0], few[0]], [many[1], few[1]])
    assert both < 0.9 * best_temperature([many[0]], [many[1]])


def test_a_few_texts_without_an_error_do_not_make_it_sure_without_end() -> None:
    logits = np.array([-3, -3, -3, 3, 3, 3], np.float32)
    found = best_temperature([logits], [np.array([0, 0, 0, 1, 1, 1], np.int8)])
    assert 1 / (1 + np.exp(-3 / found)) == pytest.approx(4 / 5, abs=1e-3)


def test_only_the_output_is_divided() -> None:
    weights = {
        "embedding/embeddings": np.ones((3, 2), np.float32),
        "output/kernel": np.full((2, 1), 4, np.float32),
        "output/bias": np.array([2], np.float32),
    }
    cooled = with_temperature(weights, 2.0)
    assert cooled["output/kernel"].tolist() == [[2], [2]]
    assert cooled["output/bias"].tolist() == [1]
    assert cooled["embedding/embeddings"] is weights["embedding/embeddings"]
    assert cooled["output/kernel"].dtype == np.float32
