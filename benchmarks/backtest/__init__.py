"""The queue's back-test: a synthetic court worked week by week under one order of work or another."""
