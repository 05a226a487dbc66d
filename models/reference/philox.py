"""What torch.randn draws on a CUDA device, in numpy float32: Philox 4x32-10 and Box-Muller."""

import numpy as np
import torch

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
MASK = 0xFFFFFFFF


def _rounds(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        low = c[0] * MULTIPLIERS[0]
        high = c[2] * MULTIPLIERS[1]
        c = [(high >> 32) ^ c[1] ^ k[0], high & MASK, (low >> 32) ^ c[3] ^ k[1], low & MASK]
        k = [(k[0] + KEY_STEPS[0]) & MASK, (k[1] + KEY_STEPS[1]) & MASK]
    return c


def normals(seed, count, draw=0):
    """The `draw`-th call of a generator with this seed, `count` float32 values."""
    out = np.empty(count, dtype=np.float32)
    scale = np.float32(2.0**-32)
    turn = np.float32(2.0 * np.pi * 2.0**-32)
    for i in range(count):
        x, y, _, _ = _rounds((draw, 0, i, 0), (seed & MASK, (seed >> 32) & MASK))
        u = np.float32(x) * scale + scale / np.float32(2)
        v = np.float32(y) * turn + turn / np.float32(2)
        out[i] = np.sqrt(np.float32(-2) * np.log(u)) * np.sin(v)
    return out


def randn(seed, shape, draw=0):
    """The same as a tensor."""
    return torch.from_numpy(normals(seed, int(np.prod(shape)), draw)).reshape(shape)
