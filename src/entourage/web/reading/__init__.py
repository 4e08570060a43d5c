"""Reading: what people say in their messages, what members correct, and what the brand's reader learns from it."""
