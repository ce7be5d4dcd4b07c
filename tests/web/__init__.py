"""The HTML door, page by page."""
