"""What texts lose on their way into a batch, and its pictures."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sentiment.artifact import SavedModel, load_model
from sentiment.datasets.dataset import TEST, TRAIN, VALIDATION, Dataset, Split
from sentiment.datasets.encoding import Corpus, encode_datasets
from sentiment.experiments.pipeline import CutReport, PipelineReport, measure_cuts, measure_pipeline
from sentiment.plots.pipeline import coverage_figure, cuts_figure, lengths_figure, padding_figure
from sentiment.predictor import Predictor

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TEXTS = ["a a a a", "a a b b", "a b b c", "a", "a b a b a b a b a b c d"]


@pytest.fixture
def corpus() -> Corpus:
    train = Split.of(TEXTS, [0, 1, 0, 1, 0])
    other = Split.of(["a b e e", "a"], [0, 1])
    return encode_datasets(
        [Dataset("five", "a test", {TRAIN: train, VALIDATION: other, TEST: other})], 10
    )


@pytest.fixture
def report(corpus: Corpus) -> PipelineReport:
    return measure_pipeline(corpus, max_tokens=6, batch_size=2)


@pytest.fixture
def model(make_model: Callable[..., Path]) -> SavedModel:
    return load_model(make_model(cell="gru", max_tokens=4))


@pytest.fixture
def cuts(model: SavedModel) -> CutReport:
    split = Split.of(["the film was good , not bad", "bad plot"], [1, 0])
    return measure_cuts(model, split, (1, 3, 9))


def test_a_vocabulary_covers_the_words_that_its_ids_stand_for(report: PipelineReport) -> None:
    found = {row.vocabulary_size: (row.train, row.validation) for row in report.coverage}
    assert report.vocabulary_size == 5  # padding, unknown, a, b, c; d occurs but once
    assert found[2] == (0, 0)
    assert found[3] == (13 / 25, 2 / 5)
    assert found[5] == (24 / 25, 3 / 5)


def test_a_cap_cuts_what_is_beyond_it(report: PipelineReport) -> None:
    found = {row.max_tokens: (row.texts, row.words) for row in report.losses}
    assert found[1] == (4 / 5, 20 / 25)
    assert found[4] == (1 / 5, 8 / 25)
    assert found[12] == (0, 0)


def test_every_text_is_in_a_bar_of_its_length(report: PipelineReport) -> None:
    assert report.num_texts == sum(report.counts) == 5
    bars = dict(zip(report.edges, report.counts, strict=False))
    assert (bars[1], bars[4], bars[12]) == (1, 3, 1)


def test_padding_is_what_is_left_of_the_positions(report: PipelineReport) -> None:
    assert report.widths == (1, 4, 6)
    shares = [row.share for row in report.padding]
    assert shares[0] == pytest.approx(1 - 19 / 30)
    assert shares[1] == pytest.approx(1 - 19 / 22)
    assert shares[2:] == pytest.approx([0] * 8)
    assert shares[0] >= report.padding_unsorted > 0


def test_a_model_is_asked_about_each_part_that_is_kept(model: SavedModel, cuts: CutReport) -> None:
    assert [(row.truncation, row.max_tokens) for row in cuts.rows] == [
        (truncation, cap) for truncation in ("head", "tail", "both") for cap in (1, 3, 9)
    ]
    kept = {
        ("head", 1): ["the", "bad"],
        ("tail", 3): [", not bad", "bad plot"],
        ("both", 3): ["the film bad", "bad plot"],
        ("head", 9): ["the film was good , not bad", "bad plot"],
    }
    predictor = Predictor.of(model)
    for row in cuts.rows:
        texts = kept.get((row.truncation, row.max_tokens))
        if texts is not None:
            rows = [predictor.tokenizer.encode(text) for text in texts]
            right = (predictor.probabilities(rows) >= 0.5) == [True, False]
            assert row.accuracy == right.mean()
            assert row.interval[0] <= row.accuracy <= row.interval[1]


def test_the_same_seed_gives_the_same_report(corpus: Corpus, report: PipelineReport) -> None:
    assert measure_pipeline(corpus, max_tokens=6, batch_size=2) == report


# === Pictures ===


def check(figure: "Figure", labels: dict[str, list[str]]) -> None:
    """A title on top, and for each panel axis labels with a unit and a legend."""
    assert figure.get_suptitle() or figure.axes[0].get_title()
    figure.draw_without_rendering()
    for axes in figure.axes:
        unit = axes.get_ylabel()
        assert "%" in unit or "number" in unit
        legend = axes.get_legend()
        assert legend is not None
        assert [text.get_text() for text in legend.get_texts()] == labels[unit]
    assert any(unit in figure.axes[-1].get_xlabel() for unit in ("words", "ids", "number"))


def test_the_coverage_picture(report: PipelineReport) -> None:
    figure = coverage_figure(report)
    check(
        figure,
        {"words known, % of all words": ["training texts", "validation texts", "all 5 ids"]},
    )
    (axes,) = figure.axes
    shares = np.array([[row.train, row.validation] for row in report.coverage])
    for line, share in zip(axes.lines, shares.T, strict=False):
        np.testing.assert_allclose(np.asarray(line.get_ydata()), 100 * share)


def test_the_lengths_picture(report: PipelineReport) -> None:
    figure = lengths_figure(report)
    check(
        figure,
        {
            "texts, number a bar": ["texts", "widths of batches (3)", "cap of 6 words"],
            "% of all texts, or of all words": [
                "texts that are cut",
                "words that are cut away",
                "cap of 6 words",
            ],
        },
    )
    texts, words, _ = figure.axes[1].lines
    for line, name in ((texts, "texts"), (words, "words")):
        shares = [100 * getattr(row, name) for row in report.losses]
        np.testing.assert_allclose(np.asarray(line.get_ydata()), shares)


def test_the_padding_picture(report: PipelineReport) -> None:
    figure = padding_figure(report)
    check(
        figure,
        {
            "padding, % of all positions": [
                "any texts together, each batch as wide as its longest",
                "texts of about one length",
            ]
        },
    )
    (axes,) = figure.axes
    heights = [bar.get_height() for bar in axes.patches]  # type: ignore[attr-defined]
    np.testing.assert_allclose(heights, [100 * row.share for row in report.padding])


def test_the_cuts_picture(cuts: CutReport) -> None:
    figure = cuts_figure(cuts)
    parts = ["the beginning is read", "the end is read", "half from either end is read"]
    check(figure, {"accuracy, % of texts": parts})
    (axes,) = figure.axes
    assert "tiny" in axes.get_title()
    styles = {(line.get_linestyle(), str(line.get_marker())) for line in axes.lines}
    assert len(styles) == 3  # so that they differ without colour
    drawn = np.concatenate([np.asarray(line.get_ydata()) for line in axes.lines])
    np.testing.assert_allclose(drawn, [100 * row.accuracy for row in cuts.rows])
