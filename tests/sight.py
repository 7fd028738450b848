"""How far apart two colours are, to people with and without colour blindness."""

import numpy as np

SIGHTS = {  # Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array(  # of linear sRGB
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def difference(one, other, sight):
    """Return CIEDE2000 between two hex colours as this sight sees them."""
    return ciede2000(*(_lab(SIGHTS[sight] @ _linear(color)) for color in (one, other)))


def contrast(color):
    """Return the WCAG contrast of a hex colour on white."""
    return 1.05 / (XYZ[1] @ _linear(color) + 0.05)


def _linear(color):
    """Return a hex colour as linear RGB."""
    c = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def _lab(rgb):
    """Return linear RGB as CIE L*a*b*, white being (1, 1, 1)."""
    t = XYZ @ np.clip(rgb, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(t > (6 / 29) ** 3, np.cbrt(t), t * (29 / 6) ** 2 / 3 + 4 / 29)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one, other):
    """Return the difference of two L*a*b* colours, in the notation of Sharma, Wu & Dalal (2005)."""
    (L1, a1, b1), (L2, a2, b2) = one, other
    grey = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    a1, a2 = (a * (1.5 - 0.5 * np.sqrt(grey / (grey + 25**7))) for a in (a1, a2))
    C1, C2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)), np.degrees(np.arctan2(b2, a2))
    turn = (h2 - h1 + 180) % 360 - 180
    L, C, h = (L1 + L2) / 2, (C1 + C2) / 2, h1 + turn / 2
    waves = zip((-0.17, 0.24, 0.32, -0.20), (1, 2, 3, 4), (-30, 0, 6, -63))
    T = 1 + sum(size * np.cos(np.radians(k * h + shift)) for size, k, shift in waves)
    dL = (L2 - L1) / (1 + 0.015 * (L - 50) ** 2 / np.sqrt(20 + (L - 50) ** 2))
    dC = (C2 - C1) / (1 + 0.045 * C)
    dH = 2 * np.sqrt(C1 * C2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * C * T)
    blue = np.radians(60 * np.exp(-(((h % 360 - 275) / 25) ** 2)))
    return np.sqrt(dL**2 + dC**2 + dH**2 - 2 * np.sqrt(C**7 / (C**7 + 25**7)) * np.sin(blue) * dC * dH)
