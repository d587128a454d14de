"""An exercise as a student will see it before trying."""
