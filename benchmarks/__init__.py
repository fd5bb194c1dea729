"""What is measured: public data, generated regions, peers."""
