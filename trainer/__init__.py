"""Alongside: training for mental-health teams that employ peer support workers.

Features inside, doors outside. Feature packages (``courseware``, ``accounts``, ``cohorts``,
``learning``, ``reporting``) know no web framework; the doors (``web``, ``cli``) know no SQL;
``factory`` wires them together. ``tests/contracts`` holds the import rules.
"""
