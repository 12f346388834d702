"""What others would use: five models and their stack, each tuned with one budget and asked one question.

A peer expects a share; the spread around it comes from one wrapper for all (`training.peers.spread`).
"""

import logging

# optbinning brings cvxpy, which tells of every solver that it cannot load; bins are found by another one
logging.getLogger("__cvxpy__").addFilter(lambda record: "importing solver" not in record.getMessage())
