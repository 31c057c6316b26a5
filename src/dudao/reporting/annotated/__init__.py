"""The annotated report as one html page: the document beside its findings, nothing loaded from elsewhere."""
