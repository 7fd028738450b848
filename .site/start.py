import matplotlib.pyplot as plt
import numpy as np

from lessons import ACTIVATIONS, explore

plt.style.use("lessons.house")
x = np.linspace(-6, 6, 241)
fig, ax = plt.subplots()
ax.set(xlim=(-6, 6), ylim=(-1.2, 3), xlabel="input", ylabel="output of one neuron")


def draw(activation="sigmoid", weight=1.5):
    chosen = ACTIVATIONS[activation]
    return ax.plot(x, chosen.function(weight * x), color=chosen.color)


alt = "The output of one neuron with {activation} and weight {weight}"
explore(draw, alt=alt, activation=["sigmoid", "tanh", "relu", "leaky_relu", "step", "linear"], weight=(-4, 4, 0.25))
