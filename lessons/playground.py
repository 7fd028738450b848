"""Train a small net on points in the plane, watch it learn, and take up three challenges."""

from dataclasses import dataclass, replace
from numbers import Integral, Real

import numpy as np

from lessons.data import DATA
from lessons.network import backward, forward, make_net, train, unflatten
from lessons.sliders import explore

BATCH, MOMENTS = 10, 20  # points in an update; how often a run is looked at after its start
EDGE, PIXELS = 3.5, 50  # half the width of the map, and how finely it is drawn


@dataclass(repr=False)
class Run:
    """A training: its settings, the points, the net at some epochs, and in which update it overflowed, if it did."""

    data: str
    layers: list
    activations: list
    x: np.ndarray
    labels: np.ndarray
    nets: dict
    overflow: int | None = None


def play(data="spiral", *, layers=(8, 8), activations="tanh", init=1, rate=0.1, seed=0, epochs=200):
    """Train a net on a data set, printing how far it is, and return the Run.

    layers are the sizes of the hidden layers; activations is one name for all of them, or a list
    of one for each; init is that of make_net. The output is a sigmoid, the cost cross entropy.
    The net is looked at some 20 times, and the training ends with the last look: 45 epochs are 44.
    Raises ValueError for what cannot be played.
    """
    _check(data, layers, activations, rate, epochs)
    names = activations if isinstance(activations, (list, tuple)) else [activations] * len(layers)
    rng = np.random.default_rng(seed)
    x, labels = DATA[data](rng)
    net = make_net([2, *layers, 1], [*names, "sigmoid"], init, rng)
    run = Run(data, list(layers), [f.name for f in net.activations[:-1]], x, labels, {})
    title = f"\r{_title(run)}".ljust(28)
    looks, per_epoch = range(0, epochs + 1, max(1, epochs // MOMENTS)), -(-len(x) // BATCH)
    with np.errstate(all="ignore"):  # what overflows is said below
        outputs = train(net, x, labels[:, None], rate=rate, updates=looks[-1] * per_epoch + 1, batch=BATCH, rng=rng)
        for update, output in enumerate(outputs):
            epoch, rest = divmod(update, per_epoch)
            if np.isnan(output[0, 0]):
                run.overflow = update
                break
            if epoch in looks and not rest:
                run.nets[epoch] = _copy(net)
                print(title, "█" * len(run.nets), f"epoch {epoch}", end="")
    print("" if run.overflow is None else f"{title} overflowed in update {run.overflow}: take a smaller rate or init")
    run.nets = {epoch: run.nets.get(epoch) or _copy(net) for epoch in looks}
    return run


def _check(data, layers, activations, rate, epochs):
    """Raise a ValueError that says in one sentence which setting cannot be played; make_net checks the others."""
    sizes = layers if isinstance(layers, (list, tuple)) else []
    if data not in list(DATA):
        raise ValueError(f"data must be one of {', '.join(DATA)}, not {data!r}")
    if not (1 <= len(sizes) <= 10 and all(isinstance(size, Integral) and 1 <= size <= 32 for size in sizes)):
        wish = "a list of 1 to 10 layers of 1 to 32 units each, such as [8, 8]"
        raise ValueError(f"layers must be {wish}, not {layers!r}")
    if isinstance(activations, (list, tuple)) and len(activations) != len(sizes):
        raise ValueError(f"{len(sizes)} layers need one activation for all or one for each, not {activations}")
    if not (isinstance(rate, Real) and 0 < rate < np.inf):
        raise ValueError(f"rate must be a number above 0, not {rate!r}")
    if not (isinstance(epochs, Integral) and 1 <= epochs <= 5000):
        raise ValueError(f"epochs must be a whole number from 1 to 5000, not {epochs!r}")


def _copy(net):
    """Return the net as it is now, safe from further training."""
    params = net.params.copy()
    return replace(net, params=params, layers=unflatten(params, net.sizes))


def measure(run, epoch):
    """Return cost, share of points right, and each layer's error signal and share of dead units.

    Raises ValueError for an epoch in which the run was not looked at.
    """
    if epoch not in run.nets:
        raise ValueError(f"the run was looked at in epochs {', '.join(map(str, run.nets))}, not in {epoch!r}")
    with np.errstate(all="ignore"):
        zs, activations = forward(run.nets[epoch], run.x)
        deltas, _ = backward(run.nets[epoch], zs, activations, activations[-1] - run.labels[:, None])
        z = zs[-1][:, 0]
        cost = np.mean(np.logaddexp(0, z) - run.labels * z)  # cross entropy by way of z, for outputs that round to 1
        errors = [np.sqrt(np.mean(delta**2)) for delta in deltas]
    dead = [np.mean(np.all(a == 0, axis=0)) for a in activations[1:-1]]
    return cost, np.mean(np.where(run.labels, z > 0, z <= 0)), errors, dead


def watch(runs):
    """Return a figure of a Run over its training time, or of a dict of Runs with a menu of its keys.

    Raises TypeError for anything else, and ValueError for runs that do not share points and epochs.
    """
    from matplotlib import pyplot  # here, so that importing lessons changes nothing

    runs = {"The net": runs} if isinstance(runs, Run) else runs
    if not (isinstance(runs, dict) and runs and all(isinstance(run, Run) for run in runs.values())):
        raise TypeError("watch takes what play returns, or a dict of such runs, as in {'mine': run, 'yours': other}")
    first, *others = runs.values()
    if any(run.nets.keys() != first.nets.keys() or not np.array_equal(run.x, first.x) for run in others):
        raise ValueError("runs in one figure must share their data, seed and epochs")
    axes = space, errors, dead = pyplot.subplot_mosaic("ab;ac", figsize=(8.6, 4.2), width_ratios=[1.1, 1])[1].values()
    for label, marker, color, fill in ((0, "o", "#0b2a52", "#0b2a52"), (1, "^", "#5c3a00", "white")):
        space.plot(*first.x[first.labels == label].T, marker, color=color, markerfacecolor=fill, markersize=4)
    ends = (-EDGE, EDGE)
    space.set(xlim=ends, ylim=ends, aspect="equal", xlabel="first coordinate", ylabel="second coordinate")
    deepest = 1 + max(len(run.layers) for run in runs.values())  # with the output
    for ax in (errors, dead):
        ax.set(xlim=(0.4, deepest + 0.6), xticks=range(1, deepest + 1))
    errors.set(title="error signal (log scale)", yscale="log", ylim=(1e-8, 1e4), yticks=[1e-8, 1e-4, 1, 1e4])
    dead.set(title="share of dead units", ylim=(0, 1.2), yticks=[0, 0.5, 1], xlabel="layer")
    for ax, lines in zip(axes, ("both", "x", "x")):
        ax.grid(False, axis=lines)
    default, menu = next(iter(runs)), {"net": list(runs)} if others else {}
    epochs = list(first.nets)  # of several runs every second one, if that still shows the last
    step = epochs[2 if others and len(epochs) > MOMENTS and len(epochs) % 2 else 1]
    return explore(
        lambda epoch=0, net=default: _plot(axes, runs[net], epoch),
        alt=lambda epoch, net=default: "{}, {}. Error signal by layer {}. Dead units by layer {}.".format(
            net, *(words if isinstance(words, str) else ", ".join(words) for words in _words(runs[net], epoch))
        ),
        **menu, epoch=(0, epochs[-1], step),
    )  # fmt: skip


def _title(run):
    """Return the settings of a run in short."""
    return f"{run.data} {'-'.join(map(str, run.layers))} {', '.join(dict.fromkeys(run.activations))}"


def _words(run, epoch):
    """Return what measure says: a line about the whole net, and a label for each bar in either panel."""
    cost, right, errors, dead = measure(run, epoch)
    line = f"overflowed in update {run.overflow}" if np.isnan(cost) else f"cost {cost:.4g}, {right:.1%} right"
    labels = [f"{error:.1g}".replace("-", "−") for error in errors], [f"{share:.0%}" for share in dead]
    return f"epoch {epoch}: {line}", *labels


def _plot(axes, run, epoch):
    """Plot what the net says of each place, and a bar for each layer; return the artists."""
    space, *panels = axes
    axis = np.linspace(-EDGE, EDGE, 2 * PIXELS + 1)[1::2]  # the middle of each pixel
    places = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 5 * PIXELS, 2)
    with np.errstate(all="ignore"):  # five rows at a time: a larger product would start threads, which is slow
        said = [forward(run.nets[epoch], rows)[1][-1] for rows in places]
    look = {"cmap": "cividis", "vmin": 0, "vmax": 1, "alpha": 0.4, "interpolation": "none", "origin": "lower"}
    line, *labels = _words(run, epoch)
    artists = [space.imshow(np.reshape(said, (PIXELS, PIXELS)), extent=(-EDGE, EDGE, -EDGE, EDGE), **look)]
    artists.append(space.text(0, 1.03, line, transform=space.transAxes))
    for ax, values, names in zip(panels, measure(run, epoch)[2:], labels):
        layers, tops = range(1, len(values) + 1), np.clip(np.nan_to_num(values), *ax.get_ylim())
        colors = [f.color for f in run.nets[epoch].activations][: len(values)]
        width = ax.get_xlim()[1]
        artists.append(ax.vlines(layers, ax.get_ylim()[0], tops, colors, linewidth=120 / width))
        artists += [ax.text(*at, ha="center", va="bottom", size=min(9, 66 / width)) for at in zip(layers, tops, names)]
    return artists


CHALLENGES = {  # name: the task in words, whether a run keeps to it, and what to say to a run that is not there yet
    "few units": (
        "the spiral with 6 hidden units or fewer",
        lambda run: run.data == "spiral" and sum(run.layers) <= 6,
        "Units side by side each see the points; units behind each other see only what is passed on. "
        "All side by side already? Try more epochs, another function, or another seed.",
    ),
    "revive": (
        "the circles, with four layers of 8, relu or leaky_relu",
        lambda run: (run.data, run.layers) == ("circles", [8] * 4) and {*run.activations} <= {"relu", "leaky_relu"},
        "What makes the first steps so large: the rate, or the initialization? A leak alone makes them no smaller.",
    ),
    "six sigmoids": (
        "the circles, with six hidden layers or more, all of them sigmoid",
        lambda run: run.data == "circles" and len(run.layers) >= 6 and {*run.activations} == {"sigmoid"},
        "Each layer multiplies the error signal by slope and weight. The slope is 0.25 at best. The weights are yours.",
    ),
}


def challenge(name, run):
    """Print whether a Run meets the challenge: more than 95 % of the points right, and the rules kept."""
    if name not in CHALLENGES:
        raise ValueError(f"no challenge is called {name!r}; there are {', '.join(CHALLENGES)}")
    print(f"{name}: {_verdict(*CHALLENGES[name], run)}")


def _verdict(task, keeps, hint, run):
    """Return one or two sentences about a run, or about what stands in its place."""
    if not isinstance(run, Run):
        return "not tried yet. Put play(...) in place of None." if run is None else "hand over what play returns."
    if not keeps(run):
        return f"this run is another task: {_title(run)}. Take {task}."
    if run.overflow is not None:
        return f"not yet. The weights overflowed in update {run.overflow}: take a smaller rate or init."
    _, right, _, dead = measure(run, max(run.nets))
    if right <= 0.95:
        gone = f"Layer {dead.index(1) + 1} is dead to the last unit. " if 1 in dead else ""
        return f"not yet. {right:.1%} of the points are right. {gone}{hint}"
    return f"right. {right:.1%} of the points, on {task}."
