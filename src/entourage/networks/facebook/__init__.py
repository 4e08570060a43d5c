"""Facebook pages: posts, comments, messages of the Graph."""
