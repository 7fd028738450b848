"""Slider figures that need no kernel: every frame is drawn when the cell runs."""

import base64
import gc
import html
import inspect
import io
import itertools
import math
import re
from decimal import Decimal
from numbers import Real

import ipywidgets as widgets
from IPython import get_ipython
from matplotlib import rc_context, rcParams
from matplotlib.artist import Artist
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.path import Path
from matplotlib.text import Text
from PIL import Image

MOST_FRAMES = 600
DPI, LARGER = 120, 1.3  # of what is drawn as pixels; how many times its size a figure is shown where there is room


def explore(draw, *, alt, **controls):
    """Return a figure with a slider or menu for each control; they work without the kernel.

    draw(**values) plots what moves on axes whose limits the cell has set, and returns it, as in
    `lambda k: ax.plot(x, sigmoid(k * x))`. A control is (low, high, step) for a slider or a list
    for a menu; it starts at draw's default, else in the middle of the slider or at the first of
    the list. alt is a sentence that says what is to be seen, with fields such as {k}; whatever
    text a frame draws is added to it. Raises TypeError or ValueError for what makes no figure.
    """
    from matplotlib import pyplot  # here, so that importing lessons changes nothing

    figure, open_before = None, set(pyplot.get_fignums())
    try:
        options = _options(controls)
        start = {name: _start(draw, name, controls[name], options[name]) for name in controls}
        values = {name: options[name][i][1] for name, i in start.items()}
        artists = _artists(draw(**values))
        figure = artists[0].get_figure(root=True)
        text = _say(alt, values, artists)
        _remove(artists)
        picture = _png(figure, draw, values)
        still, frames = _render(figure, draw, alt, options)
    finally:
        pyplot.close(figure)  # None stands for the latest: draw has not named another
        for number in set(pyplot.get_fignums()) - open_before:
            pyplot.close(number)
    explorer = Explorer(lambda: _assemble(still, frames, _handles(controls, options, start)), picture, text)
    _replace_earlier(explorer)
    return explorer


class Explorer(widgets.VBox):
    """A slider figure; where there are no widgets, its picture or its sentence."""

    def __init__(self, assemble, picture, text):
        self.picture, self.text, self.parts = picture, text, []
        widgets.Widget.on_widget_constructed(self.parts.append)  # the only such hook: whoever has set it loses it
        try:
            super().__init__(assemble())
        finally:
            widgets.Widget.on_widget_constructed(None)

    def _repr_mimebundle_(self, **kwargs):
        text = f"{self.text} (controls: {', '.join(child.description for child in self.children[:-1])})"
        bundle = super()._repr_mimebundle_(**kwargs) | {"text/plain": text, "image/png": self.picture}
        return bundle, {"image/png": {"alt": self.text}}

    def close(self):
        """Close every frame, control and link too, in the kernel and in the page."""
        super().close()
        while self.parts:
            self.parts.pop().close()
        self.children, self.picture = (), ""


def _options(controls):
    """Return (label, value) for each position of each control; raise an error that names a mistake."""
    if not 1 <= len(controls) <= 2:
        raise ValueError(f"explore takes one or two controls, not {len(controls)}")
    options = {name: _positions(name, control) for name, control in controls.items()}
    frames = math.prod(map(len, options.values()))
    if frames > MOST_FRAMES:
        raise ValueError(f"{frames} frames are more than {MOST_FRAMES}; make a step larger")
    return options


def _positions(name, control):
    """Return (label, value) for each position of a control."""
    if isinstance(control, list) and control:
        return [(str(value), value) for value in control]
    if not (isinstance(control, tuple) and len(control) == 3 and all(isinstance(v, Real) for v in control)):
        raise TypeError(f"{name} must be (low, high, step) or a list of choices, not {control!r}")
    low, high, step = control
    if not (all(map(math.isfinite, control)) and low < high and 0 < step and (high - low) / step < 1e6):
        raise ValueError(f"{name} must run from low up to high in steps above 0, not {control!r}")
    count = int((high - low) / step + 1e-9) + 1  # 1e-9: 0.3 / 0.1 is a little less than 3
    places = max(0, *(-Decimal(str(v)).as_tuple().exponent for v in (low, step)))
    values = [round(low + i * step, places) for i in range(count)]
    shown = min(places, max(3, math.ceil(-math.log10(step))))  # a third has 16 places
    return [(f"{value:.{shown}f}", value) for value in values]


def _start(draw, name, control, positions):
    """Return the position nearest to draw's default, else the middle of a slider or the first of a menu."""
    default = getattr(inspect.signature(draw).parameters.get(name), "default", None)
    values = [value for _, value in positions]
    if isinstance(control, list):
        return values.index(default) if default in values else 0
    near = default if isinstance(default, Real) else values[(len(values) - 1) // 2]
    return min(range(len(values)), key=lambda i: abs(values[i] - near))


def _say(alt, values, artists):
    """Return the sentence for these values, and what the frame itself says in words and numbers."""
    try:
        sentence = str.format(alt, **values).strip()
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        sentence = ""
    if not sentence:
        raise TypeError(f"alt must be a sentence, not {alt!r}; fields can be {', '.join(values)}")
    texts = [" ".join(artist.get_text().split()) for artist in artists if isinstance(artist, Text)]
    return ". ".join([sentence.rstrip("."), *filter(None, texts)]) if any(texts) else sentence


def _artists(drawn):
    """Return what draw returned, such as [line] or (bars, text), as one list of artists."""
    if isinstance(drawn, Artist):
        return [drawn]
    if not isinstance(drawn, (list, tuple)) or not drawn:
        raise TypeError(f"draw must return what it plots, as in `return ax.plot(x, y)`, not {drawn!r}")
    return [artist for part in drawn for artist in _artists(part)]


def _remove(artists):
    """Take artists off their axes."""
    for artist in artists:
        try:
            artist.remove()
        except NotImplementedError:
            raise ValueError(f"draw cannot return {artist}, which stays on its axes; use ax.text") from None


def _draw(figure, draw, values):
    """Return the artists that draw plots for these values, each colour cycle begun anew."""
    for ax in figure.axes:
        ax.set_prop_cycle(None)
    artists = _artists(draw(**values))
    if any(artist.get_figure(root=True) is not figure for artist in artists):
        raise ValueError("draw must plot anew each time, on the one figure that the cell has set up")
    return artists


def _png(figure, draw, values):
    """Lay the figure out at these values, and return it as a base64 PNG."""
    artists, page = _draw(figure, draw, values), io.BytesIO()
    figure.savefig(page, dpi=DPI)
    _remove(artists)
    every = Image.Quantize.MAXCOVERAGE  # keeps a rare colour: the usual way makes orange crimson on a crimson picture
    picture, small = Image.open(page).convert("RGB").quantize(128, every, kmeans=2), io.BytesIO()
    picture.save(small, "png", optimize=True)
    return base64.b64encode(small.getvalue()).decode()


def _render(figure, draw, alt, options):
    """Fix limits and layout as they are; return the SVG of the still part and a list with the SVG of each frame."""
    figure.set_dpi(72)  # the resolution of an SVG
    figure.set_layout_engine("none")
    for ax in figure.axes:
        ax.autoscale(False)
    children, frames = sum(len(ax.get_children()) for ax in figure.axes), []
    with rc_context({"svg.fonttype": "none"}):  # text as text: smaller than outlines
        for positions in itertools.product(*options.values()):
            values = {name: value for name, (_, value) in zip(options, positions)}
            try:
                artists = _draw(figure, draw, values)
                frames.append(_svg(figure, artists, _say(alt, values, artists)))
            except Exception as error:
                error.add_note("while drawing " + ", ".join(f"{k} = {v!r}" for k, v in values.items()))
                raise
            _remove(artists)
        if sum(len(ax.get_children()) for ax in figure.axes) > children:
            raise ValueError("draw plots more than it returns; return all of it, as in `return line, text`")
        return _svg(figure, [figure]), frames


def _svg(figure, artists, label=""):
    """Return artists as an SVG element that fits its window; label is for those who hear it."""
    inches, page = figure.get_size_inches(), io.StringIO()
    width, height = 72 * inches
    vectors = _Page(width, height, page, image_dpi=DPI)
    head = page.tell()  # what comes before is for a file, and styles the whole page
    renderer = MixedModeRenderer(figure, *inches, DPI, vectors)  # rasterized artists become one image
    for artist in sorted(artists, key=Artist.get_zorder):
        artist.draw(renderer)
    if renderer._rasterizing:
        renderer.stop_rasterizing()
    renderer.finalize()
    family = ", ".join([*map(repr, rcParams["font.sans-serif"]), "sans-serif"])
    body = re.sub(r">\s+<", "><", page.getvalue()[head:]).replace(f"; font-family: {family}", "")
    body = re.sub(r' transform="rotate\(-0 [^"]*"', "", body)
    body = re.sub(r' [dxy]="[^"]*"', _shorten, body)
    role = f'role="img" aria-label="{html.escape(label)}"' if label else 'aria-hidden="true"'
    style = f"display: block; width: 100%; max-width: {LARGER * width:g}pt; stroke-linejoin: round"
    return f'<svg {role} viewBox="0 0 {width:g} {height:g}" style="{style}; font-family: {family}">{body}'


def _shorten(path):
    """Cut coordinates to 2 decimals, and leave out the L of a line that goes on."""
    short = re.sub(r"(?<=\.\d\d)\d+", "", path[0])
    return re.sub(r"\s+", " ", short if re.search("[aCQ]", short) else short.replace(" \nL", ""))


class _Page(RendererSVG):
    """A page of SVG whose pixels lie on white and take little room."""

    pieces = 0  # of pixels, so far
    open_group = close_group = lambda *_, **__: None  # groups are for those who edit a file

    def _convert_path(self, path, transform=None, **how):
        if path is not Path.unit_circle() or not transform.is_affine or transform.get_matrix()[0, 1]:
            return super()._convert_path(path, transform, **how)
        (width, _, x), (_, height, y), _ = transform.get_matrix().round(2)  # a circle is short as two arcs
        arc = f"a{abs(width):g} {abs(height):g} 0 1 1"
        return f"M {x + width:g} {y:g}{arc} {-2 * width:g} 0{arc} {2 * width:g} 0z"

    def draw_image(self, gc, x, y, im, transform=None):
        picture, file = Image.fromarray(im[::-1]), io.BytesIO()
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        if self.pieces:  # where it is empty, an earlier one shows through; to say so of the first takes room
            white.putalpha(picture.getchannel("A").point(lambda a: 255 * (a > 0)))
        self.pieces += 1
        white.save(file, "webp", quality=22, method=4)
        width, height = (72 / DPI * size for size in picture.size)
        place = {"x": x, "y": self.height - y - height, "width": width, "height": height}
        href = f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"
        self.writer.element("image", attrib={key: f"{at:.2f}" for key, at in place.items()} | {"href": href})


def _assemble(still, frames, handles):
    """Return the controls and the picture they steer: frames in a Stack, one shown at a time, above the still part."""
    wide, cell = widgets.Layout(width="100%", margin="0"), widgets.Layout(grid_area="1 / 1", width="100%", margin="0")
    style = widgets.HTML().style
    layer = [widgets.HTML(svg, layout=wide, style=style) for svg in frames]
    for handle in reversed(handles):
        size = len(handle.options)
        pages = [layer[i : i + size] for i in range(0, len(layer), size)]
        layer = [widgets.Stack(page, selected_index=handle.index, layout=cell) for page in pages]
        for stack in layer:
            widgets.jslink((handle, "index"), (stack, "selected_index"))  # the page itself moves it
    return [*handles, widgets.GridBox([widgets.HTML(still, layout=cell, style=style), *layer], layout=wide)]


def _handles(controls, options, start):
    """Return a menu for each list, and a slider for each other control."""
    style, layout = {"description_width": f"{max(map(len, controls)) + 1}ch"}, {"width": "min(100%, 30em)"}
    return [
        (widgets.Dropdown if isinstance(control, list) else widgets.SelectionSlider)(
            options=[(label, i) for i, (label, _) in enumerate(options[name])],
            index=start[name],
            description=name.replace("_", " "),
            style=style,
            layout=layout,
        )
        for name, control in controls.items()
    ]


_shown = {}  # cell -> (message that ran it last, figures which that run made)


def _replace_earlier(explorer):
    """Close the figures that an earlier run of the same cell made, so that nothing piles up."""
    request = getattr(get_ipython(), "get_parent", dict)()
    if request:
        run = request["header"]["msg_id"]
        cell = request["metadata"].get("cellId") or request["content"].get("code")
        last, figures = _shown.get(cell, (run, []))
        if last != run and figures:
            while figures:
                figures.pop().close()
            gc.collect()  # a closed figure is a ring of references, which Python frees late
        _shown[cell] = run, [*figures, explorer]
