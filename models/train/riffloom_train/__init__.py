"""Compose, render and train the embedded Riffloom model, from an empty folder to a diffusers layout."""
