"""The networks: pages of payload in, activities out. No Django, and no network knows another."""
