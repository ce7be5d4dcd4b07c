"""What people do for themselves: roads walked in scenarios, refreshers.

Nobody but the learner ever sees any of it. No report may import this package.
"""
