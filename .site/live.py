"""What the worker runs for the playground: a net that trains a few updates at a time, and all that is drawn of it.

The page asks with a dict and gets bytes: the length of a header, the header as JSON, and a map for each unit (uint8).
build.py asks for the first frame in the same way, so that a page shows it before there is Python.
"""

import json

import numpy as np

from lessons import ACTIVATIONS, DATA, EXERCISES, Run, backward, forward, leaky, make_net, train
from lessons.playground import EDGE, HUGE, _share

GRID = 30  # places from side to side of a map
CHALLENGES = ("few_units", "five_epochs", "six_sigmoids")
START = {"data": "spiral", "layers": [8, 8], "activations": ["tanh", "tanh"], "alpha": 0.01}
START |= {"init": 1, "rate": 0.1, "batch": 10, "seed": 0}
STILL, PATIENCE = 15, 6  # epochs without progress until a cost stands still; frames until a new kind is believed
axis = np.linspace(-EDGE, EDGE, GRID)
PLANE = np.stack(np.meshgrid(axis, axis[::-1]), axis=-1).reshape(-1, 2)
SEEN = np.hypot(*PLANE.T) <= EDGE


class Live:
    """A training that can be looked at after each update: what play does, step by step."""

    def __init__(self, data, layers, activations, alpha, init, rate, batch, seed):
        functions = [leaky(alpha) if name == "leaky_relu" else ACTIVATIONS[name] for name in activations]
        self.rng = np.random.default_rng(seed)
        self.x, self.labels = DATA[data](self.rng)
        self.net = make_net([2, *layers, 1], [*functions, "sigmoid"], init, self.rng)
        self.new_x, self.new_labels = DATA[data](np.random.default_rng([seed, 1]))
        self.places = np.concatenate([self.x, self.new_x, PLANE])
        self.rate, self.batch, self.per_epoch = rate, batch, -(-len(self.x) // batch)
        self.run = Run(data, layers, activations, self.x, self.labels, self.new_x, self.new_labels, {})
        self.run.init, self.run.rate, self.alpha, self.seed = init, rate, alpha, seed
        self.update, self.typed, self.past = 0, None, []  # typed: the update in which a weight was set by hand
        self.kind, self.waiting = "start", 0
        self.begin()

    def begin(self):
        """Make the generator that trains, and have it wait before its next update."""
        how = {"rate": self.rate, "updates": 10**9, "batch": self.batch, "rng": self.rng}
        with np.errstate(all="ignore"):
            self.updates = train(self.net, self.x, self.labels[:, None], **how)
            self.look(next(self.updates))

    def look(self, output):
        """Note in which update the numbers overflowed, as play does."""
        if np.isnan(output[0, 0]) and self.run.overflow is None:
            self.run.overflow = self.update

    def step(self, updates):
        """Train so many updates, fewer if the numbers overflow, or to stop for a look after epoch 5."""
        five = 5 * self.per_epoch - self.update
        with np.errstate(all="ignore"):
            for _ in range(min(updates, five) if five > 0 else updates):
                if self.run.overflow is not None:
                    return
                self.update += 1
                self.look(next(self.updates))

    def put(self, layer, unit, source, value):
        """Set a weight, from a unit below, or with source -1 the bias; train goes on from there."""
        W, b = self.net.layers[layer]
        target = b if source < 0 else W[source]
        target[unit], self.run.overflow, self.kind = value, None, "start"  # look anew
        self.typed, self.past = self.update, []
        self.begin()

    def frame(self, points=False):
        """Return what is to be seen now, as bytes, with the points if asked: they do not change."""
        epoch, n = self.update / self.per_epoch, len(self.x)
        with np.errstate(all="ignore"):  # a net may have overflowed
            zs, outs = forward(self.net, self.places)  # its points, new ones, and the plane, all at once
            own = [a[:n] for a in outs]
            deltas, _ = backward(self.net, [z[:n] for z in zs], own, own[-1] - self.labels[:, None])
            self.errors = [np.sqrt(np.mean(delta**2)) for delta in deltas]
            self.shares = [error / self.errors[-1] for error in self.errors]
            rings = [np.sqrt(np.mean(delta**2, axis=0)) / (self.errors[-1] or 1) for delta in deltas]
            self.cost, self.right = grade(zs[-1][:n, 0], self.labels)
            new_cost, self.new_right = grade(zs[-1][n : 2 * n, 0], self.new_labels)
            maps, most = draw([a[2 * n :] for a in outs])
        self.dead = [np.all(a == 0, axis=0) for a in own[1:-1]]
        self.ends = [saturated(f.name, a) for f, a in zip(self.net.activations, own[1:-1])]
        self.run.nets = {-(-self.update // self.per_epoch): self.net}
        if not self.past:
            self.huge = self.cost > HUGE
        if not self.past or epoch > self.past[-1][0]:
            self.past = [*self.past[-400:], (epoch, self.cost)]
        words = self.diagnose(epoch)
        header = {
            "update": self.update, "epoch": epoch, "perEpoch": self.per_epoch, "sizes": self.net.sizes,
            "weights": [np.vstack([W, b]) for W, b in self.net.layers],  # of each layer, the biases last
            "rings": rings, "dead": self.dead, "most": np.split(most, np.cumsum(self.net.sizes)[:-1]),
            "cost": self.cost, "newCost": new_cost, "right": self.right, "newRight": self.new_right,
            "signals": [_share(share) for share in self.shares], "strengths": self.shares,
            "kind": self.kind, "words": words, "won": self.win(), "python": self.python(),
        }  # fmt: skip
        if points:
            new = {f"new{name.title()}": path for name, path in marks(self.new_x, self.new_labels).items()}
            header["points"] = marks(self.x, self.labels) | new
        text = json.dumps(header, default=lambda array: array.tolist())
        text = text.replace("NaN", "null").replace("-Infinity", "null").replace("Infinity", "null").encode()
        return len(text).to_bytes(4, "little") + text + maps.tobytes()

    def python(self):
        """Return the code that does the same in a notebook, apart from weights that were typed."""
        run, custom = self.run, self.alpha != 0.01 and "leaky_relu" in self.run.activations
        names = [f"leaky({self.alpha})" if custom and name == "leaky_relu" else f'"{name}"' for name in run.activations]
        functions = f"[{', '.join(names)}]" if custom or len({*names}) > 1 else names[0]
        parts = [f'"{run.data}"', f"layers={run.layers}", f"activations={functions}"]
        parts += [f"init={json.dumps(run.init)}", f"rate={run.rate}"] + [f"batch={self.batch}"] * (self.batch != 10)
        parts += [f"seed={self.seed}", f"epochs={min(self.update // self.per_epoch, 5000) or 200}"]
        note = "# without the weights that you typed\n" * (self.typed is not None)
        lines = "".join(f"    {part},\n" for part in parts)
        return f"from lessons import {'leaky, ' * custom}play, watch\n\n{note}run = play(\n{lines})\nwatch(run)"

    def win(self):
        """Return the challenges that this run has won, typed weights not allowed."""
        fine = self.new_right > 0.95 and self.run.overflow is None and self.typed is None and self.update
        return [name for name in CHALLENGES if fine and EXERCISES[name].goal(self.run)]

    def diagnose(self, epoch):
        """Return the sentence on the net; a new kind is believed when it lasts, or comes in one long step."""
        kinds = self.kinds(epoch)
        kind = next(kind for kind, (so, _) in kinds.items() if so)
        self.waiting = self.waiting + 1 if kind != self.kind else 0
        if self.waiting > PATIENCE or kind == "overflow" or {"start", "typed"} & {self.kind, kind}:
            self.kind, self.waiting = kind, 0
        return kinds[self.kind][1]

    def kinds(self, epoch):
        """Return for each kind of net whether this is one, by the rules of lesson 6, and a sentence; the first counts."""
        hidden, count, lost = self.shares[:-1], len(self.dead), self.run.overflow is not None or np.isnan(self.cost)
        poor, right = not self.cost < 0.35, f"{percent(self.new_right)} of the new points"
        then = next((cost for at, cost in self.past if at > epoch - STILL), self.past[0][1])
        still = epoch > STILL and self.cost > 0.97 * then
        silent = max((i + 1 for i, dead in enumerate(self.dead) if dead.all()), default=0)
        cut = max((i + 1 for i, share in enumerate(hidden) if share == 0), default=0)
        high, zero = max(cost for at, cost in self.past if at > epoch - STILL), not self.run.init and self.typed is None
        first, last = _share(hidden[0]), _share(hidden[-1])
        way = f"from {last} in layer {count} to {first} in layer 1" if count > 1 else f"to {first} in its only hidden layer"
        dead, units = sum(layer.sum() for layer in self.dead), sum(self.net.sizes[1:-1])
        some = f" {dead} of {units} units {'is' if dead == 1 else 'are'} dead, the others do without." if dead else ""
        return {
            "overflow": (lost, f"In update {self.run.overflow} the numbers overflowed: they grew too large for the computer, "
            f"and what is left is no number. What helps is a smaller {'initialization' if self.huge else 'rate'}."),
            "typed": (self.typed == self.update, f"With the weight that you typed the cost is {self.cost:.2f}, and {right} "
            "are right. Play trains on from here."),
            "learned": (self.new_right > 0.95 and not poor, f"It has learned: {right}, which it has never seen, are right.{some}"),
            "alike": (zero and poor, "All weights began at 0, so all units of a layer are alike, and hardly any signal comes "
            "back through weights so small. What helps is a larger initialization."),
            "dead": (silent, f"Layer {silent} is dead: each of its units puts out 0 for every point, so no signal "
            f"passes it. What helps, from the beginning, is a smaller {'initialization' if self.huge else 'rate, or a leak'}."),
            "no slope": (cut and self.errors[-1] > 0, f"The signal is exactly 0 from layer {cut} down, and death does not "
            "explain it, since units of that layer are alive: their function has no slope, and slopes multiply. What helps is another function."),
            "leaping": (self.past[0][1] < 1.2 < high and self.run.rate >= 0.5 and poor, f"The cost leaps up to {high:.1f}, and an "
            "undecided net pays 0.69: the updates are too large. What helps is a smaller rate."),
            "vanishing": (hidden[0] < 1 / 1000 and self.cost > 0.6, f"The signal shrinks {way}: it vanishes on its way back. "
            "What helps is another function, a larger initialization, or fewer layers."),
            "exploding": (hidden[0] > 100 and poor, f"The signal grows {way}: it explodes, and the updates are huge. "
            "What helps is a smaller initialization."),
            "linear": ({f.name for f in self.net.activations[:-1]} == {"linear"}, "All layers are linear, so together they "
            f"draw one straight line, however many they are. It gets {right}."),
            "saturated": (max(self.ends) > 0.8 and poor, f"Nearly all that layer {np.argmax(self.ends) + 1} puts out lies at an "
            "end of its range, where the slope is close to 0: it is saturated. What helps is a smaller initialization."),
            "start": (not self.update, f"Not one update yet. The cost is {self.cost:.2f}, and an undecided net pays 0.69. "
            "Press play."),
            "by heart": (self.right > max(0.9, self.new_right + 0.06), f"It knows its own points better "
            f"({percent(self.right)} right) than new ones ({percent(self.new_right)}): it learns by heart."),
            "still": (still and poor, f"The cost stands still at {self.cost:.2f}, though a signal arrives. "
            f"Give it time, units or another seed.{some}"),
            "learning": (True, f"It is learning: the cost is {self.cost:.2f}, and {right} are right.{some}"),
        }  # fmt: skip


def grade(z, labels):
    """Return the cost at the sums z of the output, and the share that it gets right, as measure does."""
    return np.mean(np.logaddexp(0, z) - labels * z), np.mean(np.where(labels, z > 0, z <= 0))


def draw(outs):
    """Return as maps what units put out over the plane, from 1 to 255 or 0 for no number, and their largest.

    Full colour is the largest, but never less than 1, as in netmap.
    """
    outs = np.concatenate([outs[0] / EDGE, *outs[1:-1], 2 * outs[-1] - 1], axis=1).T
    most = np.abs(outs[:, SEEN]).max(axis=1)
    shades = outs * (127 / np.maximum(1, np.nan_to_num(most)))[:, None]
    return np.nan_to_num(np.clip(shades, -127, 127) + 128.5).astype(np.uint8), most


def saturated(name, a):
    """Return the share of what a layer puts out that lies near an end of its range."""
    low, high = {"sigmoid": (0, 1), "tanh": (-1, 1)}.get(name, (-np.inf, np.inf))
    return np.mean((a < low + 0.01) | (a > high - 0.01)) if np.isfinite(low) else 0


def marks(points, labels):
    """Return points as paths of SVG, dots and triangles, where the map is a circle with a radius of 100."""
    shapes = {"dots": "m0-3.4a3.4 3.4 0 1 0 .1 0z", "triangles": "m0-4.4l3.9 6.8h-7.8z"}
    spots = (points * [1, -1] * 100 / EDGE).round(1)
    return {
        name: "".join(f"M{x:g} {y:g}{shape}" for x, y in spots[labels == label])
        for label, (name, shape) in enumerate(shapes.items())
    }


def percent(share):
    """Write a share in whole percent, on one line."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


net = None  # the one that the page plays with


def live(asked):
    """Do what the page asks, {"make": settings}, {"step": updates} or {"put": [...]}; return what it is to draw."""
    global net
    asked = json.loads(asked)
    if "make" in asked:
        net = Live(**asked["make"])
    if "put" in asked:
        net.put(*asked["put"])
    net.step(asked.get("step", 0))
    return net.frame(points="make" in asked)
