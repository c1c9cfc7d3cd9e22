"""The write door of resources."""
