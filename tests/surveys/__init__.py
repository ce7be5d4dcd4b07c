"""The survey before and after."""
