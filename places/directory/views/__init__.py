"""Pages of the directory: places, organisations, and who acts for them."""
