"""What is done with a case after its run: explain, reproduce, re-check, unlock, hand out, prune, erase."""
