"""The page in a real browser: what a visitor types, moves and reads. Opt in with `-m browser`."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Route,
    expect,
    sync_playwright,
)

from sentiment import paths
from sentiment.artifact import load_model
from sentiment.experiments.gates import trace_gates
from sentiment.predictor import Predictor

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
TEXT = "the plot was dull but superb"
WORDS = TEXT.split()
CELLS = {f"small-{cell}": cell for cell in ("bow", "simple_rnn", "lstm", "gru")}
TOKEN = "open-sesame"
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@dataclass(frozen=True)
class Server:
    """A server in a process of its own, and the models it answers with."""

    address: str
    folder: Path

    def probability(self, text: str, model: str = "tiny") -> float:
        (answer,) = Predictor.of(load_model(self.folder / model)).predict([text])
        return answer.probability

    def figure(self, text: str, model: str = "tiny") -> str:
        return f"{self.probability(text, model):.3f}"


@contextmanager
def serving(home: Path, *options: str, **environment: str) -> Iterator[str]:
    """Address of `sentiment serve`, for as long as it is needed."""
    command = [sys.executable, "-m", "sentiment.commands", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, paths.HOME_VARIABLE: str(home), **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        try:
            assert found, f"the server said {line!r}"
            yield found[0]
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def server(
    make_model: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    folder = home / "models"
    make_model("tiny", seed=3, sentences=(TEXT,), folder=folder, cell="gru")
    for name, cell in CELLS.items():
        make_model(name, sentences=(TEXT,), folder=folder, cell=cell, made_by="compare")
    names = [option for name in ("tiny", *CELLS) for option in ("--model", name)]
    with serving(home, *names) as address:
        yield Server(address, folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable_path = shutil.which("chromium")
        assert executable_path, "there is no chromium; apt-get install chromium"
        browser = playwright.chromium.launch(executable_path=executable_path, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """A function that opens the page; annotate it `Callable[..., Page]`.

    Whatever a test does, nothing may be asked of another origin, and no script may fail.
    """
    contexts: list[BrowserContext] = []
    requests: list[str] = []
    failures: list[str] = []
    addresses = [server.address]

    def noted(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            failures.append(message.text)

    def open_page(text: str | None = TEXT, address: str = server.address, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1200, "height": 900})
        context = browser.new_context(**options)
        contexts.append(context)
        addresses.append(address)
        context.set_default_timeout(15_000)
        context.on("request", lambda request: requests.append(request.url))
        context.on("weberror", lambda error: failures.append(str(error.error)))
        context.on("console", noted)
        page = context.new_page()
        page.goto(address if text is None else f"{address}#{urlencode({'text': text})}")
        return page

    expect.set_options(timeout=15_000)
    yield open_page
    for context in contexts:
        context.close()
    assert requests
    assert [url for url in requests if not url.startswith(tuple(addresses))] == []
    assert failures == []


def sentence(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Sentence")


def chips(page: Page) -> Locator:
    return page.locator("#chips .chip")


def chip(page: Page, text: str) -> Locator:
    return page.get_by_role("list", name="Words to move").get_by_role("button", name=text)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def verdict(page: Page) -> Locator:
    return page.locator("#probability")


def verdict_row(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Verdict").get_by_role("row", name=name)


def centre(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def order_of(page: Page) -> str:
    return " ".join(chips(page).all_text_contents())


# === Typing ===


def test_typing_gives_a_verdict(visit: Callable[..., Page], server: Server) -> None:
    page = visit("")
    expect(page.get_by_role("region", name="Verdict")).to_contain_text("Type a sentence")
    typed = ""
    for word in ("dull", " but", " superb"):
        typed += word
        sentence(page).press_sequentially(word)
        expect(verdict(page)).to_have_text(server.figure(typed))
        label = "positive" if server.probability(typed) >= 0.5 else "negative"
        expect(page.locator("#label")).to_have_text(label)
    assert len({server.figure(text) for text in ("dull", "dull but", "dull but superb")}) == 3


def test_the_verdict_forms_word_by_word(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    values = page.get_by_role("table", name="Word by word").locator(".so-far .value")
    starts = [" ".join(WORDS[: end + 1]) for end in range(len(WORDS))]
    expect(values).to_have_text([f"{server.probability(start):.2f}" for start in starts])


def test_an_example_is_taken_over(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    text = "not dull, just quiet"
    button(page, text).click()
    expect(sentence(page)).to_have_value(text)
    expect(chips(page)).to_have_text(text.split())
    expect(verdict(page)).to_have_text(server.figure(text))


def test_a_word_that_the_model_does_not_know_is_marked(visit: Callable[..., Page]) -> None:
    page = visit("the quokka was superb")
    expect(page.locator(".words tbody th")).to_have_text(["the", "quokka †", "was", "superb"])
    expect(page.locator("#verdict")).to_contain_text("1 word is unknown to the model")


# === Moving words ===


def moved_to_the_end(page: Page, server: Server, first: str = "the") -> None:
    """Assert that the first word stands last, and that everything follows from it."""
    words = TEXT.split()
    words.remove(first)
    moved = " ".join([*words, first])
    expect(chips(page)).to_have_text(moved.split())
    before, after = server.probability(TEXT), server.probability(moved)
    expect(verdict(page)).to_have_text(f"{after:.3f}")
    assert f"{after:.3f}" != f"{before:.3f}"
    expect(verdict_row(page, "as typed")).to_contain_text(f"{before:.3f}")
    expect(verdict_row(page, "new order")).to_contain_text(f"{after:.3f}")
    difference = f"{after - before:+.3f}".replace("-", "−")
    expect(verdict_row(page, "difference")).to_contain_text(difference)
    expect(page.locator(".words tbody th")).to_have_text(moved.split())


def test_a_word_is_dragged_with_the_mouse(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    page.mouse.move(*centre(chip(page, "the")))
    page.mouse.down()
    x, y = centre(chip(page, "superb"))
    page.mouse.move(x + 60, y, steps=12)
    moved_to_the_end(page, server)  # while it is still held
    expect(chip(page, "the")).to_have_attribute("aria-pressed", "true")
    page.mouse.up()
    moved_to_the_end(page, server)
    expect(chip(page, "the")).to_have_attribute("aria-pressed", "false")
    expect(sentence(page)).to_have_value(TEXT)


def test_a_press_without_a_move_moves_nothing(visit: Callable[..., Page]) -> None:
    page = visit()
    x, y = centre(chip(page, "plot"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 3, y)
    assert chip(page, "plot").get_attribute("aria-pressed") == "false"
    page.mouse.up()
    expect(chips(page)).to_have_text(WORDS)
    assert chip(page, "plot").get_attribute("aria-pressed") == "false"
    expect(chip(page, "plot")).to_be_focused()


def test_a_word_is_dragged_with_a_finger(visit: Callable[..., Page], server: Server) -> None:
    page = visit(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    chip(page, "the").scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch_points = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touch_points})

    start_x, start_y = centre(chip(page, "the"))
    end_x, end_y = centre(chip(page, "superb"))
    send("touchStart", (start_x, start_y))
    for step in range(1, 13):
        share = step / 12
        x, y = start_x + share * (end_x + 30 - start_x), start_y + share * (end_y - start_y)
        send("touchMove", (x, y))
    send("touchEnd")
    moved_to_the_end(page, server)


def test_a_word_is_moved_with_the_keyboard(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    said = page.locator("#moves-spoken")
    chip(page, "the").focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("the, picked up, place 1 of 6.")
    for place in range(2, 7):
        page.keyboard.press("ArrowRight")
        expect(said).to_contain_text(f"the, moved, place {place} of 6.")
    page.keyboard.press("Space")
    expect(said).to_contain_text("the, dropped, place 6 of 6.")
    moved_to_the_end(page, server)
    expect(chip(page, "the")).to_be_focused()
    spoken = f"New order: .*{server.figure(order_of(page))}. As typed: .*{server.figure(TEXT)}"
    expect(page.locator("#verdict-spoken")).to_have_text(re.compile(spoken))


@pytest.mark.parametrize("modifier", ["Alt", "Control"])
def test_a_modifier_moves_a_word_at_once(
    visit: Callable[..., Page], server: Server, modifier: str
) -> None:
    page = visit()
    chip(page, "the").focus()
    page.keyboard.press(f"{modifier}+End")
    moved_to_the_end(page, server)
    page.keyboard.press(f"{modifier}+Home")
    expect(chips(page)).to_have_text(WORDS)
    page.keyboard.press(f"{modifier}+ArrowRight")
    expect(chips(page)).to_have_text(["plot", "the", *WORDS[2:]])


def test_escape_puts_a_word_back(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    chip(page, "plot").focus()
    for key in ("Enter", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(chips(page)).to_have_text(["the", "was", "dull", "plot", "but", "superb"])
    page.keyboard.press("Escape")
    expect(chips(page)).to_have_text(WORDS)
    expect(verdict(page)).to_have_text(server.figure(TEXT))


def test_arrows_alone_go_from_word_to_word(visit: Callable[..., Page]) -> None:
    page = visit()
    chip(page, "the").focus()
    page.keyboard.press("ArrowRight")
    expect(chip(page, "plot")).to_be_focused()
    page.keyboard.press("End")
    expect(chip(page, "superb")).to_be_focused()
    expect(chips(page)).to_have_text(WORDS)
    assert page.locator('#chips .chip[tabindex="0"]').all_text_contents() == ["superb"]
    outline = chip(page, "superb").evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"


def test_shuffle_and_reset(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    expect(button(page, "Reset")).to_be_disabled()
    button(page, "Shuffle").click()
    expect(chips(page)).not_to_have_text(WORDS)
    shuffled = order_of(page)
    assert sorted(shuffled.split()) == sorted(WORDS)
    expect(verdict(page)).to_have_text(server.figure(shuffled))
    button(page, "Reset").click()
    expect(chips(page)).to_have_text(WORDS)
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    expect(verdict_row(page, "new order")).to_contain_text("–")


def test_one_word_has_no_other_order(visit: Callable[..., Page]) -> None:
    page = visit("superb")
    for panel in ("#scrambles", "#statement"):
        expect(page.locator(panel)).to_have_text("These words have no other order.")
    expect(button(page, "Shuffle")).to_be_disabled()


# === Scrambles ===


def test_scrambles_are_shown_and_taken_over(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    bars = page.locator(".scramble")
    expect(bars).to_have_count(12)
    found = [bar.get_attribute("aria-label") or "" for bar in bars.all()]
    texts = [text.partition(":")[0] for text in found]
    assert len({TEXT, *texts}) == 13
    assert all(sorted(text.split()) == sorted(WORDS) for text in texts)
    assert [text.split()[-1] for text in found] == [server.figure(text) for text in texts]
    assert found == sorted(found, key=lambda text: text.split()[-1])
    bars.nth(3).focus()
    expect(page.locator(".detail")).to_have_text(
        re.compile(rf"{server.figure(texts[3])} (posi|nega)tive {texts[3]}")
    )
    bars.nth(5).hover()
    expect(page.locator(".detail")).to_contain_text(texts[5])
    bars.nth(5).click()
    expect(chips(page)).to_have_text(texts[5].split())
    expect(verdict(page)).to_have_text(server.figure(texts[5]))
    expect(bars.nth(5)).to_be_focused()


def test_other_scrambles_can_be_drawn(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.locator(".scramble")).to_have_count(12)
    first = page.locator(".scramble").first.get_attribute("aria-label")
    assert first is not None
    before = {bar.get_attribute("aria-label") for bar in page.locator(".scramble").all()}
    button(page, "Draw others").click()
    expect(page.locator(".scramble")).to_have_count(12)
    page.wait_for_function(
        "before => [...document.querySelectorAll('.scramble')]"
        ".some((bar) => !before.includes(bar.ariaLabel))",
        arg=sorted(filter(None, before)),
    )


# === Gates, and the small models ===


@pytest.mark.parametrize("model", ["tiny", "small-lstm"])
def test_gates_are_shown_at_each_word(
    visit: Callable[..., Page], server: Server, model: str
) -> None:
    page = visit()
    page.get_by_label("Model").select_option(model)
    (trace,) = trace_gates(load_model(server.folder / model), TEXT).texts
    gates = [quantity for quantity in trace.quantities if quantity.is_gate]
    arrows = {"forward": "→", "backward": "←"}
    names = [f"{gate.title.removesuffix(' gate')} {arrows[gate.direction]}" for gate in gates]
    expect(page.locator(".words thead .gate")).to_have_text(names)
    cells = page.locator(".words tbody td.gate")
    values = [f"{gate.mean[place]:.2f}" for place in range(len(WORDS)) for gate in gates]
    expect(cells).to_have_text(values)
    low = min(range(len(values)), key=lambda place: float(values[place]))
    high = max(range(len(values)), key=lambda place: float(values[place]))
    shade = "node => getComputedStyle(node).backgroundColor"
    assert cells.nth(low).evaluate(shade) != cells.nth(high).evaluate(shade)


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("small-bow", "A bag of words has no gates, and no order."),
        ("small-simple_rnn", "A SimpleRNN has no gates."),
    ],
)
def test_a_network_without_gates_says_so(visit: Callable[..., Page], model: str, line: str) -> None:
    page = visit()
    page.get_by_label("Model").select_option(model)
    expect(page.locator("#strip")).to_contain_text(line)
    expect(page.locator(".words .gate")).to_have_count(0)


def test_the_bag_of_words_does_not_move_and_the_others_do(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit()
    chip(page, "the").focus()
    page.keyboard.press("Alt+End")
    moved = " ".join([*WORDS[1:], "the"])
    rows = page.get_by_role("region", name="Who hears the order?").locator("tbody tr")
    names = ["bag of words", "SimpleRNN", "LSTM", "GRU"]
    expect(rows.locator("th")).to_have_text(names)
    for row, (model, name) in enumerate(zip(CELLS, names, strict=True)):
        before, after = server.probability(TEXT, model), server.probability(moved, model)
        expect(rows.nth(row)).to_contain_text(f"{name}{before:.3f}{after:.3f}")
        assert (before == after) == (model == "small-bow")
    expect(rows.first.locator('[data-head="moved by"]')).to_have_text("0")
    expect(rows.first.locator('[data-head="range"]')).to_have_text("0")
    expect(page.locator("#statement")).to_have_text(
        re.compile(r"In this order .*(SimpleRNN|LSTM|GRU).*; the bag of words does not move\.")
    )
    button(page, "Reset").click()
    expect(page.locator("#statement")).to_have_text(
        re.compile(r"Over 12 scrambles .*(SimpleRNN|LSTM|GRU).*; the bag of words does not move\.")
    )


def test_without_small_models_the_rest_is_there(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    only = {"name": "tiny", "cell": "gru", "num_parameters": 1, "default": True}
    page.route("**/models", lambda route: route.fulfill(json={"models": [only]}))
    page.reload()
    sentence(page).fill(TEXT)
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    expect(page.locator(".words tbody tr")).to_have_count(6)
    expect(page.get_by_role("heading", name="Who hears the order?")).to_be_hidden()


# === What can go wrong ===


def test_an_error_is_shown_and_typing_again_recovers(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit()
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    long = "superb " * 2_858
    sentence(page).fill(long)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("20,005 characters, and at most 20,000 are read")
    expect(sentence(page)).to_have_value(long)
    expect(verdict(page)).to_have_count(0)
    sentence(page).fill(TEXT)
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    expect(alert).to_be_hidden()


def test_a_server_that_is_gone_can_be_tried_again(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit("")
    page.route("**/predict", lambda route: route.abort())
    sentence(page).fill(TEXT)
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.unroute("**/predict")
    button(page, "Try again").click()
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(sentence(page)).to_be_focused()


def test_a_busy_server_is_asked_again(visit: Callable[..., Page], server: Server) -> None:
    page = visit("")
    refused: list[str] = []

    def refuse(route: Route) -> None:
        if len(refused) < 4:  # one request a model
            refused.append(route.request.url)
            detail = {"detail": "too many texts wait"}
            route.fulfill(status=503, headers={"Retry-After": "1"}, json=detail)
        else:
            route.continue_()

    page.route("**/predict", refuse)
    sentence(page).fill(TEXT)
    expect(page.get_by_role("alert")).to_have_text("The server is busy; trying again in 1 s.")
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    expect(page.get_by_role("alert")).to_be_hidden()


def test_an_answer_that_comes_too_late_is_dropped(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit("")
    waiting: list[Route] = []

    def keep_the_first(route: Route) -> None:
        body: Any = route.request.post_data_json
        if body["model"] == "tiny" and body["texts"][0] == "dull":
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/predict", keep_the_first)
    sentence(page).fill("dull")
    page.wait_for_timeout(400)
    assert len(waiting) == 1
    sentence(page).fill("superb")
    expect(verdict(page)).to_have_text(server.figure("superb"))
    late = {"text": "dull", "label": "negative", "probability": 0.123456, "num_tokens": 1}
    more = {"num_unknown": 0, "truncated": False, "model": "tiny", "surprise": None}
    with suppress(Error):  # the page may have given up on it
        waiting[0].fulfill(json={"predictions": [{**late, **more}]})
    page.wait_for_timeout(200)
    assert verdict(page).text_content() == server.figure("superb")


def test_the_token_is_asked_for_and_kept(visit: Callable[..., Page], server: Server) -> None:
    with serving(server.folder.parent, "--model", "tiny", SENTIMENT_TOKEN=TOKEN) as address:
        page = visit(None, address)
        expect(page.get_by_role("alert")).to_have_text("The server asks for a token.")
        field = page.get_by_label("Token")
        expect(field).to_be_focused()
        field.fill("wrong")
        with page.expect_response("**/models") as refused:
            field.press("Enter")
        assert refused.value.status == 401
        expect(page.get_by_role("alert")).to_have_text("The server does not take this token.")
        field.fill(TOKEN)
        field.press("Enter")
        expect(field).to_be_hidden()
        sentence(page).fill(TEXT)
        expect(verdict(page)).to_have_text(server.figure(TEXT))
        page.reload()
        expect(verdict(page)).to_be_visible()
        assert TOKEN not in page.url


# === The address ===


def test_the_address_holds_the_state(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.get_by_label("Model").select_option("small-lstm")
    chip(page, "the").focus()
    page.keyboard.press("Alt+End")
    state = {"text": TEXT, "order": "1,2,3,4,5,0", "model": "small-lstm"}
    expect(page).to_have_url(f"{server.address}#{urlencode(state)}")
    shared = visit(None, page.url)
    moved = " ".join([*WORDS[1:], "the"])
    expect(chips(shared)).to_have_text(moved.split())
    expect(sentence(shared)).to_have_value(TEXT)
    expect(verdict(shared)).to_have_text(server.figure(moved, "small-lstm"))
    expect(shared.get_by_label("Model")).to_have_value("small-lstm")


@pytest.mark.parametrize("order", ["0,0", "1", "2,1", "x,y", "1,0,2", ""])
def test_a_broken_address_shows_the_typed_order(
    visit: Callable[..., Page], server: Server, order: str
) -> None:
    page = visit(None, f"{server.address}#text=dull+superb&order={order}&model=gone")
    expect(chips(page)).to_have_text(["dull", "superb"])
    expect(verdict(page)).to_have_text(server.figure("dull superb"))


# === How it looks ===

CONTRASTS = """() => {
  const parse = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  };
  const over = (top, bottom) => top.channels.map((channel, index) =>
    top.alpha * channel + (1 - top.alpha) * bottom[index]);
  const ground = (node) => {
    if (node === null) return [255, 255, 255];
    const top = parse(getComputedStyle(node).backgroundColor);
    return top.alpha === 1 ? top.channels : over(top, ground(node.parentElement));
  };
  const luminance = (channels) => {
    const [red, green, blue] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
  const texts = [];
  const graphics = [];
  for (const node of document.body.querySelectorAll("*")) {
    if (!shown(node)) continue;
    const style = getComputedStyle(node);
    const isText = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())
      || node.matches("textarea, input");
    const name = `${node.tagName}.${node.className} ${node.textContent.slice(0, 30)}`;
    if (isText) texts.push([name, contrast(over(parse(style.color), ground(node)), ground(node))]);
    const around = ground(node.parentElement);
    if (node.matches(".bar, .way, .tick, .mark.current")) {
      graphics.push([name, contrast(ground(node), around)]);
    } else if (node.matches(".mark.typed, .chip, select, textarea, input, .level")
      || (node.matches("button") && style.borderTopWidth !== "0px" && !node.disabled)) {
      graphics.push([name, contrast(parse(style.borderTopColor).channels, around)]);
    }
  }
  return { texts, graphics };
}"""


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_graphics_stand_out_in_both_schemes(
    visit: Callable[..., Page], scheme: str, width: int
) -> None:
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 800})
    chip(page, "the").focus()
    page.keyboard.press("Alt+End")
    expect(verdict_row(page, "difference")).not_to_contain_text("–")
    expect(page.locator(".words td.gate")).not_to_have_count(0)
    page.locator(".scramble").first.hover()
    page.evaluate(
        "document.querySelectorAll('#problem, #token-form').forEach((node) => node.hidden = false);"
        "document.getElementById('problem-text').textContent = 'something is wrong'"
    )
    page.keyboard.press("Space")  # a chip that is held has other colours
    page.wait_for_timeout(300)
    found = page.evaluate(CONTRASTS)
    assert len(found["texts"]) > 80
    assert len(found["graphics"]) > 40
    assert [each for each in found["texts"] if each[1] < 4.5] == []
    assert [each for each in found["graphics"] if each[1] < 3] == []


@pytest.mark.parametrize("width", [320, 360, 760, 1200])
@pytest.mark.parametrize("text", [TEXT, "super" * 60, "dull but superb " * 30])
def test_nothing_is_wider_than_the_screen(
    visit: Callable[..., Page], width: int, text: str
) -> None:
    page = visit(text, viewport={"width": width, "height": 740})
    page.get_by_label("Model").select_option("small-lstm")  # which has most gates
    expect(page.locator(".words thead .gate")).to_have_count(6)
    if " " in text:
        button(page, "Shuffle").click()
        expect(verdict_row(page, "difference")).not_to_contain_text("–")
    expect(page.locator(".words tbody tr")).to_have_count(min(200, len(text.split())))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#strip").evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_chips_glide_only_where_motion_is_welcome(
    visit: Callable[..., Page], motion: str, moves: bool
) -> None:
    page = visit("dull superb", reduced_motion=motion)
    count = page.evaluate(
        "document.getElementById('shuffle').click(); document.getAnimations()"
        ".filter((each) => each instanceof Animation && !(each instanceof CSSTransition)).length"
    )
    assert (count > 0) == moves


def test_the_label_is_never_told_by_colour_alone(
    visit: Callable[..., Page], server: Server
) -> None:
    page = visit()
    expect(verdict(page)).to_have_text(server.figure(TEXT))
    middles = page.evaluate(
        """() => [...document.querySelectorAll(".scramble")].map((node) => {
          const [bar, box] = [".bar", ".box"].map((part) =>
            node.querySelector(part).getBoundingClientRect());
          return [node.ariaLabel, (bar.top + bar.bottom) / 2 < (box.top + box.bottom) / 2];
        })"""
    )
    assert len(middles) == 12
    for name, is_above in middles:
        assert ("positive" in name) == is_above


def test_figures_never_round_a_difference_to_zero(visit: Callable[..., Page]) -> None:
    page = visit("")
    shown = page.evaluate(
        """async () => {
          const { signed } = await import("/dom.js");
          return [0, 1e-9, -0.0004, -0.25, 0.5].map((value) => signed(value));
        }"""
    )
    assert shown == ["0", "≈ 0", "≈ 0", "−0.250", "+0.500"]
