"""Listen: what people do around the brand, taken in from every network and file."""
