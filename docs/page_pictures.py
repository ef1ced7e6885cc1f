"""Takes the pictures of the page again: `python docs/page_pictures.py http://127.0.0.1:8000/`."""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

MOVED = "#text=the+plot+was+dull+but+the+acting+was+superb&order=0,6,7,8,4,5,1,2,3"
PHONE = {
    "viewport": {"width": 360, "height": 1000},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PICTURES = {
    "page-light": {"color_scheme": "light", "viewport": {"width": 1120, "height": 800}},
    "page-dark": {"color_scheme": "dark", "viewport": {"width": 1120, "height": 800}},
    "page-phone": {"color_scheme": "light", **PHONE},
}

with sync_playwright() as playwright:
    chromium = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )
    for name, options in PICTURES.items():
        page = chromium.new_page(**options)
        page.goto(sys.argv[1] + MOVED)
        page.locator(".scramble").first.wait_for()
        page.locator(".words").wait_for()
        page.wait_for_load_state("networkidle")
        picture = page.screenshot(full_page="is_mobile" not in options)
        palette = Image.open(io.BytesIO(picture)).convert("RGB").quantize(128)
        palette.save(Path(__file__).parent / f"{name}.png", optimize=True)
