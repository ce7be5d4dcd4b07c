"""The evidence pack."""
