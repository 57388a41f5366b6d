"""The traversal index of the embedded store: its graph as arrays on disk, and what has changed since beside them.

It is a cache. The store's tables are the record; without an index, or with one that is damaged or too far behind,
questions are answered from them.
"""
