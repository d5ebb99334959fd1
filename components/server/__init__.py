"""What answers a request that is not the live page."""
