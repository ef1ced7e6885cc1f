"""The tokenizer within a TensorFlow graph gives the ids of the tokenizer itself, for any text."""

import random
from collections.abc import Callable, Sequence

import pytest
import tensorflow as tf

from sentiment.errors import ModelError
from sentiment.export.graph_tokenizer import GraphTokenizer
from sentiment.tokenizer import Tokenizer

TEXTS = [
    "",
    " \t\n\u2003\u3000",
    "I like coffee, don't you? It’s ‘fine’ and don`t ´bad´",
    "3.5 8/10 1:2 1,000.5 3. .5 3..5 ...5 ..5a",
    "3.5abc 1.2.3d x1.2.3d abc3.5 a3'5.6 3'5.6 2nd 1/2nd 3️⃣ 1.5é",
    "well... no.. maybe. ... .",
    "it's 'quoted' o'neill's '' a'' 'b",
    "snake_case __x__ a‿b",
    "cafe\u0301 e\u0323\u0302 e\u0302\u0323 a\u0327\u0301 o\u031b\u0301 α\u0313\u0300\u0345",
    "\u0301x \u0301 a \u0301",
    "\u1100\u1161\u11a8 \u1100\u1161 가\u11a8 각 \u1161",
    "½ ² ﷺ ﬁne ﬆop Ａｂｃ ① Ⓐ🅐 ｶﾞ Ω ℃",
    "İstanbul ΣΑΣ ẞ ſ K",
    "<b>bold</b><br/>x<BR /><img src='a.png' alt=\"<\">y<ﬆrong>z</ſpan>< b><script>",
    "a<b\u2003class=x>c <p" + " x" * 260 + ">d <a\nhref>e",
    "&amp;lt;br&amp;gt; &lt;br&gt; &QUOT;x&#39;s&#x27;&hellip;&nbsp;&#0160;&rsquo;&none;&amp;amp;",
    "co\u00adop zero\u200bwidth a\u200cb\u200dc\u2060d\ufeffe",
    "👍🏽 👨\u200d👩\u200d👧 🇰🇷 ❤️ 이 영화 정말 好き ภาษาไทย हिन्दी",
    "\x00\x01a\x02b\x03c\x1b[31m\x7f\x85\u2028\ufffd\ue000\u0378",
    "[PAD] [UNK] \\0 \\1 $1",
    "好" * 300,
]
ATOMS = [*"aeoα 1.,/:'<>&_", "\u0301", "\u0302", "\u0323", "\u0327", "\u0345", "\u1161", "\u11a8"]
ATOMS += ["good", "23", "½", "é", "ậ", "가", "<b>", "&amp;", "&#39;", "..", "\x01", "\x02", "\x03"]


def hostile_texts(num_texts: int, seed: int) -> list[str]:
    """Half of pieces that get in each other's way, half of characters from anywhere."""
    rng = random.Random(seed)

    def anywhere() -> str:
        last = rng.choice([0x7F, 0x24FF, 0xD7FF, 0x2FFFF])
        point = rng.randint(1, last)
        return chr(point) if not 0xD800 <= point < 0xE000 else "x"

    pieces: list[Callable[[], str]] = [lambda: rng.choice(ATOMS), anywhere]
    return [
        "".join(pieces[number % 2]() for _ in range(rng.randint(1, 12)))
        for number in range(num_texts)
    ]


def graph_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    graph = tf.function(
        GraphTokenizer(tokenizer).__call__, input_signature=[tf.TensorSpec([None], tf.string)]
    )
    found: list[list[int]] = graph(tf.constant(texts, tf.string)).to_list()
    return found


def test_ids_are_the_tokenizers_for_hostile_texts() -> None:
    texts = [*TEXTS, *hostile_texts(4_000, seed=0)]
    tokenizer = Tokenizer.train(texts * 2, 100_000)  # knows every word, so that spellings count
    for text, found in zip(texts, graph_ids(tokenizer, texts), strict=True):
        assert found == tokenizer.encode(text).tolist(), ascii(text)


def test_a_word_that_the_vocabulary_lacks_is_unknown() -> None:
    tokenizer = Tokenizer.train(["good film"] * 2, 10)
    texts = ["Good zebra film", "", "[PAD] good"]
    assert graph_ids(tokenizer, texts) == [row.tolist() for row in tokenizer.encode_batch(texts)]
    assert graph_ids(tokenizer, []) == []


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    tokenizer = Tokenizer.train(["good \ufffd film"] * 2, 10)
    graph = GraphTokenizer(tokenizer)
    found = graph(tf.constant([b"good \xff film"])).to_list()
    assert found == [tokenizer.encode("good \ufffd film").tolist()]


def test_a_tokenizer_of_other_rules_is_refused() -> None:
    text = Tokenizer.train(["good film"] * 2, 10).to_json()
    other = Tokenizer.from_json(text.replace('"type":"NFKC"', '"type":"NFC"'))
    with pytest.raises(ModelError, match="export it as keras or onnx"):
        GraphTokenizer(other)
