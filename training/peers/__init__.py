"""What others would use: five models and their stack, each tuned with one budget and asked one question.

A peer expects a share; the spread around it comes from one wrapper for all (`training.peers.spread`).
"""
