"""Letters that wait to be sent: put in with the change they belong to, taken out by any number of workers."""
