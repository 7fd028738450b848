"""A pytest plugin that makes nbval stricter: warnings are errors, pictures compared, kernels watched."""

import base64
import io
import os
from pathlib import Path

import numpy as np
import pytest
from nbval.plugin import IPyNbCell
from PIL import Image
from refresh import DRAWN_WITH

os.environ["PYTHONWARNINGS"] = "error::RuntimeWarning"  # the kernels inherit it
HERE = str(Path(__file__).parent)
WATCH = f"import sys; sys.path.insert(0, {HERE!r}); import eye; sys.path.remove({HERE!r}); eye.watch(); del eye, sys"
PNG = "iVBORw0KGgo"  # how each begins in base64


class Picture(str):
    """A PNG in base64, which differs from another only if the eye can tell."""

    __hash__ = str.__hash__

    def __ne__(self, other):
        """Return whether they look different; nbval asks no other question."""
        if str(self) == str(other) or not str(other).startswith(PNG):
            return str(self) != str(other)
        one, two = map(greys, (self, other))
        return one.shape != two.shape or abs(one - two).max() > 64  # of 255


def greys(png):
    """Return a picture's grey values."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("L"), int)


def pytest_itemcollected(item):
    """Have nbval compare pictures, too, where they were stored by the Matplotlib that is here."""
    if isinstance(item, IPyNbCell) and item.parent.nb.metadata.get("drawn_with") == DRAWN_WITH:
        item.parent.skip_compare = tuple({*item.parent.skip_compare} - {"image/png"})
        plain = item.sanitize
        item.sanitize = lambda text: Picture(text) if str(text).startswith(PNG) else plain(text)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Have a lesson's kernel watched from before its first cell."""
    if isinstance(item, IPyNbCell) and not hasattr(item.parent, "watched"):
        reply = item.parent.kernel.kc.execute_interactive(WATCH, silent=True, store_history=False, timeout=60)
        item.parent.watched = reply["content"]["status"]
        assert item.parent.watched == "ok", reply["content"]
