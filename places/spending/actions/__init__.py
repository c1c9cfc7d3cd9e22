"""The write doors of spending."""
