"""The language lens: words that label, blame, doubt or threaten, found in context. Advice, never a score; pure."""
