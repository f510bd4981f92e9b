# SPDX-License-Identifier: Apache-2.0
"""The ensemble of bench/uncertainty.cpp in plain NumPy: all draws of a block at once.

Compromise: weighted means.  Nash bargaining on the scale: the weighted means repeated with weights divided by the gains, until
they move by less than 1e-7 of the scale.  Usage: uncertainty_baseline.py DRAWS
"""
import sys

import numpy as np

ACTORS, ISSUES, UNCERTAIN, BLOCK = 30, 20, 100, 2000


def main():
    draws = int(sys.argv[1])
    rng = np.random.default_rng(1)
    capability = rng.uniform(5, 100, ACTORS)
    position = rng.uniform(0, 1, (ACTORS, ISSUES))
    salience = rng.uniform(0.05, 1, (ACTORS, ISSUES))
    share = salience / salience.sum(axis=1, keepdims=True)
    places = np.arange(0, ACTORS * ISSUES, 6)[:UNCERTAIN]
    low, best, high = (rng.uniform(a, b, UNCERTAIN) for a, b in ((0, 0.3), (0.31, 0.6), (0.61, 1)))
    alpha = 1 + 4 * (best - low) / (high - low)
    beta = 1 + 4 * (high - best) / (high - low)
    weight = capability / capability.sum()
    kept = []
    for start in range(0, draws, BLOCK):
        n = min(BLOCK, draws - start)
        x = np.broadcast_to(position, (n, ACTORS, ISSUES)).copy()
        x.reshape(n, -1)[:, places] = low + (high - low) * rng.beta(alpha, beta, (n, UNCERTAIN))
        pull = capability[:, None] * salience
        compromise = np.einsum("ak,nak->nk", pull, x) / pull.sum(axis=0)
        y = compromise
        for _ in range(100):
            gain = 1 - (share * (x - y[:, None, :]) ** 2).sum(axis=2)
            w = (weight / gain)[:, :, None] * share
            new = (w * x).sum(axis=1) / w.sum(axis=1)
            moved = np.abs(new - y).max()
            y = new
            if moved < 1e-7:
                break
        kept.append(np.concatenate([compromise, y], axis=1))
    values = np.concatenate(kept)
    np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)


main()
