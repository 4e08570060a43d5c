"""Core: brands, members, permissions, the audit trail; imports no other room."""
