"""Writers of renderings, one module a kind of format; ``evals.renderings`` lists them. Not part of the package."""
