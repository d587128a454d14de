"""Trained networks: bytes to named layers (`layers`), layers to an exercise's parameters."""
