"""What an organisation agreed to do."""
