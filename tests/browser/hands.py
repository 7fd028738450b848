"""What a reader does to a slider figure and then sees, the same in JupyterLab and on a page of the site."""

from axe_playwright_python.sync_playwright import Axe

FIGURE = ".widget-vbox:has(> .widget-gridbox)"
CONTROL = ".widget-slider .noUi-handle, .widget-dropdown select"
FRAME = "f => [...f.querySelectorAll('svg[role=img]')].find(svg => svg.checkVisibility())"
DRAWN = f"f => ({FRAME})(f)?.innerHTML"  # without the sentence for those who hear it
CHANGED = f"([f, old]) => ![undefined, '', old].includes(({DRAWN})(f))"
CUT = f"""f => {{
    const box = ({FRAME})(f).getBoundingClientRect();
    const inside = b => b.left > box.left - 1 && b.right < box.right + 1 && b.top > box.top - 1 && b.bottom < box.bottom + 1;
    return [...({FRAME})(f).querySelectorAll('text')].filter(t => !inside(t.getBoundingClientRect())).map(t => t.textContent);
}}"""


def figures(page):
    """Return every slider figure of a page."""
    return page.locator(FIGURE).all()


def controls(figure):
    """Return the slider handles and menus of a figure."""
    return figure.locator(CONTROL).all()


def is_menu(control):
    """Return whether a control is a menu."""
    return control.evaluate("c => c.tagName == 'SELECT'")


def size(control):
    """Return how many positions a control has."""
    return control.evaluate("c => c.options ? c.options.length : Number(c.ariaValueMax) + 1")


def position(control):
    """Return where a control stands."""
    return control.evaluate("c => c.options ? c.selectedIndex : Math.round(Number(c.ariaValueNow))")


def go(control, to):
    """Move a control to a position with the keyboard: large and small steps, or arrows in a menu that Space has opened."""
    steps = to - position(control)
    control.focus()
    if is_menu(control):
        keys = ["Space", *["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps), "Enter"]
    else:
        large, small = divmod(abs(steps), 5)
        keys = ["PageUp" if steps > 0 else "PageDown"] * large + ["ArrowRight" if steps > 0 else "ArrowLeft"] * small
    for key in keys if steps else []:
        control.page.keyboard.press(key)
    control.page.wait_for_timeout(20)
    assert position(control) == to


def drawn(figure, other_than=""):
    """Return the picture that is seen, once it is another one than before."""
    figure.page.wait_for_function(CHANGED, arg=[figure.element_handle(), other_than], timeout=10_000)
    assert figure.evaluate(CUT) == []
    return figure.evaluate(DRAWN)


def walk(figure, control):
    """Walk a control from one end to the other; return the pictures at five stops, and the one back at the start."""
    last = size(control) - 1
    go(control, 0)
    figure.page.wait_for_timeout(100)
    seen = [drawn(figure)]
    for stop in sorted({round(last * part / 4) for part in range(1, 5)} - {0}):
        go(control, stop)
        seen.append(drawn(figure, other_than=seen[-1]))
    go(control, 0) if is_menu(control) else control.press("Home")
    return seen, drawn(figure, other_than=seen[-1])


def photograph(figure):
    """Return what the screen shows of a figure's picture."""
    figure.evaluate("f => f.scrollIntoView({ block: 'center' })")
    box = figure.locator("svg[aria-hidden]").bounding_box()
    clip = {"x": round(box["x"]) + 2, "y": round(box["y"]) + 2, "width": round(box["width"]) - 4, "height": round(box["height"]) - 4}
    return figure.page.screenshot(clip=clip)


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
    found = Axe().run(page, within, {"resultTypes": ["violations"]}).response["violations"]
    pairs = {(rule["id"], node["html"]) for rule in found for node in rule["nodes"]}
    return sorted(p for p in pairs if not any(p[0] == rule and part in p[1] for rule, part in exceptions))
