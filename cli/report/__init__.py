"""`rj report`: numbers with their definitions, one file for each thing that is done with them."""
