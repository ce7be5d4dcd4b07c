"""The HTML door: blueprints, the gate, page dataclasses, forms, templates and static files.

Views are short: they call queries and services, fill one page dataclass and render one template.
"""
