"""The platform: a thin Django shell over the pipelines; the only package that knows Django."""
