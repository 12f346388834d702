"""A synthetic court with known truth.

People, cases, records, receipts and outcomes, drawn from a seed and written as the files a real court would send.
Imports the records room; of the rooms only operations imports it, tests, benchmarks and notebooks may.
"""

from simulation.run import SimulationReport, simulate

__all__ = ["SimulationReport", "simulate"]
