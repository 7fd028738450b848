"""Train the same small net with three engines on one thread, and print how many epochs a second each takes."""

import time
import warnings
from statistics import median

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier

from lessons.data import DATA
from lessons.network import make_net, train

RATE, ROUNDS = 0.1, 3
EPOCHS = {10: 100, 250: 1000}  # batch: epochs in a round


def ours(x, labels, batch, epochs):
    """Train with lessons.network; return the seconds and the share of points right."""
    rng = np.random.default_rng(0)
    net = make_net([2, 8, 8, 1], ["tanh", "tanh", "sigmoid"], 1, rng)
    began = time.perf_counter()
    updates, size = epochs * (len(x) // batch), None if batch == len(x) else batch
    for output in train(net, x, labels[:, None], rate=RATE, updates=updates, batch=size, rng=rng):
        pass
    seconds = time.perf_counter() - began
    output = next(train(net, x, labels[:, None], rate=RATE, updates=1))
    return seconds, np.mean((output[:, 0] > 0.5) == labels)


def scikit_learn(x, labels, batch, epochs):
    """Train with MLPClassifier."""
    net = MLPClassifier(
        (8, 8), activation="tanh", solver="sgd", alpha=0, batch_size=batch, learning_rate_init=RATE, momentum=0,
        nesterovs_momentum=False, max_iter=epochs, tol=0, n_iter_no_change=epochs + 1, random_state=0,
    )  # fmt: skip
    began = time.perf_counter()
    net.fit(x, labels)
    return time.perf_counter() - began, net.score(x, labels)


def pytorch(x, labels, batch, epochs):
    """Train with PyTorch, in a plain loop without a DataLoader, which would be slower."""
    torch.manual_seed(0)
    x, target = torch.tensor(x), torch.tensor(labels[:, None], dtype=torch.float64)
    layers = [torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1)]
    net = torch.nn.Sequential(*layers).double()
    cost, optimizer = torch.nn.BCEWithLogitsLoss(), torch.optim.SGD(net.parameters(), lr=RATE)
    began = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(x)) if batch < len(x) else torch.arange(len(x))
        for i in range(0, len(x), batch):
            optimizer.zero_grad()
            cost(net(x[order[i : i + batch]]), target[order[i : i + batch]]).backward()
            optimizer.step()
    seconds = time.perf_counter() - began
    return seconds, ((net(x) > 0) == target).double().mean().item()


ENGINES = {"lessons.network": ours, "scikit-learn `MLPClassifier`": scikit_learn, "PyTorch, CPU": pytorch}


def main():
    """Take the engines in turns, and print a Markdown table."""
    warnings.simplefilter("ignore")  # scikit-learn says that it has not converged
    torch.set_num_threads(1)
    x, labels = DATA["moons"](np.random.default_rng(0))
    runs = {name: {batch: [] for batch in EPOCHS} for name in ENGINES}
    for turn in range(ROUNDS):
        names = list(ENGINES)[turn:] + list(ENGINES)[:turn]
        for name in names:
            for batch, epochs in EPOCHS.items():
                runs[name][batch].append(ENGINES[name](x, labels, batch, epochs))
    print(
        "A 2-8-8-1 net, tanh and a sigmoid, on 250 points of the moons, float64, one thread:",
        f"epochs a second, median of {ROUNDS} rounds; in brackets the share of points right after",
        f"{EPOCHS[10]} epochs in batches of 10 and {EPOCHS[250]} on all points.\n",
    )
    print("| engine | batches of 10 | all 250 |\n|---|--:|--:|")
    for name, batches in runs.items():
        cells = [
            f"{EPOCHS[batch] / median(seconds for seconds, _ in times):,.0f} ({times[0][1]:.0%})".replace(",", " ")
            for batch, times in batches.items()
        ]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
