"""What each word of a text did: the sentence in colours, a table, and the pairs that interact."""

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sentiment.experiments.explanation import Explanation, WordEffect
from sentiment.predictions import label_name
from sentiment.report.text import LABEL_STYLES, bar, plain

UNKNOWN_MARK = "†"

_FAINT, _CLEAR, _STRONG = 0.01, 0.05, 0.25  # effects from which a word is coloured and marked
_PALE = {1: (214, 240, 214), -1: (250, 220, 220)}
_FULL = {1: (60, 180, 75), -1: (230, 70, 70)}
_FULL_EFFECT = 0.5


def explanation_report(explanation: Explanation) -> RenderableType:
    """The sentence, what each word did, and how to read it."""
    if not explanation.words:
        return plain("There are no words to explain.", "dim")
    parts: list[RenderableType] = [_sentence(explanation), _words_table(explanation)]
    if explanation.interactions:
        parts.append(_pairs_table(explanation))
    return Group(*parts, *_legend(explanation))


def _sentence(explanation: Explanation) -> Text:
    """The explained words; marks say without colour what the colours say."""
    marked = [plain(word.word + _marks(word), _style(word.effect)) for word in explanation.words]
    if explanation.num_read > len(marked):
        marked.append(Text("…"))
    return Text(" ").join(marked)


def _marks(word: WordEffect) -> str:
    sign = "⁺" if word.effect > 0 else "⁻"
    return sign * ((abs(word.effect) >= _CLEAR) + (abs(word.effect) >= _STRONG))


def _style(effect: float) -> str:
    """Red to green; none where a word did next to nothing."""
    if abs(effect) < _FAINT:
        return ""
    sign = 1 if effect > 0 else -1
    share = min(1.0, abs(effect) / _FULL_EFFECT)
    mixed = (
        round(pale + share * (full - pale))
        for pale, full in zip(_PALE[sign], _FULL[sign], strict=True)
    )
    return f"black on rgb({','.join(map(str, mixed))})"


def _words_table(explanation: Explanation) -> Table:
    table = Table(box=SIMPLE_HEAD)
    table.add_column("word", overflow="fold", min_width=4)
    table.add_column("effect", justify="right", no_wrap=True)
    table.add_column("left out", justify="right", no_wrap=True)
    table.add_column("so far", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for word in explanation.words:
        style = LABEL_STYLES[label_name(word.running_probability)]
        table.add_row(
            plain(word.word if word.known else f"{word.word} {UNKNOWN_MARK}"),
            Text(f"{word.effect:+z.3f}", style=_style(word.effect)),
            f"{explanation.probability - word.effect:z.3f}",
            f"{word.running_probability:.3f}",
            Text(bar(word.running_probability), style=style),
        )
    return table


def _pairs_table(explanation: Explanation) -> Table:
    table = Table(box=SIMPLE_HEAD)
    table.add_column("words together", overflow="fold")
    table.add_column("effect, logits", justify="right", no_wrap=True)
    for pair in explanation.interactions:
        gap = " " if pair.positions[1] == pair.positions[0] + 1 else " … "
        style = LABEL_STYLES["positive" if pair.effect > 0 else "negative"]
        table.add_row(plain(gap.join(pair.words)), Text(f"{pair.effect:+.2f}", style=style))
    return table


def _legend(explanation: Explanation) -> list[Text]:
    lines = [
        "effect: P(positive) with the word less that without it, which is under “left out”; "
        "⁺ ⁻: at least 0.05, twice at least 0.25.",
        "so far: what the model says of the words up to here, had the text ended there.",
    ]
    if explanation.interactions:
        lines.append(
            "words together: what two words do beyond what each does alone; 1 logit multiplies "
            "the odds of positive by 2.7."
        )
    shown = len(explanation.words)
    if shown < explanation.num_read:
        lines.append(
            f"The first {shown:,} of the {explanation.num_read:,} words that the model reads are "
            "explained."
        )
    if any(not word.known for word in explanation.words):
        lines.append(f"{UNKNOWN_MARK} a word that the model does not know.")
    return [plain(line, "dim") for line in lines]
