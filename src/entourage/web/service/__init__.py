"""Service: who works where and when, what is promised to whoever writes, and who gets to answer."""
