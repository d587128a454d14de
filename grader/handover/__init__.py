"""What all course platforms have in common: words, whole points, pages and archives."""
