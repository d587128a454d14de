"""Right answers, and which mistake a wrong unit shows."""
