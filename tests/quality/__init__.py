"""Measuring the built site: what tests hold to limits and what `make quality` writes into QUALITY.md."""
