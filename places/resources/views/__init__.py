"""Pages of resources: a module for each thing that people do."""
