"""Train a small net on points in the plane, and measure how it learns."""

from dataclasses import dataclass, replace
from numbers import Integral, Real

import numpy as np

from lessons.data import DATA
from lessons.network import backward, forward, make_net, train

MOMENTS = 20  # how often a run is looked at after its start
EDGE = 3.5  # half the width of the plane that a map shows
HUGE = 7  # a first cost: ten times what an undecided net pays, so its weights are too large, whatever the rate


@dataclass(repr=False)
class Run:
    """A training: its settings, its points, new points of the same kind, the net at some epochs, and its overflow."""

    data: str
    layers: list
    activations: list
    x: np.ndarray
    labels: np.ndarray
    new_x: np.ndarray
    new_labels: np.ndarray
    nets: dict
    overflow: int | None = None  # in which update, if it did
    init: object = None
    rate: float | None = None


def play(data="spiral", *, layers=(8, 8), activations="tanh", init=1, rate=0.1, batch=10, seed=0, epochs=200):
    """Train a net on a data set, printing how far it is, and return the Run.

    layers are the sizes of the hidden layers; activations is one name for all of them, or a list
    of one for each; init is that of make_net; batch is how many points make an update. The output
    is a sigmoid, the cost cross entropy.
    The net is looked at some 20 times, and the training ends with the last look: 45 epochs are 44.
    Raises ValueError for what cannot be played.
    """
    _check(data, layers, activations, rate, batch, epochs)
    names = activations if isinstance(activations, (list, tuple)) else [activations] * len(layers)
    rng = np.random.default_rng(seed)
    x, labels = DATA[data](rng)
    net = make_net([2, *layers, 1], [*names, "sigmoid"], init, rng)
    new = DATA[data](np.random.default_rng([seed, 1]))  # a generator of its own: the training is the same without
    run = Run(data, list(layers), [f.name for f in net.activations[:-1]], x, labels, *new, {}, init=init, rate=rate)
    title = f"\r{_title(run)}".ljust(28)
    looks, per_epoch = range(0, epochs + 1, max(1, epochs // MOMENTS)), -(-len(x) // batch)
    with np.errstate(all="ignore"):  # what overflows is said below
        outputs = train(net, x, labels[:, None], rate=rate, updates=looks[-1] * per_epoch + 1, batch=batch, rng=rng)
        for update, output in enumerate(outputs):
            epoch, rest = divmod(update, per_epoch)
            if np.isnan(output[0, 0]):
                run.overflow = update
                break
            if epoch in looks and not rest:
                run.nets[epoch] = _copy(net)
                print(title, "█" * len(run.nets), f"epoch {epoch}", end="")
    run.nets = {epoch: run.nets.get(epoch) or _copy(net) for epoch in looks}
    print("" if run.overflow is None else f"{title} {_overflowed(run)}")
    return run


def _check(data, layers, activations, rate, batch, epochs):
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
    if not (isinstance(batch, Integral) and batch >= 1):
        raise ValueError(f"batch must be a whole number from 1 up, not {batch!r}")
    if not (isinstance(epochs, Integral) and 1 <= epochs <= 5000):
        raise ValueError(f"epochs must be a whole number from 1 to 5000, not {epochs!r}")


def _copy(net):
    """Return the net as it is now, safe from further training."""
    return replace(net, params=net.params.copy())


def measure(run, epoch):
    """Return cost, share of new points right, and each layer's error signal and share of dead units.

    Cost, error signals (root mean square) and dead units are those on the points of the training.
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
        new = forward(run.nets[epoch], run.new_x)[0][-1][:, 0]
    dead = [np.mean(np.all(a == 0, axis=0)) for a in activations[1:-1]]
    return cost, np.mean(np.where(run.new_labels, new > 0, new <= 0)), errors, dead


def _overflowed(run):
    """Return when a run overflowed, and where to look: at its first cost, if that was huge."""
    first = measure(run, 0)[0]
    huge = f"look for what made the first cost so large: {_spaced(first, 3)}"
    return f"overflowed in update {run.overflow}: {huge if first > HUGE else 'take a smaller rate or init'}"


def _title(run):
    """Return the settings of a run in short."""
    return f"{run.data} {'-'.join(map(str, run.layers))} {', '.join(dict.fromkeys(run.activations))}"


def _spaced(number, digits):
    """Write a number in so many digits, its thousands apart: 12 000."""
    return f"{float(f'{number:.{digits}g}'):,g}".replace(",", " ")


def _share(ratio):
    """Write a share as a newcomer reads it: 0.38, 1/240, 1/12 000, below a billionth in powers: 10⁻³⁴."""
    if np.isnan(ratio):
        return "no number"
    if ratio == 0 or ratio >= 0.095:
        return _spaced(ratio, 2)
    if ratio < 1e-9:
        return "10⁻" + f"{-np.log10(ratio):.0f}".translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"1/{float(f'{1 / ratio:.2g}'):,.0f}".replace(",", " ")
