"""What lies at the sign-in desk: how officers are paged, one-time secrets handed to them, counts of who was refused.

Never part of the record: nothing here is exported or rebuilt. Persons are opaque ids, as everywhere.
"""
