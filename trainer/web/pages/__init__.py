"""What each template is given: one frozen page dataclass, and the shell around it.

A page has no field for what its reader may not see; correct options, for instance, exist only in
the result pages.
"""
