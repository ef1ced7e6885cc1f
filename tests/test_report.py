import io
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from sentiment.config import RunConfig
from sentiment.experiments.parameters import BudgetRow, count_parameters
from sentiment.model_store import StoredModel
from sentiment.predictions import Prediction, Scramble
from sentiment.report.answers import prediction_report
from sentiment.report.evaluation import evaluation_report
from sentiment.report.store import card_report, data_report, models_report
from sentiment.report.text import shortened
from sentiment.report.training import budget_report, parameters_report, training_report
from sentiment.results import (
    Confusion,
    DataDescription,
    DataResult,
    EpochResult,
    Evaluation,
    EvaluationResult,
    Mistake,
    NeutralAnswers,
    PairAccuracy,
    SplitDescription,
    TrainingResult,
)

HOSTILE = st.text("[]/\\:#=@*_`a1 é", min_size=1, max_size=10).map(lambda text: f"‹{text}›")
EXAMPLES = ("[red]x[/red]", "[/]", "\\[b]", "[link=https://a.b]c", ":smile:", "[@click=f()]x")


def rendered(report: RenderableType) -> str:
    console = Console(record=True, width=100, file=io.StringIO(), highlight=False)
    console.print(report)
    return console.export_text()


def rows(report: RenderableType) -> list[list[str]]:
    """The cells of every line of the tables, without their frames."""
    lines = rendered(report).replace("┃", "│").splitlines()
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines if "│" in line]


PREDICTION = Prediction("I like coffee", "positive", 0.875, 3, 1, False, "gru-1")
SCRAMBLE = Scramble("coffee I like", "negative", 0.25)
EVALUATION = Evaluation(
    num_examples=1234,
    accuracy=0.9012,
    accuracy_interval=(0.8834, 0.9167),
    precision=0.8123,
    recall=0.7234,
    f1=0.7652,
    roc_auc=0.9345,
    calibration_error=0.0123,
    confusion=Confusion(1001, 202, 303, 4004),
)
RESULT = DataResult(
    data="imdb",
    source="a prepared folder",
    notes=("rows were left out",),
    validation=replace(EVALUATION, accuracy=0.8111, accuracy_interval=(0.8, 0.82)),
    test=EVALUATION,
    pairs=PairAccuracy(num_examples=1400, accuracy=0.9567, both_right=0.91),
    unseen_pairs=PairAccuracy(num_examples=1600, accuracy=0.5432, both_right=0.08),
)
TRAINING = TrainingResult(
    model="gru-1",
    path="/models/gru-1",
    config=RunConfig.from_settings({"cell": "gru", "units": 4, "embedding_dim": 3, "seed": 17}),
    vocabulary_size=10,
    num_parameters=12345,
    word_vectors=True,
    epochs=(
        EpochResult(0, 0.6543, 0.6012, 0.5432, 0.7023, 2.0, 2.5, 5000.0),
        EpochResult(1, 0.4321, 0.8034, 0.3456, 0.8145, 8.0, 9.5, 10000.0),
    ),
    best_epoch=1,
    train_seconds=12.0,
    total_seconds=34.0,
    temperature=1.2345,
    padding_share=0.0567,
    cut_share=0.0789,
    num_devices=2,
    interrupted=False,
    results=(RESULT,),
)
DESCRIPTION = DataDescription(
    name="snippets:films",
    source="made up here",
    notes=("some are kept apart",),
    fingerprint="0123456789abcdef",
    vocabulary_size=4321,
    splits=(
        SplitDescription("train", 8765, 0.5123, (3, 17, 61, 1999), 0.9876),
        SplitDescription("neutral", 21, None, (4, 18, 62, 99), 0.8765),
    ),
    samples=(("positive", "it shines"), ("negative", "it bores")),
)
MODEL = StoredModel(
    name="gru-1",
    path="/models/gru-1",
    made_by="train",
    created="2026-11-25T01:02:03Z",
    cell="gru",
    data=("imdb", "pairs"),
)


# === What is shown ===


def test_an_answer_is_shown_with_its_probability_as_figure_and_bar() -> None:
    text = rendered(prediction_report([PREDICTION], [[]]))
    assert "I like coffee" in text
    assert "positive" in text
    assert "0.875" in text
    assert "█" * 18 + "░" * 2 in text  # 17.5 of 20, to the even number
    assert "█" * 19 not in text
    assert "model: gru-1" in text
    assert "moved" not in text


def test_a_scramble_is_shown_with_how_far_it_moved() -> None:
    found = rows(prediction_report([PREDICTION], [[SCRAMBLE]]))
    assert ["text", "label", "P(positive)", "", "moved"] in found
    bar = "█" * 5 + "░" * 15
    assert ["coffee I like", "negative", "0.250", bar, "-0.625"] in found


def test_each_answer_is_followed_by_its_own_scrambles() -> None:
    second = replace(PREDICTION, text="second", probability=0.1, label="negative")
    report = prediction_report([PREDICTION, second], [[SCRAMBLE], [replace(SCRAMBLE, text="dnoc")]])
    first_cells = [row[0] for row in rows(report)[1:]]
    assert [c for c in first_cells if c] == ["I like coffee", "coffee I like", "second", "dnoc"]
    assert "+0.150" in rendered(report)


def test_probabilities_of_nothing_and_all_fill_no_bar_and_the_whole_bar() -> None:
    none = replace(PREDICTION, probability=0.0, label="negative")
    every = replace(PREDICTION, probability=1.0)
    assert "░" * 20 in rendered(prediction_report([none], [[]]))
    assert "█" * 20 in rendered(prediction_report([every], [[]]))


def test_a_long_text_to_predict_is_shown_whole() -> None:
    long = " ".join(f"word{number}" for number in range(200))
    text = rendered(prediction_report([replace(PREDICTION, text=long)], [[]]))
    assert all(word in text for word in long.split())


def test_a_run_is_shown_with_its_settings_parameters_and_summary() -> None:
    text = rendered(training_report(TRAINING))
    joined = " ".join(text.replace("│", " ").split())
    for words in ("cell gru", "units 4", "embedding_dim 3", "seed 17", "bidirectional yes"):
        assert words in joined
    assert f"{count_parameters(TRAINING.config.model, 10).total:,}" in text
    assert "12,345 parameters, saved in /models/gru-1" in text
    assert "trained in 12 s, 34 s in all, at 9,000 reviews/s" in text
    assert "imdb: a prepared folder" in text
    assert "started from word2vec" in text
    assert "Note: rows were left out." in text


def test_a_run_without_word_vectors_says_so() -> None:
    text = rendered(training_report(replace(TRAINING, word_vectors=False)))
    assert "word vectors: learned from scratch" in text
    assert "word2vec" not in text


def test_epochs_are_shown_from_one_and_the_kept_one_is_marked() -> None:
    found = rows(training_report(TRAINING))
    assert ["1", "0.6543", "60.12 %", "0.5432", "70.23 %", "2.5", "5,000"] in found
    assert ["2 *", "0.4321", "80.34 %", "0.3456", "81.45 %", "9.5", "10,000"] in found
    text = " ".join(rendered(training_report(TRAINING)).split())
    assert "padding is 5.67 % of all positions" in text
    assert "7.89 % of texts are longer than max_tokens and cut; devices: 2" in text


def test_accuracies_of_a_run_come_with_intervals_and_pairs() -> None:
    found = rows(training_report(TRAINING))
    validation, test = "81.11 % (80.00–82.00)", "90.12 % (88.34–91.67)"
    assert ["imdb", validation, test, "1,234"] in found
    assert ["pairs, known patterns", "", "95.67 %", "1,400"] in found
    assert ["pairs, unseen patterns", "", "54.32 %", "1,600"] in found


def test_a_test_split_that_was_not_read_is_shown_as_such() -> None:
    result = replace(RESULT, test=None, pairs=None, unseen_pairs=None)
    found = rows(training_report(replace(TRAINING, results=(result,))))
    assert ["imdb", "81.11 % (80.00–82.00)", "not read", ""] in found
    assert not any("pairs" in cell for row in found for cell in row)


def test_an_evaluation_is_shown_with_confusion_and_mistakes() -> None:
    result = EvaluationResult("gru-1", "imdb", "test", EVALUATION)
    report = evaluation_report(result, [Mistake(7, "so good, not", "negative", 0.987)])
    found = rows(report)
    for row in (
        ["texts", "1,234"],
        ["accuracy", "90.12 % (88.34–91.67)"],
        ["precision", "81.23 %"],
        ["recall", "72.34 %"],
        ["f1", "76.52 %"],
        ["ROC AUC", "0.9345"],
        ["calibration error", "1.23 %"],
        ["", "said negative", "said positive"],
        ["is negative", "1,001", "202"],
        ["is positive", "303", "4,004"],
        ["negative", "0.987", "so good, not"],
    ):
        assert row in found
    assert "gru-1 on imdb, test" in " ".join(rendered(report).split())


def test_answers_to_neutral_texts_are_shown_where_there_are_some() -> None:
    neutral = NeutralAnswers(321, 0.5432, 0.1234)
    result = EvaluationResult("m", "d", "test", EVALUATION, neutral)
    assert [
        "321 neutral texts",
        "P(positive) 0.543 on average, 0.123 from 0.5",
    ] in rows(evaluation_report(result, []))


def test_an_evaluation_of_one_label_without_mistakes_has_no_area_and_no_list() -> None:
    result = EvaluationResult("m", "d", "test", replace(EVALUATION, roc_auc=None))
    text = rendered(evaluation_report(result, []))
    assert "needs both labels" in text
    assert "mistakes" not in text


def test_a_data_set_is_shown_with_its_sizes_lengths_and_samples() -> None:
    report = data_report(DESCRIPTION)
    found = rows(report)
    assert ["train", "8,765", "51.23 %", "3", "17", "61", "1,999", "98.76 %"] in found
    assert ["neutral", "21", "", "4", "18", "62", "99", "87.65 %"] in found
    assert ["positive", "it shines"] in found
    assert ["negative", "it bores"] in found
    text = " ".join(rendered(report).split())
    assert "snippets:films: made up here" in text
    assert "vocabulary: 4,321 ids" in text
    assert "fingerprint 0123456789ab" in text
    assert "Note: some are kept apart." in text


def test_parameters_are_shown_by_layer_or_by_weight_with_the_total() -> None:
    report = count_parameters(TRAINING.config.model, 10)
    by_layer, by_weight = rows(parameters_report(report)), rows(parameters_report(report, False))
    for layer in report.subtotals:
        assert [layer.name, layer.formula, f"{layer.count:,}"] in by_layer
    for weight in report.layers:
        shape = "×".join(map(str, weight.shape))
        assert [weight.name, shape, weight.formula, f"{weight.count:,}"] in by_weight
    assert ["total", "", f"{report.total:,}"] in by_layer
    assert ["total", "", "", f"{report.total:,}"] in by_weight


def test_a_budget_is_shown_with_the_units_that_fit() -> None:
    report = budget_report([BudgetRow("lstm", 1064, 99887, 3099887)], 100000)
    assert ["lstm", "1,064", "99,887", "3,099,887"] in rows(report)
    assert "Units that fit 100,000 parameters" in " ".join(rendered(report).split())


def test_models_are_shown_with_the_default_marked_and_problems_told() -> None:
    broken = StoredModel(name="old", path="/models/old", problem="its weights are damaged")
    found = rows(models_report([MODEL, replace(MODEL, name="b", is_default=True), broken]))
    whole = ["gru", "imdb, pairs", "train", "2026-11-25 01:02"]
    assert ["", "gru-1", *whole] in found
    assert ["*", "b", *whole] in found
    start = next(number for number, row in enumerate(found) if row[:2] == ["!", "old"])
    problem = " ".join(row[2] for row in found[start:])
    assert "".join(problem.split()) == "itsweightsaredamaged"


def test_no_models_are_answered_with_how_to_train_one() -> None:
    assert "sentiment train" in rendered(models_report([]))


def test_a_card_is_shown_as_its_markdown_reads() -> None:
    text = rendered(card_report("# A model\n\n- trained on **imdb**\n"))
    assert "A model" in text
    assert "• trained on imdb" in text


# === Long texts ===


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("x" * 10, "x" * 10),
        ("x" * 11, "x" * 9 + "…"),
        (" a\n b\t c ", "a b c"),
    ],
)
def test_a_long_text_is_cut_to_one_line(text: str, expected: str) -> None:
    assert shortened(text, most=10) == expected


def test_long_samples_and_mistakes_are_shortened() -> None:
    long = "word\n" * 10_000
    sample = data_report(replace(DESCRIPTION, samples=(("positive", long),)))
    result = EvaluationResult("m", "d", "test", EVALUATION)
    mistake = evaluation_report(result, [Mistake(0, long, "positive", 0.1)])
    for report in (sample, mistake):
        text = rendered(report)
        assert 30 < text.count("word") <= 42
        assert "…" in text


# === Hostile texts ===


def everything(text: str) -> list[RenderableType]:
    """Every report that holds a text of the user's, with `text` in each such place."""
    result = replace(RESULT, data=text, source=text, notes=(text,))
    config = RunConfig.from_settings({"data": (text,)})
    evaluation = EvaluationResult("model", text, "test", EVALUATION)
    return [
        prediction_report([replace(PREDICTION, text=text)], [[]]),
        prediction_report([replace(PREDICTION, model=text)], [[]]),
        prediction_report([PREDICTION], [[replace(SCRAMBLE, text=text)]]),
        training_report(replace(TRAINING, config=config)),
        training_report(replace(TRAINING, results=(replace(RESULT, data=text, source="s"),))),
        training_report(replace(TRAINING, results=(replace(RESULT, source=text),))),
        training_report(replace(TRAINING, results=(replace(RESULT, notes=(text,)),))),
        training_report(replace(TRAINING, path=text)),
        training_report(replace(TRAINING, results=(result, result))),
        evaluation_report(evaluation, []),
        evaluation_report(replace(evaluation, model=text, data="d"), []),
        evaluation_report(evaluation, [Mistake(0, text, "positive", 0.1)]),
        data_report(replace(DESCRIPTION, name=text, samples=(), notes=())),
        data_report(replace(DESCRIPTION, source=text)),
        data_report(replace(DESCRIPTION, notes=(text,))),
        data_report(replace(DESCRIPTION, samples=(("negative", text),))),
        models_report([replace(MODEL, name=text)]),
        models_report([replace(MODEL, data=(text,))]),
        models_report([replace(MODEL, cell=text)]),
        models_report([StoredModel(name="m", path="p", problem=text)]),
    ]


@settings(deadline=None, max_examples=20)
@given(HOSTILE)
@example(EXAMPLES[0])
@example(EXAMPLES[1])
@example(EXAMPLES[2])
@example(EXAMPLES[3])
@example(EXAMPLES[4])
@example(EXAMPLES[5])
def test_markup_in_a_text_is_shown_and_not_interpreted(text: str) -> None:
    wanted = "".join(text.split())
    for number, report in enumerate(everything(text)):
        shown = "".join(rendered(report).replace("│", "").split())
        assert wanted in shown, f"report {number}"


@pytest.mark.parametrize("text", ["\x1b[31mred", "\x1b]8;;https://a.b\x1b\\c", "a\x00b", "\x9b2J"])
def test_control_characters_in_a_text_do_not_reach_the_terminal(text: str) -> None:
    for report in everything(text):
        shown = rendered(report)
        assert not set(shown) & {"\x1b", "\x00", "\x9b"}
        assert "\ufffd" in shown


def test_the_ends_of_lines_in_a_text_stay_ends_of_lines() -> None:
    text = rendered(prediction_report([replace(PREDICTION, text="one\r\ntwo")], [[]]))
    assert "\ufffd" not in text
    assert "one" in text.splitlines()[3]
    assert "two" in text.splitlines()[4]
