"""Pages of programmes: a module for each thing that people look at."""
