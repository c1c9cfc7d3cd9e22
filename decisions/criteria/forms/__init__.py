"""What is asked about criteria."""
