"""How fast the lab is in a browser, as ratios and times of one run; what is measured is printed."""

import gzip
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from grader.cli.grader import main
from samples.specs import spec

if TYPE_CHECKING:
    from chromium import Browser

pytestmark = pytest.mark.browser

LAB = "relu-three-segments"
SIX = "".join("    - {w: free, b: free}\n" for _ in range(6))
ROUNDS = 7
# Whole numbers and layout, as a step has them, of a size that never changes.
YARDSTICK = """
const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
document.body.append(drawing);
const from = performance.now();
let number = 1n;
for (let k = 0; k < 5000; k++) number = (number * 1103515245n + 12345n) % 18446744073709551616n;
for (let k = 0; k < 300; k++) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("x2", Number(number % 100n) + k);
  drawing.append(line);
}
drawing.getBoundingClientRect();
const took = performance.now() - from;
drawing.remove();
return took;
"""
TO_YARDSTICK = 5


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lab") / "lab.html"
    assert main(["lab", LAB, "-o", str(path)]) == 0
    return path


def test_its_size(page: Path) -> None:
    data = page.read_bytes()
    packed = len(gzip.compress(data, 9))
    print(f"lab.html: {len(data):,} bytes, {packed:,} packed")
    assert len(data) <= 400_000
    assert packed <= 120_000


def test_the_first_picture(browser: "Browser", page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    start = "<!DOCTYPE html><title>Empty</title><p>Empty.</p><!--"
    empty.write_text(f"{start}{'x' * (page.stat().st_size - len(start) - 3)}-->", "utf-8")
    paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
    times: dict[Path, list[float]] = {page: [], empty: []}
    for _ in range(ROUNDS):
        for each, found in times.items():
            browser.chrome.get("about:blank")
            browser.open(each, width=1280)
            for _ in range(200):
                seen = browser.run(paint)
                if seen is not None:
                    break
            assert seen is not None
            found.append(seen)
    lab, nothing = median(times[page]), median(times[empty])
    print(f"first picture: {lab:.0f} ms, of an empty page {nothing:.0f} ms, {lab / nothing:.2f}")
    assert lab <= 2.5 * nothing


def test_a_step_of_a_slider(browser: "Browser", tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        spec(
            [
                ("    - {w: free, b: free}\n    - {w: free, b: free}\n", SIX),
                ("weights: [1, 1]", "weights: [1, 1, 1, 1, 1, 1]"),
            ]
        ),
        "utf-8",
    )
    page = tmp_path / "case.html"
    assert main(["lab", str(path), "-o", str(page)]) == 0
    browser.open(page, width=1280)
    times = browser.run(
        "const sliders = [...document.querySelectorAll('input[type=range]')];"
        "sliders.forEach((s, i) => { s.value = 45 + i; s.dispatchEvent(new Event('input')) });"
        "const times = [];"
        "for (let k = 0; k < 120; k++) {"
        "  const s = sliders[k % sliders.length]; s.value = 30 + k % 40;"
        "  const from = performance.now(); s.dispatchEvent(new Event('input'));"
        "  document.querySelector('.plot svg').getBoundingClientRect();"  # scripting and layout
        "  times.push(performance.now() - from) }"
        "return times"
    )
    typical, yardstick = median(times[20:]), median(browser.run(YARDSTICK) for _ in range(ROUNDS))
    print(
        f"a step with 6 units: {typical:.1f} ms, at most {max(times[20:]):.1f} ms, "
        f"{typical / yardstick:.2f} times the yardstick"
    )
    # 8 ms are meant; a machine that is slower in everything is not the page's fault.
    assert typical <= max(8, TO_YARDSTICK * yardstick)
