"""What each word did: against answers worked out one by one, and as it is shown."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from rich.console import Console

from sentiment.artifact import load_model
from sentiment.commands import main
from sentiment.config import CELLS
from sentiment.experiments import explanation as module
from sentiment.experiments.explanation import Explanation, Interaction, WordEffect, explain
from sentiment.predictor import Predictor
from sentiment.report.explanation import explanation_report

TEXT = "The film was not good, zebra"
WORDS = ["The", "film", "was", "not", "good", ",", "zebra"]


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


@pytest.fixture(params=CELLS)
def predictor(make_model: Callable[..., Path], request: pytest.FixtureRequest) -> Predictor:
    return Predictor.of(load_model(make_model(request.param, cell=request.param)))


@pytest.fixture
def tiny(make_model: Callable[..., Path]) -> Predictor:
    return Predictor.of(load_model(make_model(max_tokens=6, truncation="tail")))


class Judge(Predictor):
    """Answers by a rule of its own, and counts the tokens it read."""

    num_read = 0
    rule: Callable[[list[str]], float]

    def probabilities(self, rows: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
        self.num_read += sum(map(len, rows))
        spelled = self.tokenizer.vocabulary
        logits = [self.rule([spelled[word] for word in row.tolist()]) for row in rows]
        return np.array([1 / (1 + np.exp(-each)) for each in logits], np.float32)


def judge(make_model: Callable[..., Path], rule: Callable[[list[str]], float]) -> Judge:
    model = load_model(make_model(max_tokens=600))
    found = Judge(model.name, model.config, model.tokenizer, model.onnx, load_weights=model.weights)
    found.rule = rule
    return found


def negation(words: list[str]) -> float:
    """“good” adds 2, “bad” takes 1, and “not” with “good” takes 4."""
    good = words.count("good")
    return 2.0 * good - 1.0 * words.count("bad") - 4.0 * ("not" in words and good > 0)


# === What is found ===


def test_effects_and_the_running_verdict_are_those_of_single_answers(predictor: Predictor) -> None:
    found = explain(predictor, TEXT)
    (whole,) = predictor.predict([TEXT])
    assert (found.text, found.label, found.num_read) == (TEXT, whole.label, 7)
    assert found.probability == pytest.approx(whole.probability, abs=1e-6)
    assert [word.word for word in found.words] == WORDS
    assert [word.known for word in found.words] == [True] * 6 + [False]
    for place, word in enumerate(found.words):
        without = " ".join(WORDS[:place] + WORDS[place + 1 :])
        so_far = " ".join(WORDS[: place + 1])
        left_out, running = (each.probability for each in predictor.predict([without, so_far]))
        assert word.effect == pytest.approx(whole.probability - left_out, abs=1e-6)
        assert word.running_probability == pytest.approx(running, abs=1e-6)
    assert found.words[-1].running_probability == pytest.approx(found.probability, abs=1e-6)


def test_interactions_are_second_differences_of_logits(
    predictor: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLEAR_INTERACTION", 0.0)
    monkeypatch.setattr(module, "MAX_INTERACTIONS", 1_000)
    found = explain(predictor, TEXT).interactions
    near = [(i, j) for i in range(7) for j in range(i + 1, 7) if j - i <= module.WINDOW]
    assert sorted(each.positions for each in found) == near
    strengths = [abs(each.effect) for each in found]
    assert strengths == sorted(strengths, reverse=True)
    for each in found:
        i, j = each.positions
        assert each.words == (WORDS[i], WORDS[j])
        texts = [
            " ".join(word for place, word in enumerate(WORDS) if place not in left_out)
            for left_out in ((), (i,), (j,), (i, j))
        ]
        f, f_i, f_j, f_ij = (logit(answer.probability) for answer in predictor.predict(texts))
        assert each.effect == pytest.approx(f - f_i - f_j + f_ij, abs=1e-4)


def test_only_the_pair_that_belongs_together_interacts(make_model: Callable[..., Path]) -> None:
    found = explain(judge(make_model, negation), "the film was not good , bad")
    (pair,) = found.interactions
    assert (pair.words, pair.positions) == (("not", "good"), (3, 4))
    assert pair.effect == pytest.approx(-4, abs=1e-4)
    effects = {word.word: word.effect for word in found.words}
    assert effects["the"] == effects["film"] == 0
    assert effects["not"] < effects["bad"] < 0 < -effects["good"]


def test_words_far_apart_and_faint_interactions_are_passed_over(
    make_model: Callable[..., Path],
) -> None:
    far = "not the film , the film , good"
    assert explain(judge(make_model, negation), far).interactions == ()
    faint = judge(make_model, lambda words: 0.1 * negation(words))
    assert explain(faint, "not good").interactions == ()
    assert explain(judge(make_model, negation), "not good").interactions != ()


def test_the_strongest_few_interactions_are_kept(make_model: Callable[..., Path]) -> None:
    rule = judge(make_model, lambda words: 0.3 * len(words) * (len(words) - 9))
    found = explain(rule, "the film was good , not bad")
    assert len(found.interactions) == module.MAX_INTERACTIONS


@pytest.mark.parametrize("text", ["", " \n", "good", "zebra", "!?" * 40, "\ud83d [red]x[/]"])
def test_any_text_is_explained(tiny: Predictor, text: str) -> None:
    found = explain(tiny, text)
    (answer,) = tiny.predict([text])
    assert (found.text, found.label) == (answer.text, answer.label)
    assert len(found.words) == found.num_read == min(6, answer.num_tokens)


def test_a_long_text_is_explained_as_far_as_it_is_read(tiny: Predictor) -> None:
    found = explain(tiny, "not bad at all , the film was good")
    assert [word.word for word in found.words] == ["all", ",", "the", "film", "was", "good"]
    (answer,) = tiny.predict([found.text])
    assert found.probability == pytest.approx(answer.probability, abs=1e-6)
    part = explain(tiny, "not bad at all , the film was good", max_words=2)
    assert (part.num_read, len(part.words)) == (6, 2)
    assert part.words == found.words[:2]


def test_the_work_on_a_long_text_is_bounded(make_model: Callable[..., Path]) -> None:
    rule = judge(make_model, negation)
    found = explain(rule, "the film was not good . " * 200)
    assert (found.num_read, len(found.words)) == (600, module.MAX_WORDS)
    assert rule.num_read < 150_000
    assert "The first 100 of the 600 words" in shown(found)


def test_sure_networks_have_finite_interactions(make_model: Callable[..., Path]) -> None:
    rule = judge(make_model, lambda words: 500.0 * ("good" in words) - 250)
    found = explain(rule, "not good")
    assert found.words[1].effect == pytest.approx(1)
    assert all(np.isfinite(each.effect) for each in found.interactions)


# === How it is shown ===


FOUND = Explanation(
    text="not [b]good[/b]",
    label="negative",
    probability=0.25,
    num_read=3,
    words=(
        WordEffect("not", True, -0.5, 0.4),
        WordEffect("[b]good[/b]", True, 0.1, 0.25),
        WordEffect("zebra", False, 0.001, 0.25),
    ),
    interactions=(Interaction(("not", "zebra"), (0, 2), -3.125),),
)


def shown(explanation: Explanation, **settings: Any) -> str:
    console = Console(width=120, **settings)
    with console.capture() as capture:
        console.print(explanation_report(explanation))
    return capture.get()


def test_the_report_can_be_read_without_colour() -> None:
    text = shown(FOUND, no_color=True)
    assert "\x1b[" not in text.replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert text.startswith("not⁻⁻ [b]good[/b]⁺ zebra\n")
    cells = [line.split() for line in text.splitlines()]
    assert ["not", "-0.500", "0.750", "0.400", "█" * 8 + "░" * 12] in cells
    assert ["zebra", "†", "+0.001", "0.249", "0.250", "█" * 5 + "░" * 15] in cells
    assert ["not", "…", "zebra", "-3.12"] in cells
    assert "1 logit" in text


def test_colours_go_from_red_to_green() -> None:
    text = shown(FOUND, force_terminal=True, color_system="truecolor")
    assert "48;2;230;70;70mnot⁻⁻" in text
    green = text[: text.index("[b]good")].rpartition("48;2;")[2].split("m")[0].split(";")
    red_part, green_part, _ = map(int, green)
    assert green_part > red_part
    assert "mzebra" not in text.splitlines()[0]


def test_nothing_to_explain_is_said() -> None:
    nothing = Explanation("", "positive", 0.6, 0, (), ())
    assert "no words" in shown(nothing)


def test_no_pairs_have_no_table() -> None:
    alone = Explanation("good", "positive", 0.6, 1, (WordEffect("good", True, 0.1, 0.6),), ())
    assert "together" not in shown(alone)


# === The command ===


def run(*arguments: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(main, ["predict", *arguments], input=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_predict_explains_in_json(make_model: Callable[..., Path]) -> None:
    predictor = Predictor.of(load_model(make_model(seed=1)))
    first, second = map(json.loads, run("--json", "--explain", TEXT, "").splitlines())
    expected = explain(predictor, TEXT)
    assert first["explanation"] == json.loads(json.dumps(expected.to_dict()))
    assert set(first["explanation"]) == {"words", "interactions"}
    assert set(first["explanation"]["words"][0]) == {"word", "effect", "running_probability"}
    assert second["explanation"] == {"words": [], "interactions": []}
    assert "explanation" not in json.loads(run("--json", TEXT))


def test_interactions_in_json_name_words_and_places() -> None:
    (pair,) = json.loads(json.dumps(FOUND.to_dict()))["interactions"]
    assert pair == {"words": ["not", "zebra"], "positions": [0, 2], "effect": -3.125}


def test_predict_explains_below_the_table_and_below_each_line(
    make_model: Callable[..., Path],
) -> None:
    make_model()
    assert "left out" in run("--explain", "the film was good")
    assert "left out" not in run("the film was good")
    lines = run("--explain", "--scramble", "1", stdin="good film\nbad film\n")
    assert lines.count("so far: ") == 2


def test_predict_without_explanations_imports_nothing_for_them(
    make_model: Callable[..., Path],
) -> None:
    make_model()
    code = (
        "import sys\n"
        "from sentiment.commands import main\n"
        "sys.argv = ['sentiment', 'predict', *sys.argv[1:], 'good film']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "print([name for name in sys.modules if name.endswith('explanation')])\n"
    )

    def modules(*arguments: str) -> str:
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert modules() == "[]"
    assert "sentiment.experiments.explanation" in modules("--explain")
