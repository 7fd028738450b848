"""The same figure by six hands: a sigmoid and its slope in two panels, with a slider for the steepness."""

COMMON = """
%matplotlib inline
import ipywidgets as widgets
import numpy as np
from IPython.display import display
from matplotlib import pyplot as plt
from lessons import ACTIVATIONS

x = np.linspace(-8, 8, 161)
f = ACTIVATIONS["sigmoid"]

def set_up():
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.2))
    fig.subplots_adjust(bottom=0.18)
    for ax, title, top in zip(axes, ["sigmoid", "slope"], [1.1, 2.6]):
        ax.set(title=title, xlabel="x", xlim=(-8, 8), ylim=(-0.1, top))
    return fig, axes

def slider():
    return widgets.FloatSlider(value=5, min=0.1, max=10, step=0.1, description="k")
"""

OURS = """
from lessons import explore

fig, axes = set_up()

def draw(k=5):
    return axes[0].plot(x, f.function(k * x)), axes[1].plot(x, k * f.slope(k * x))

explore(draw, alt="The sigmoid of {k} x, and its slope", k=(0.1, 10, 0.1))
"""

INTERACT = """
def draw(k):
    fig, axes = set_up()
    axes[0].plot(x, f.function(k * x))
    axes[1].plot(x, k * f.slope(k * x))
    plt.show()

widgets.interact(draw, k=slider());
"""

IPYMPL = """
%matplotlib ipympl
plt.ioff()
fig, axes = set_up()
(value,), (slope,) = axes[0].plot(x, f.function(5 * x)), axes[1].plot(x, 5 * f.slope(5 * x))

def redraw(change):
    value.set_ydata(f.function(change.new * x))
    slope.set_ydata(change.new * f.slope(change.new * x))
    fig.canvas.draw_idle()

k = slider()
k.observe(redraw, "value")
display(k, fig.canvas)
"""

PLOTLY = """
from plotly import graph_objects
from plotly.subplots import make_subplots

fig = graph_objects.FigureWidget(make_subplots(1, 2, subplot_titles=["sigmoid", "slope"]))
fig.add_scatter(x=x, y=f.function(5 * x), row=1, col=1)
fig.add_scatter(x=x, y=5 * f.slope(5 * x), row=1, col=2)
fig.update_layout(width=860, height=320, showlegend=False, yaxis_range=[-0.1, 1.1], yaxis2_range=[-0.1, 2.6])

def redraw(change):
    with fig.batch_update():
        fig.data[0].y = f.function(change.new * x)
        fig.data[1].y = change.new * f.slope(change.new * x)

k = slider()
k.observe(redraw, "value")
display(k, fig)
"""

BQPLOT = """
import bqplot

scale = bqplot.LinearScale(min=-8, max=8)
lines, figures = [], []
for title, top in (("sigmoid", 1.1), ("slope", 2.6)):
    height = bqplot.LinearScale(min=-0.1, max=top)
    lines.append(bqplot.Lines(x=x, y=0 * x, scales={"x": scale, "y": height}))
    axes = [bqplot.Axis(scale=scale, label="x"), bqplot.Axis(scale=height, orientation="vertical")]
    layout = widgets.Layout(width="430px", height="320px")
    figures.append(bqplot.Figure(marks=lines[-1:], axes=axes, title=title, layout=layout))

def redraw(change):
    lines[0].y = f.function(change.new * x)
    lines[1].y = change.new * f.slope(change.new * x)

k = slider()
k.observe(redraw, "value")
display(k, widgets.HBox(figures))
"""

ECHO = """
k, label = slider(), widgets.HTML("5")
k.observe(lambda change: setattr(label, "value", f"{change.new:.1f}"), "value")
display(k, label)
"""

# What is seen in each panel, read out of the page; a picture is new when all of it is.
CONTENDERS = {
    "lessons.explore": (
        OURS,
        "[...document.querySelectorAll('svg[role=img]')].filter(s => s.checkVisibility()).map(s => s.innerHTML)",
    ),
    "`interact`, a new matplotlib figure each time": (
        INTERACT,
        "[...document.querySelectorAll('.jp-OutputArea-output img')].filter(i => i.naturalWidth).map(i => i.src)",
    ),
    "ipympl, `set_ydata`": (IPYMPL, "[pixels(document.querySelector('.jupyter-matplotlib-canvas-div canvas'))]"),
    "plotly `FigureWidget`": (
        PLOTLY,
        "[...document.querySelectorAll('.js-plotly-plot .scatterlayer path.js-line')].map(p => p.getAttribute('d'))",
    ),
    "bqplot": (BQPLOT, "[...document.querySelectorAll('.bqplot path.line')].map(p => p.getAttribute('d'))"),
    "kernel round trip, nothing drawn": (
        ECHO,
        "[...document.querySelectorAll('.jp-OutputArea-output .widget-html-content')].map(e => e.textContent)",
    ),
}
