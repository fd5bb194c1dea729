"""The API under `/v1`: handlers of a few lines over `service.desk`, each with its shapes."""
