"""What an organisation agreed to do to be ready: actions of a team with a role and a month, and no score of anybody."""
