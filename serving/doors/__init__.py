"""The API's routes, thin: who asks, what for, one call, one answer."""
