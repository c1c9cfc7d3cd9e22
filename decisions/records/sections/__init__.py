"""The sections of a record, each from the room that knows: an allow list of what is printed."""
