"""The write door of programmes: permission, lock, check, write, history, then what follows."""
