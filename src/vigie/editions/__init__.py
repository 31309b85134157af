"""The schemes of this home: its own, put on the record byte by byte, and every edition that a level stands under."""
