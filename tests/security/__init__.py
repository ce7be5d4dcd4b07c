"""Who may open what, what must never leak, and bad input met well."""
