"""The monthly files of contracts that Portal da Transparência publishes, opened and read line by line."""
