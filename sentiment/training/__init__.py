"""Texts → trained model: word vectors, fit, resume, save."""
