"""Forms of spending."""
