"""Pages on which sites set a response of their own."""
