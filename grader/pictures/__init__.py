"""Pictures of an exercise and a network as SVG: exact numbers become pixels, and decide nothing."""
