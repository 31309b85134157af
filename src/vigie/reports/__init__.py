"""What comes in: bytes kept, text cleaned, dates settled, claims with their exact words."""
