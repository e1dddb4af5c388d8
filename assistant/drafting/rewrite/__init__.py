"""Parts of a report written anew in place."""
