"""Orchestration with side effects: commands, background jobs, the dispatcher, the workers."""
