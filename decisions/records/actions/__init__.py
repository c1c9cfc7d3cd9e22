"""The one write door of decisions: drafting, deciding, recording."""
