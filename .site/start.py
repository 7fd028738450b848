import matplotlib.pyplot as plt

from lessons import play
from lessons.netmap import watch

plt.style.use("lessons.house")
run = play("circles", layers=[5, 5], activations="relu", init=2, rate=0.1, seed=1, epochs=40)
figure = watch(run, epoch=10)
