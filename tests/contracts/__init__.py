"""The house rules: imports, sizes, style, documentation, migrations, content."""
