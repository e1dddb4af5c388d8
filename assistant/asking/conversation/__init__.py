"""Questions that follow one another: what a follow-up leaves out, and the history that is kept."""
