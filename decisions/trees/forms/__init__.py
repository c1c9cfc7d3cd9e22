"""Forms of walks, and of the place's own rules and trees."""
