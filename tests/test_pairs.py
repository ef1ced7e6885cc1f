import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest

from sentiment.datasets import pairs_drawing
from sentiment.datasets.dataset import TEST, TRAIN, VALIDATION, Dataset
from sentiment.datasets.pairs import (
    NO_PAIR,
    content_words,
    held_out_words,
    num_distinct_at_least,
    pairs,
    patterns,
    single_patterns,
)
from sentiment.datasets.pairs_drawing import Sentences
from sentiment.datasets.pairs_grammar import PUNCTUATION, read_line
from sentiment.datasets.pairs_lexicon import judging_words, polarities, topics
from sentiment.errors import DataError
from sentiment.tokenizer import Tokenizer

RESERVED = {"i like coffee", "i hate coffee", "like coffee i", "this was not bad at all"}


@cache
def drawn(num_pairs: int = 10_000, seed: int = 0) -> Dataset:
    return pairs(num_pairs, seed)


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer.train(drawn().train.texts, vocabulary_size=2_000)


@cache
def tokens(text: str) -> tuple[str, ...]:
    return tuple(word.token for word in tokenizer().words(text))


def rows(split: str, num_pairs: int = 10_000, seed: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = drawn(num_pairs, seed).splits[split].table.to_pylist()
    return found


def in_pairs(split: str, num_pairs: int = 10_000, seed: int = 0) -> dict[int, list[dict[str, Any]]]:
    by_pair: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(split, num_pairs, seed):
        if row["pair"] != NO_PAIR:
            by_pair[row["pair"]].append(row)
    return by_pair


@pytest.mark.parametrize(("num_pairs", "seed"), [(10_000, 0), (1_000, 1)])
@pytest.mark.parametrize(("split", "share"), [(TRAIN, 0.72), (VALIDATION, 0.08), (TEST, 0.2)])
def test_the_sentences_of_a_pair_have_the_same_tokens_and_opposite_labels(
    split: str, share: float, num_pairs: int, seed: int
) -> None:
    found = in_pairs(split, num_pairs, seed)
    assert len(found) == round(share * num_pairs)
    for first, second in found.values():
        assert Counter(tokens(first["text"])) == Counter(tokens(second["text"])), first["text"]
        assert {first["label"], second["label"]} == {0, 1}
        assert first["text"].lower() != second["text"].lower()
        for column in ("pattern", "unseen_pattern", "held_out_words"):
            assert first[column] == second[column]


def test_a_pair_is_in_one_split() -> None:
    numbers = [set(in_pairs(split)) for split in (TRAIN, VALIDATION, TEST)]
    assert len(set.union(*numbers)) == sum(map(len, numbers)) == 10_000


def test_no_sentence_occurs_twice() -> None:
    texts = [text.lower() for split in drawn().splits.values() for text in split.texts]
    assert len(texts) == len(set(texts))
    words = {" ".join(tokens(text)) for text in texts}
    assert len(words) > 0.99 * len(texts)


def test_a_hundred_thousand_distinct_sentences_can_be_drawn() -> None:
    assert num_distinct_at_least() >= 100_000
    splits = pairs(50_000).splits.values()
    assert len({text.lower() for split in splits for text in split.texts}) >= 100_000


def test_at_least_sixty_patterns_have_skeletons_of_their_own() -> None:
    skeletons = [pattern.skeleton for pattern in patterns()]
    assert len(set(skeletons)) == len(skeletons) >= 60
    assert len({pattern.name for pattern in patterns()}) == len(skeletons)
    families = {pattern.family for pattern in patterns()}
    asked = {"contrast", "negation", "time", "expectation", "comparison", "agent", "cause"}
    assert families == asked


def test_a_skeleton_has_a_tag_for_each_word_that_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pairs_drawing, "_SHARE_OPENER", 0)
    monkeypatch.setattr(pairs_drawing, "_SHARE_DEGREE", 0)
    sentences = Sentences(0)
    for pattern in patterns() + single_patterns():
        for _ in range(5):
            for text in sentences.draw(pattern):
                words = [token for token in tokens(text) if token not in PUNCTUATION]
                assert len(words) == len(pattern.skeleton), text


def test_a_word_keeps_the_tag_that_the_table_or_the_template_gives_it() -> None:
    by_name = {pattern.name: pattern for pattern in patterns()}
    assert by_name["but"].skeleton == (
        *("DET", "NOUN", "AUX", "ADJ"),
        "CCONJ",
        *("DET", "NOUN", "AUX", "ADJ"),
    )
    assert by_name["used-to"].skeleton[:4] == ("PRON", "VERB", "PART", "VERB")


@pytest.mark.parametrize("template", ["but|although {win.adj}", "zebra {win.adj}", "{win.zebra}"])
def test_a_template_without_one_clear_tag_a_token_is_refused(template: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        read_line("contrast", "any", "any", template)


def test_ten_patterns_occur_in_the_test_split_only() -> None:
    unseen = {pattern.name for pattern in patterns() if pattern.unseen}
    assert len(unseen) == 10
    for split in (TRAIN, VALIDATION):
        assert not unseen & {row["pattern"] for row in rows(split)}
        assert not any(row["unseen_pattern"] for row in rows(split))
    by_pattern = Counter(row["pattern"] for row in rows(TEST) if row["unseen_pattern"])
    assert set(by_pattern) == unseen
    assert by_pattern.total() >= 1_000


def test_unseen_patterns_are_made_of_words_that_training_shows() -> None:
    shown = {token for text in drawn().train.texts for token in tokens(text)}
    for row in rows(TEST):
        if row["unseen_pattern"]:
            assert set(tokens(row["text"])) <= shown, row["text"]


def test_a_tenth_of_the_content_words_occur_in_the_test_split_only() -> None:
    assert len(content_words()) >= 400
    assert held_out_words() <= content_words()
    assert 0.09 < len(held_out_words()) / len(content_words()) < 0.11
    for split in (TRAIN, VALIDATION):
        for row in rows(split):
            assert held_out_words().isdisjoint(tokens(row["text"])), row["text"]
    shown = {token for row in rows(TEST) for token in tokens(row["text"])}
    assert len(held_out_words() & shown) > 0.9 * len(held_out_words())


def test_a_quarter_of_the_known_test_pairs_has_held_out_words_and_says_so() -> None:
    known = [row for row in rows(TEST) if not row["unseen_pattern"]]
    for row in known:
        has = not held_out_words().isdisjoint(tokens(row["text"]))
        assert row["held_out_words"] == has, row["text"]
    assert 0.2 < sum(row["held_out_words"] for row in known) / len(known) < 0.35
    assert not any(row["held_out_words"] for row in rows(TEST) if row["unseen_pattern"])


def test_at_most_one_judging_word_of_a_sentence_is_held_out() -> None:
    judging = held_out_words() & set(polarities())
    counts = Counter(len(judging & set(tokens(row["text"]))) for row in rows(TEST))
    assert set(counts) == {0, 1}
    assert counts[1] > 100


def test_both_polarities_are_judged_in_the_sentences_of_a_pair() -> None:
    pointing = {pattern.name for pattern in patterns() if ".this}" in pattern.template}
    mild = {pattern.name for pattern in patterns() if ".mild}" in pattern.template}
    for row in rows(TRAIN):
        judged = {polarities()[token] for token in tokens(row["text"]) if token in polarities()}
        if row["pair"] == NO_PAIR:
            denied = row["pattern"] in ("denied", "not-felt", "nothing-of-it")
            assert judged == {1 - row["label"] if denied else row["label"]}, row["text"]
        elif row["pattern"] not in pointing | mild:
            assert judged == {0, 1}, row["text"]


def test_a_word_has_one_polarity_and_no_noun_has_one() -> None:
    groups = [topic.adjectives for topic in topics()] + list(judging_words().values())
    negative = {word for group in groups for word in group[0]}
    positive = {word for group in groups for word in group[1]}
    named = {
        word
        for topic in topics()
        for words in (topic.things, topic.parts, topic.plurals, topic.mild)
        for word in words
    }
    assert not negative & positive
    assert not named & (negative | positive)


def test_what_decides_is_the_label() -> None:
    texts = {
        (row["pattern"], row["label"], tuple(tokens(row["text"])))
        for row in rows(TRAIN)
        if row["pattern"] in ("but", "although-last", "used-to", "this-not-that")
    }
    for pattern, label, words in texts:
        judged = [polarities()[word] for word in words if word in polarities()]
        last_decides = pattern in ("but", "used-to")
        assert label == (judged[-1] if last_decides else judged[0]), words


def test_labels_are_balanced_and_singles_are_for_learning_alone() -> None:
    for split, num_singles in ((TRAIN, 4_800), (VALIDATION, 533), (TEST, 0)):
        labels = drawn().splits[split].labels
        assert abs(labels.mean() - 0.5) < 0.001
        assert sum(row["pair"] == NO_PAIR for row in rows(split)) == num_singles
    assert 19_000 < len(drawn().train) < 21_000


def test_columns_have_the_types_they_are_said_to_have() -> None:
    assert drawn().train.table.schema == pa.schema(
        {
            "text": pa.string(),
            "label": pa.int8(),
            "pair": pa.int32(),
            "pattern": pa.string(),
            "unseen_pattern": pa.bool_(),
            "held_out_words": pa.bool_(),
        }
    )
    assert drawn().name == "pairs"


def test_sentences_are_written_as_people_write_them() -> None:
    for split in drawn().splits.values():
        for text in split.texts:
            words = tokens(text)
            neighbours = list(pairwise(words))
            assert text[0].isupper()
            assert text == " ".join(text.split())
            assert not any(f" {mark}" in text for mark in PUNCTUATION)
            assert "i" not in text.replace("'", " ").split(), text
            assert not any(a == "a" and b[0] in "aeiou" for a, b in neighbours), text
            assert not any(a == b for a, b in neighbours), text
            assert text.lower().rstrip(".!") not in RESERVED


def test_verbs_agree_with_their_nouns() -> None:
    plurals = {word for topic in topics() for word in topic.plurals}
    singulars = {
        word for topic in topics() for words in (topic.things, topic.parts) for word in words
    }
    for split in drawn().splits.values():
        for row in split.table.to_pylist():
            for word, following in pairwise(tokens(row["text"])):
                assert not (word in plurals and following in ("was", "is")), row["text"]
                if row["pattern"] not in ("better-parts", "critics-wrong"):  # "parts of it are"
                    assert not (word in singulars and following in ("were", "are")), row["text"]


def test_pronouns_fit_the_people_they_stand_for() -> None:
    for split in drawn().splits.values():
        for text in split.texts:
            words = set(tokens(text))
            assert not (words & {"uncle", "salesman"} and words & {"she", "her"}), text
            assert not (words & {"aunt", "waitress"} and words & {"he", "him"}), text


def test_the_seed_decides_what_is_drawn() -> None:
    first, again, other = pairs(200, 3), pairs(200, 3), pairs(200, 4)
    for split in (TRAIN, VALIDATION, TEST):
        assert first.splits[split].table == again.splits[split].table
    assert first.fingerprint() != other.fingerprint()


def test_what_is_drawn_does_not_depend_on_the_hash_seed() -> None:
    code = "from sentiment.datasets.pairs import pairs; print(pairs(200, 3).fingerprint())"
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command, env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == pairs(200, 3).fingerprint()


def test_rows_are_in_random_order() -> None:
    labels = drawn().train.labels
    assert 0.45 < (labels[1:] == labels[:-1]).mean() < 0.55
    patterns_in_order = drawn().train.table["pattern"].to_pylist()
    assert len(set(patterns_in_order[:200])) > 50


@pytest.mark.parametrize("num_pairs", [100, 101, 157])
def test_a_small_data_set_has_every_split(num_pairs: int) -> None:
    dataset = pairs(num_pairs)
    assert min(len(split) for split in dataset.splits.values()) > 0
    table = pa.concat_tables([split.table for split in dataset.splits.values()])
    assert len(set(table["pair"].to_pylist()) - {NO_PAIR}) == num_pairs


@pytest.mark.parametrize("num_pairs", [-1, 0, 99])
def test_too_few_pairs_are_refused(num_pairs: int) -> None:
    with pytest.raises(DataError, match="at least 100"):
        pairs(num_pairs)


def test_a_grammar_that_runs_out_is_an_error_and_not_a_hang(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        Sentences, "draw", lambda self, pattern, held_out=False: ("Dull soup.", "Good soup.")
    )
    with pytest.raises(DataError, match="ran out"):
        pairs(100)
