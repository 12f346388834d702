"""What went out, and what came true.

Drift, calibration as outcomes mature, sources that went quiet. Imports the scoring room and what lies beneath it.
"""
