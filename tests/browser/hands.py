"""What a reader does to a slider figure and then sees, the same in JupyterLab and on a page of the site."""

import io
import re

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

FIGURE = ".widget-vbox:has(> .widget-gridbox)"
CONTROL = ".widget-slider .noUi-handle, .widget-dropdown select"
FRAME = "f => [...f.querySelectorAll('svg[role=img]')].find(svg => svg.checkVisibility())"
STATE = """c => {
    c.focus();
    if (c.options) return [true, c.selectedIndex, c.options.length];
    return [false, Math.round(c.ariaValueNow), Number(c.ariaValueMax) + 1];
}"""
WORDS = f"f => ({FRAME})(f).ariaLabel"
POSITION = "c => (c.selectedOptions?.[0] ?? c.closest('.widget-slider').querySelector('.widget-readout')).textContent"
LOOK = f"""async (figure, before) => {{
    // Ids differ in like pictures, too.
    for (const end = Date.now() + 10000; Date.now() < end;) {{
        const svg = ({FRAME})(figure);
        const picture = (svg?.ariaLabel + svg?.innerHTML).replace(/(?<=[#"])\\w[0-9a-f]{{10}}(?=[")])/g, '');
        if (svg && picture != before) {{
            const box = svg.getBoundingClientRect();
            const inside = b => b.left > box.left - 2 && b.right < box.right + 2
                && b.top > box.top - 2 && b.bottom < box.bottom + 2;  // no letter is as high as its box
            const cut = [...svg.querySelectorAll('text')].filter(text => !inside(text.getBoundingClientRect()));
            return [picture, cut.map(text => text.textContent)];
        }}
        await new Promise(later => setTimeout(later, 10));
    }}
    return [before, []];
}}"""


def figures(page):
    """Return every slider figure of a page."""
    return page.locator(FIGURE).all()


def controls(figure):
    """Return the slider handles and menus of a figure."""
    return figure.locator(CONTROL).all()


def state(control):
    """Return whether a control is a menu, where it stands, and how many positions it has; it takes the focus."""
    return control.evaluate(STATE)


def go(control, to):
    """Move a control to a position, or to its end, with the keyboard: in a menu by arrows, once Space has opened it."""
    is_menu, here, size = state(control)
    to = size - 1 if to == "end" else to
    if is_menu:
        keys = ["Space", *["ArrowDown" if to > here else "ArrowUp"] * abs(to - here), "Enter"]
    elif to in (0, size - 1):
        keys = ["End" if to else "Home"]
    else:
        large, small = divmod(abs(to - here), 5)
        keys = ["PageUp" if to > here else "PageDown"] * large + ["ArrowRight" if to > here else "ArrowLeft"] * small
    if to != here:
        for key in keys:
            control.page.keyboard.press(key)
        assert state(control)[1] == to


def drawn(figure, other_than=""):
    """Return the picture that is seen, once it is another one than before; no word of it may be cut off."""
    picture, cut = figure.evaluate(LOOK, other_than)
    assert picture != other_than and not cut, cut or "the picture stays"
    return picture


def check_controls(page, most=5):
    """Walk each control of each figure from one end to the other and back, and see that the picture follows."""
    untold = []
    for figure in figures(page):
        for control in (every := controls(figure)):
            for other in every:
                go(other, 0 if other is control else "end")  # at a first step of training, say, all pictures are alike
            figure.page.wait_for_timeout(100)
            seen, last = [drawn(figure)], state(control)[2] - 1
            for stop in sorted({round(last ** (part / (most - 2))) for part in range(most - 1)}):
                go(control, stop)
                seen.append(drawn(figure, other_than=seen[-1]))
                untold += [figure.evaluate(WORDS)] * (not tells(figure, control))
            go(control, 0)
            assert drawn(figure, other_than=seen[-1]) == seen[0]
            assert len(set(seen)) == len(seen) == min(most, last + 1)
    assert untold == [], untold


def tells(figure, control):
    """Return whether the words of the frame seen name a control's position, a menu's by its first word."""
    words, position = figure.evaluate(WORDS).replace("−", "-"), control.evaluate(POSITION)
    if state(control)[0]:
        return re.match(r"-?[^\W_]+", position)[0].lower() in words.lower()
    return float(position) in map(float, re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", words))


def photograph(figure):
    """Return what the screen shows of a figure's picture."""
    for _ in range(2):  # what comes into sight is laid out only then, and may move the figure
        figure.evaluate("""f => new Promise(seen => {
            f.scrollIntoView({ block: 'center' });
            requestAnimationFrame(() => requestAnimationFrame(seen));
        })""")
    box = figure.locator("svg[aria-hidden]").bounding_box()
    clip = {key: round(box[key]) + (2 if key in "xy" else -4) for key in box}
    return figure.page.screenshot(clip=clip)


def apart(one, other):
    """Return by how many of 255 steps two pictures differ in the mean, in 64 by 48 parts: an edge may lie elsewhere."""
    small = (Image.open(io.BytesIO(file)).convert("RGB").resize((64, 48), Image.BOX) for file in (one, other))
    return np.abs(np.subtract(*(np.asarray(picture, float) for picture in small))).mean()


def drag(control, share):
    """Drag a slider's handle with the mouse to a share of its way."""
    mouse, track = control.page.mouse, control.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]")
    handle, way = control.bounding_box(), track.bounding_box()
    mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    mouse.down()
    mouse.move(way["x"] + way["width"] * share, handle["y"] + handle["height"] / 2, steps=8)
    mouse.up()


def violations(page, within, exceptions=()):
    """Return (rule, element) for what axe finds wrong inside a selector, but for the exceptions."""
    page.add_style_tag(content="main > * { content-visibility: visible !important }")  # axe sees what is painted
    found = Axe().run(page, within, {"resultTypes": ["violations"]}).response["violations"]
    pairs = {(rule["id"], node["html"]) for rule in found for node in rule["nodes"]}
    return sorted(p for p in pairs if not any(p[0] == rule and part in p[1] for rule, part in exceptions))
