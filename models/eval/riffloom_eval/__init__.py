"""Judges what the model makes: an independent classifier that has only ever heard real renders."""
