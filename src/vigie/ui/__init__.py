"""How things look: base page, print page, components, one stylesheet. Knows nothing of the domain."""
