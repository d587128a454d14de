"""The exercise as a page with sliders: exact, saved in its address, and handed in as JSON."""
