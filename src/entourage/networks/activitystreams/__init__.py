"""Activity Streams 2.0, the words of the fediverse, of its archives and of `entourage simulate`."""
