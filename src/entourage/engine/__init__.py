"""The engine: tables and arrays in, tables and arrays out. No clock, no network, no database, no Django."""
