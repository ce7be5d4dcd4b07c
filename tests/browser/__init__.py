"""The pages in a real browser: accessibility, keyboard, saving."""
