import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.errors import ModelError
from sentiment.tokenizer import MANY, PADDING_ID, UNKNOWN_ID, TokenIds, Tokenizer, cut
from sentiment.words import readable, scrambles

TEXTS = ["I like coffee, don't you?", "don't! I like tea 8/10..."] * 2


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.train(TEXTS, vocabulary_size=50)


def tokens(tokenizer: Tokenizer, text: str) -> list[str]:
    return [word.token for word in tokenizer.words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I LIKE It", ["i", "like", "it"]),
        ("don't don’t DON`T", ["don't", "don't", "don't"]),
        ("good<br /><br />bad</p> <B>x</B>", ["good", "bad", "x"]),
        (
            "&quot;art&quot; &amp; R&amp;B it&#39;s&nbsp;ok",
            ['"', "art", '"', "&", "r", "&", "b", "it's", "ok"],
        ),
        ("I <3 it, 2 < 3 > 1", ["i", "<", "3", "it", ",", "2", "<", "3", ">", "1"]),
        ("8/10, 3.5 or 1,000!", ["8/10", ",", "3.5", "or", "1,000", "!"]),
        ("2nd 90s mp3", ["2nd", "90s", "mp3"]),
        ("well... no…", ["well", "...", "no", "..."]),
        ("well-made", ["well", "-", "made"]),
        ("'good'", ["'", "good", "'"]),
        ("커피가 좋아요 😀👍", ["커피가", "좋아요", "😀", "👍"]),
        ("cafe\u0301 e\u00adffect ﬁne", ["café", "effect", "fine"]),
        ("\x00\x07\u200b", []),
        ("", []),
    ],
)
def test_text_is_split_into_words(tokenizer: Tokenizer, text: str, expected: list[str]) -> None:
    assert tokens(tokenizer, text) == expected
    assert len(tokenizer.encode(text)) == len(expected)


def test_ids_follow_frequency_after_padding_and_unknown(tokenizer: Tokenizer) -> None:
    assert tokenizer.vocabulary[:2] == ["[PAD]", "[UNK]"]
    assert set(tokenizer.vocabulary[2:5]) == {"don't", "i", "like"}
    assert tokenizer.encode("zebra")[0] == UNKNOWN_ID
    assert PADDING_ID not in tokenizer.encode("I like zebra [PAD]")


def test_vocabulary_is_capped_and_leaves_out_words_seen_once() -> None:
    assert Tokenizer.train(TEXTS, vocabulary_size=4).vocabulary_size == 4
    assert "once" not in Tokenizer.train(["a a once"], vocabulary_size=9).vocabulary


def test_words_keep_the_spelling_of_the_text(tokenizer: Tokenizer) -> None:
    words = tokenizer.words("I DON’T &quot;care&quot; ½")
    assert [w.surface for w in words] == ["I", "DON’T", '"', "care", '"', "1", "⁄", "2"]


@given(st.text(max_size=60))
def test_words_joined_by_spaces_give_the_same_tokens(text: str) -> None:
    tokenizer = Tokenizer.train(TEXTS, vocabulary_size=50)
    words = tokenizer.words(readable(text))
    joined = " ".join(word.surface for word in words)
    assert tokens(tokenizer, joined) == [word.token for word in words]


PIECES = st.sampled_from(
    ["<br />", "<I>", "</ p>", "<a b>", "<3", "&amp;", "&#39;", "&#x22;", "&NBSP;", "&lt;br>", "&"]
) | st.sampled_from(
    [
        "8/10",
        "3.5",
        "1,000,",
        "90s",
        "don't",
        "don`t",
        "..",
        "_",
        "é",
        "½",
        "’",
        "😀",
        "ﬁ",
        "\u0301",
    ]
)


@settings(deadline=None)  # the first example compiles
@given(st.lists(st.lists(PIECES | st.characters(max_codepoint=127), max_size=12), max_size=8))
def test_many_texts_are_split_as_single_ones_are(lists: list[list[str]]) -> None:
    once = ["".join(pieces) for pieces in lists] or [""]
    tokenizer = Tokenizer.train(once * 2, vocabulary_size=500)
    many = tokenizer.encode_batch((once * MANY)[:MANY])
    for number, text in enumerate(once):
        assert many[number].tolist() == tokenizer.encode(text).tolist()


def test_rules_of_another_file_hold_for_many_texts_too(tokenizer: Tokenizer) -> None:
    rules = json.loads(tokenizer.to_json())
    rules["normalizer"] = None
    other = Tokenizer.from_json(json.dumps(rules))
    unknown, known = other.encode_batch(["LIKE like"] * MANY)[0]
    assert unknown == UNKNOWN_ID != known


def test_a_tokenizer_comes_back_from_its_file(tokenizer: Tokenizer) -> None:
    again = Tokenizer.from_json(tokenizer.to_json())
    assert again.vocabulary == tokenizer.vocabulary
    assert again.encode(TEXTS[0]).tolist() == tokenizer.encode(TEXTS[0]).tolist()


@pytest.mark.parametrize("text", ["", "{}", "null", '{"model": {"vocab": {"a": 0}}}'])
def test_what_is_no_tokenizer_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match="not a tokenizer file"):
        Tokenizer.from_json(text)


def test_a_tokenizer_without_our_first_ids_is_refused(tokenizer: Tokenizer) -> None:
    other = tokenizer.to_json().replace("[PAD]", "[pad]")
    with pytest.raises(ModelError, match="ids 0 and 1"):
        Tokenizer.from_json(other)


@pytest.mark.parametrize(
    ("truncation", "expected"),
    [("head", [2, 3, 4]), ("tail", [6, 7, 8]), ("both", [2, 3, 8])],
)
def test_long_texts_keep_the_part_asked_for(truncation: str, expected: list[int]) -> None:
    ids = np.arange(2, 9, dtype=np.int32)
    assert cut(ids, 3, truncation).tolist() == expected
    assert cut(ids, 7, truncation).tolist() == ids.tolist()


@pytest.mark.parametrize("truncation", ["head", "tail", "both"])
def test_cutting_to_one_token_leaves_one(truncation: str) -> None:
    assert len(cut(np.arange(5, dtype=np.int32), 1, truncation)) == 1


def test_token_ids_of_many_texts_keep_their_bounds(tokenizer: Tokenizer) -> None:
    texts = [*TEXTS, "", "zebra"]
    token_ids = tokenizer.encode_batch(texts)
    assert [row.tolist() for row in token_ids] == [tokenizer.encode(t).tolist() for t in texts]
    both = TokenIds.concatenate([token_ids, TokenIds.of([]), token_ids])
    assert [row.tolist() for row in both] == 2 * [row.tolist() for row in token_ids]
    assert token_ids.flat.dtype == np.int32


def test_scrambles_hold_the_same_words_and_follow_the_seed() -> None:
    words = ["a", "b", "c", "d", "e"]
    found = list(scrambles(words, 4, seed=1))
    assert all(sorted(order) == words for order in found)
    assert found == list(scrambles(words, 4, seed=1)) != list(scrambles(words, 4, seed=2))
    assert any(order != words for order in found)


def test_half_a_surrogate_pair_becomes_readable() -> None:
    assert readable("a\ud800b") == "a\ufffdb"
    assert readable("\ud83d\ude00 é") == "😀 é"
