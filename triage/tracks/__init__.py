"""Tracks: declared, dated rules over figures of the night that propose what kind of work an obligation asks for."""

from triage.tracks.track import BY_CODE, TRACKS, Track

__all__ = ["BY_CODE", "TRACKS", "Track"]
