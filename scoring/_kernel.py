"""The compiled inner loops: walking trees, and taking their answers apart. Plain numbers in, plain numbers out.

All loops that are compiled live in this one file: numba recompiles when the file that holds a function changes,
not when a file that it calls does.
"""

from __future__ import annotations

import numba as nb
import numpy as np

ZERO = float(np.float32(1e-35))
"""LightGBM takes numbers no larger than this for zero (kZeroThreshold, a float there)."""
ROWS = 16
"""Rows taken together: the innermost loops run over them and become vector instructions."""


@nb.njit(cache=True, nogil=True, inline="always")
def _plain(x, missing):
    """A value as the splits of a column compare it: what the column takes for missing becomes NaN."""
    if missing == 2 and x != x:
        return x
    if x != x or abs(x) <= ZERO:
        return np.nan if missing == 1 else 0.0
    return x


@nb.njit(cache=True, nogil=True)
def walk(
    X, column_feature, column_missing, root, column, threshold, default_left, left, right, leaf_value, out
):
    n = X.shape[0]
    width = column_feature.shape[0]
    block = np.empty((ROWS, width))
    for first in range(0, n, ROWS):
        here = min(ROWS, n - first)
        for r in range(here):
            out[first + r] = 0.0
            for c in range(width):
                block[r, c] = _plain(X[first + r, column_feature[c]], column_missing[c])
        for t in range(root.shape[0]):
            for r in range(here):
                at = root[t]
                while at >= 0:
                    x = block[r, column[at]]
                    if (x <= threshold[at]) | ((x != x) & default_left[at]):
                        at = left[at]
                    else:
                        at = right[at]
                out[first + r] += leaf_value[~at]


@nb.njit(cache=True, nogil=True, fastmath={"contract", "reassoc", "nsz"})
def contribute(X, walk, paths, nodes, weights, out):
    column_feature, column_missing, root, column, threshold, default_left, left, right, leaf_value = walk
    start, points, feature, share, above, above_left, above_share = paths
    width = column_feature.shape[0]
    features = X.shape[1]
    most = 0
    for t in range(points.shape[0]):
        most = max(most, start[t + 1] - start[t])
    q_most = nodes.shape[1]
    block = np.empty((width, ROWS))
    phi = np.empty((features, ROWS))
    goes = np.empty((most, ROWS))
    seen = np.empty((most, ROWS))
    A = np.empty((most, q_most, ROWS))
    B = np.empty((most, q_most, ROWS))
    dot = np.empty(ROWS)
    n = X.shape[0]
    for first in range(0, n, ROWS):
        here = min(ROWS, n - first)
        for r in range(ROWS):
            row = first + min(r, here - 1)
            for c in range(width):
                block[c, r] = _plain(X[row, column_feature[c]], column_missing[c])
        phi[:] = 0.0
        for t in range(points.shape[0]):
            q = points[t]
            base = start[t]
            for k in range(q):
                for r in range(ROWS):
                    A[0, k, r] = weights[q, k]
            for i in range(base, start[t + 1]):
                s = i - base
                x = block[column[i]]
                at = threshold[i]
                if default_left[i]:
                    for r in range(ROWS):
                        goes[s, r] = 0.0 if x[r] > at else 1.0
                else:
                    for r in range(ROWS):
                        goes[s, r] = 1.0 if x[r] <= at else 0.0
                z = share[i]
                if above[i] < 0:
                    if left[i] < 0 and right[i] < 0:
                        continue
                    for k in range(q):
                        p = nodes[q, k]
                        c = z * (1.0 - p)
                        if left[i] < 0:
                            j = right[i] - base
                            for r in range(ROWS):
                                A[j, k, r] = A[s, k, r] * (1.0 - (c + p * goes[s, r]))
                        elif right[i] < 0:
                            j = left[i] - base
                            for r in range(ROWS):
                                A[j, k, r] = A[s, k, r] * (c + p * goes[s, r])
                        else:
                            j = left[i] - base
                            l = right[i] - base
                            for r in range(ROWS):
                                a = A[s, k, r]
                                b = a * (c + p * goes[s, r])
                                A[j, k, r] = b
                                A[l, k, r] = a - b
                else:
                    u = above[i] - base
                    root_u = above[above[i]] < 0
                    for r in range(ROWS):
                        o = goes[u, r] if above_left[i] else 1.0 - goes[u, r]
                        seen[s, r] = o if root_u else o * seen[u, r]
                    zu = above_share[i]
                    for k in range(q):
                        p = nodes[q, k]
                        inverse = 1.0 / (zu * (1.0 - p) + p)
                        c = zu * z * (1.0 - p) * inverse - z
                        e = p * inverse
                        j = left[i] - base if left[i] >= 0 else s
                        l = right[i] - base if right[i] >= 0 else s
                        for r in range(ROWS):
                            a = A[s, k, r]
                            b = a * (z + seen[s, r] * (c + e * goes[s, r]))
                            if j != s:
                                A[j, k, r] = b
                            if l != s:
                                A[l, k, r] = a - b
            for i in range(start[t + 1] - 1, base - 1, -1):
                s = i - base
                z = share[i]
                f = feature[i]
                repeated = above[i] >= 0
                zu = above_share[i]
                for r in range(ROWS):
                    dot[r] = 0.0
                for k in range(q):
                    p = nodes[q, k]
                    w = 1.0
                    c = z * (1.0 - p)
                    if repeated:
                        inverse = 1.0 / (zu * (1.0 - p) + p)
                        w = zu * inverse * inverse
                        e = p * inverse
                        c = zu * z * (1.0 - p) * inverse - z
                        for r in range(ROWS):
                            bl = leaf_value[~left[i]] if left[i] < 0 else B[left[i] - base, k, r]
                            br = leaf_value[~right[i]] if right[i] < 0 else B[right[i] - base, k, r]
                            dot[r] += w * A[s, k, r] * (bl - br)
                            B[s, k, r] = br + (z + seen[s, r] * (c + e * goes[s, r])) * (bl - br)
                    else:
                        if left[i] < 0:
                            if right[i] < 0:
                                d = leaf_value[~left[i]] - leaf_value[~right[i]]
                                br = leaf_value[~right[i]]
                                for r in range(ROWS):
                                    dot[r] += A[s, k, r] * d
                                    B[s, k, r] = br + (c + p * goes[s, r]) * d
                            else:
                                bl = leaf_value[~left[i]]
                                j = right[i] - base
                                for r in range(ROWS):
                                    br = B[j, k, r]
                                    d = bl - br
                                    dot[r] += A[s, k, r] * d
                                    B[s, k, r] = br + (c + p * goes[s, r]) * d
                        elif right[i] < 0:
                            br = leaf_value[~right[i]]
                            j = left[i] - base
                            for r in range(ROWS):
                                d = B[j, k, r] - br
                                dot[r] += A[s, k, r] * d
                                B[s, k, r] = br + (c + p * goes[s, r]) * d
                        else:
                            j = left[i] - base
                            l = right[i] - base
                            for r in range(ROWS):
                                br = B[l, k, r]
                                d = B[j, k, r] - br
                                dot[r] += A[s, k, r] * d
                                B[s, k, r] = br + (c + p * goes[s, r]) * d
                if repeated:
                    for r in range(ROWS):
                        phi[f, r] += seen[s, r] * (goes[s, r] - z) * dot[r]
                else:
                    for r in range(ROWS):
                        phi[f, r] += (goes[s, r] - z) * dot[r]
        for r in range(here):
            for f in range(features):
                out[first + r, f] = phi[f, r]
