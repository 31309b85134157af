"""What was heard from elsewhere: words of others, kept as theirs; roads that agree or differ; since when one is silent."""
