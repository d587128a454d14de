"""The trusted side: it starts the helper, asks it, and words what came back."""
