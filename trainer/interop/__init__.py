"""Files for and from other learning platforms, and for paper. What a format cannot hold is listed, never dropped."""
