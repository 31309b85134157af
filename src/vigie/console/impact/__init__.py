"""The impact assessment on persons and their rights (GDPR art. 35, LED art. 27, AI Act art. 27), filled from this home."""
