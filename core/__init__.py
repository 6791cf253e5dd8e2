"""What every part may use: errors, settings, clock. Standard library only."""
