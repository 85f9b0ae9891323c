"""What is printed: pages that are whole in themselves, for people and for paper."""
