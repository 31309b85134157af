"""What officers leave at the sign-in desk: how they are paged, and the one-time secrets handed to them.

Never part of the record: nothing here is exported or rebuilt. Persons are opaque ids, as everywhere.
"""
