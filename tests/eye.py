"""What nbval's kernels run first: nobody is asked, nothing is written, every frame of every figure is looked at."""

import functools
import importlib
import pkgutil
import re
import sys
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

ROOT = Path(__file__).resolve().parents[1]
WIDTH, LETTERS = 5, 10  # inches of a canvas that a phone shows whole, and the points of its smallest letters
PIXELS = r'<image x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"'
EXCUSED = {  # words of a figure's alt text: the rules that it breaks, on purpose
    "z of one unit over 40 updates": {"inside"},  # one that runs away
}


def refuse(event, args):
    """Raise an error if a lesson asks another machine or writes into the project; an audit hook."""
    if event == "socket.getaddrinfo" and args[0] not in ("localhost", "127.0.0.1", "::1", None):
        raise PermissionError(f"a lesson asks {args[0]}")
    if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] not in ("127.0.0.1", "::1"):
        raise PermissionError(f"a lesson asks {args[1][0]}")
    if event == "open" and isinstance(args[0], str) and (set(str(args[1])) & set("wax+") or (args[2] or 0) & 3):
        path = Path(args[0]).absolute()
        if path.is_relative_to(ROOT) and not {"__pycache__", ".venv"} & set(path.parts):
            raise PermissionError(f"a lesson writes {path.name}")


def watch():
    """Have all that follows in this process refused or looked at."""
    sys.addaudithook(refuse)
    lessons = importlib.import_module("lessons")
    rooms = [importlib.import_module(f"lessons.{room.name}") for room in pkgutil.iter_modules(lessons.__path__)]
    plain = lessons.explore
    for room in (lessons, *rooms):
        if vars(room).get("explore") is plain:
            room.explore = looking(plain)


def looking(explore):
    """Return explore, which then fails on any frame that a reader could stumble over."""

    @functools.wraps(explore)
    def looked_at(draw, *, alt, **controls):
        seen, found, words = [], {}, {}

        @functools.wraps(draw)
        def drawn(**values):
            artists = flat(result := draw(**values))
            figure = artists[0].get_figure(root=True)
            if figure.dpi == 72:  # else it is not laid out yet
                seen.append(alt(**values) if callable(alt) else alt)
                if len(seen) == 1:
                    words.update(still_words(figure, artists))
                for fault in faults(figure, artists, still=len(seen) == 1):
                    found.setdefault(fault, f"{fault[1]} at {values} ({fault[0]})")
            return result

        figure = explore(drawn, alt=alt, **controls)
        excused = {rule for words, rules in EXCUSED.items() if words in seen[0] for rule in rules}
        left = [said for (rule, _), said in found.items() if rule not in excused] + list(hidden(words, figure))
        assert not left, f"{seen[0]!r}: {'; '.join(left[:4])} ({len(left)} in all)"
        return figure

    return looked_at


def written(figure):
    """Return the texts of a figure that can be seen, those of its ticks aside."""
    ticks = {tick for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for tick in axis.findobj(Text)}
    texts = [text for text in figure.findobj(Text) if text not in ticks and text.get_text().strip()]
    return [text for text in texts if text.get_visible() and (not text.axes or text.axes.get_visible())]


def still_words(figure, moving):
    """Return the boxes (x, y, width, height) of words that stay, from the upper left as in an SVG."""
    aside = {text for part in moving for text in part.findobj(Text)}
    texts = [text for text in written(figure) if text not in aside]
    boxes = {text.get_text(): text.get_window_extent(figure.canvas.get_renderer()) for text in texts}
    return {word: (box.x0, figure.bbox.height - box.y1, box.width, box.height) for word, box in boxes.items()}


def hidden(words, figure):
    """Yield what is said of each word under the first pixels of a frame: where these are empty they are white."""
    still, *_ = figure.children[-1].children
    parts = [str(getattr(part, "value", "")) for part in figure.parts if part is not still]
    frames = [found for part in parts if (found := re.search(PIXELS, part))]
    for word, (x, y, width, height) in words.items():
        for left, top, wide, high in (map(float, found.groups()) for found in frames):
            if x < left + wide and left < x + width and y < top + high and top < y + height:
                yield f"pixels hide {word!r}"


def flat(drawn):
    """Return the artists in nested lists."""
    return [drawn] if isinstance(drawn, Artist) else [artist for part in drawn for artist in flat(part)]


def faults(figure, moving, still=True):
    """Yield (rule, what breaks it) for a frame, or for what moves in it alone."""
    renderer, canvas = figure.canvas.get_renderer(), figure.bbox.padded(1)
    for artist in moving:
        if not isinstance(artist, Text) and not stays_inside(artist, renderer):
            yield "inside", f"{artist} leaves its axes"
    shown = [ax for ax in figure.axes if ax.get_visible()]
    axes = [axis for ax in shown if ax.axison for axis in (ax.xaxis, ax.yaxis)]
    for text in written(figure) if still else [text for part in moving for text in part.findobj(Text)]:
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent(renderer)
            if not (canvas.contains(*box.min) and canvas.contains(*box.max)):
                yield "canvas", f"{text.get_text()!r} is cut off"
            if too_small(text, figure):
                yield "letters", f"{text.get_text()!r} is too small"
    for axis in axes if still else []:
        labels = [label for label in axis.get_ticklabels() if label.get_visible() and label.get_text()]
        words = all(label.get_text().strip("0123456789.,−-+% ") for label in labels)  # which need no label
        title = axis.axis_name == "y" and any(axis.axes.get_title(place).strip() for place in ("left", "center"))
        if labels and not (words or title or axis.get_label_text().strip()):
            yield "labels", f"an {axis.axis_name} axis has no label"
        box = axis.get_tightbbox(renderer)
        if box and not (canvas.contains(*box.min) and canvas.contains(*box.max)):
            yield "canvas", f"the {axis.axis_name} axis is cut off"
        if any(too_small(text, figure) for text in (*labels, axis.label)):
            yield "letters", f"an {axis.axis_name} axis has too small letters"


def too_small(text, figure):
    """Return whether a text is too small to be read where the canvas is as wide as a phone."""
    return text.get_size() * WIDTH / figure.get_figwidth() < LETTERS - 0.01


def stays_inside(artist, renderer):
    """Return whether points and bars stay inside their axes; lines may leave them, but not as a whole."""
    if artist.axes is None or not artist.get_visible():
        return True
    if isinstance(artist, Line2D) and not (artist.get_xydata() == artist.get_xydata()).any():
        return True  # nothing is drawn
    inside, points = artist.axes.bbox.padded(1.5), None
    if isinstance(artist, Line2D) and artist.get_marker() not in (None, "None", "none", "", " "):
        points = artist.get_transform().transform(artist.get_xydata())
    elif isinstance(artist, PathCollection):
        points = artist.get_offset_transform().transform(artist.get_offsets())
    elif isinstance(artist, Patch):
        points = artist.get_window_extent(renderer).get_points()
    if points is not None:
        return all(inside.contains(x, y) for x, y in points if x == x and y == y)
    return inside.overlaps(artist.get_window_extent(renderer))
