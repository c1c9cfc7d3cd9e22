"""What each room adds to the permission matrix: its rows, and what opens them."""
