"""Measuring the house: our own load, our own floor, figures that anybody can repeat. See README.md."""
