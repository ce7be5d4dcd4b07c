"""The demo: two fictional organisations with people at every point of their learning.

Everything goes through the same services as real use. Every name and service is invented.
"""
