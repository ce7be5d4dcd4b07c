"""The JSON door, version 1, for other systems: a token opens what its scopes name and never more than its maker could.

Every error has one shape, the document is made from what is really served, and what is sent to be looked at is never
stored or logged.
"""
