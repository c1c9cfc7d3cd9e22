"""Pages of the room, thin: load, ask the write door, show."""
