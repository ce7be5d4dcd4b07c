"""People, passwords, sessions, throttles."""
