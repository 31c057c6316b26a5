"""Reads Word documents (docx): paragraphs, tables, notes, text boxes, with tracked changes resolved."""
